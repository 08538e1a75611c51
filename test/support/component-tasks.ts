import type { ComponentPlatform } from '#shared/domain/devices/component-address.ts'
import type { ComponentTask } from '#electron/ports/print-component.ts'

const sealed = { encryptedData: 'AES:qnYcW==', signature: 'MD:9a=', ver: 'waybill_print_secret_version_1' }
const templateURL = 'https://templates.example/101/2'

const printData: Readonly<Record<ComponentPlatform, ComponentTask['printData']>> = {
  cainiao: { ...sealed, templateURL },
  pinduoduo: { ...sealed, templateUrl: templateURL },
  douyin: { ...sealed, templateURL },
  kuaishou: { ...sealed, templateURL, key: 'k1' },
  jd: { tempUrl: templateURL, printData: 'sealed text' },
}

/** A task that the platform's component prints. */
export const componentTask = (
  platform: ComponentPlatform,
  id: string,
  printer = '面单机',
): ComponentTask => ({
  id,
  printer,
  waybill: `WB-${id}`,
  printData: printData[platform],
  custom: { templateUrl: 'https://templates.example/custom/7', data: { lines: 'KD-014 ×2' } },
  ...(platform === 'douyin'
    ? { params: 'access_token=a&app_key=b&method=logistics.getShopKey&param_json={}&timestamp=1&v=2&sign=c' }
    : {}),
})
