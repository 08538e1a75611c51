import type { Page } from 'playwright-core'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'

/** A screen, with what has to be done before its dialog stands there. */
export interface Stop {
  readonly hash: string
  /** The file that draws the dialog, menu or list which `open` opens. */
  readonly opens?: string
  readonly open?: (page: Page) => Promise<void>
}

const { word } = zhCN
const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
}
const dialog = async (page: Page) => {
  await page.getByRole('dialog').first().waitFor()
  await page.waitForTimeout(250) // it grows into its place, and takes the focus then
}

/** Two rows, of which the second has no product: the import keeps it as a reject. */
const orderFile = 'Order No,SKU,Qty\nWEDGE-1,,1\n'

export function stopsOf(wave: string, order: string): readonly Stop[] {
  const settings = (tab: string, opens?: string, add?: string): Stop => ({
    hash: `#/settings/${tab}`,
    ...(opens !== undefined &&
      add !== undefined && {
        opens,
        open: async (page) => {
          await press(add)(page)
          await dialog(page)
        },
      }),
  })
  return [
    { hash: '#/bench' },
    { hash: '#/bench/handover' },
    { hash: '#/today' },
    { hash: '#/waves' },
    { hash: `#/waves/${wave}` },
    { hash: '#/waves/plan' },
    { hash: '#/orders' },
    { hash: `#/orders/${order}` },
    { hash: '#/imports' },
    { hash: '#/shipments' },
    ...['general', 'bench', 'shops', 'couriers', 'floor', 'printers', 'operators', 'backup'].map((tab) =>
      settings(tab),
    ),
    settings('shops', 'settings/ShopSettings.tsx', zhCN.settings.shop.add),
    settings('couriers', 'settings/CourierSettings.tsx', zhCN.settings.courier.add),
    settings('printers', 'devices/DeviceSettings.tsx', zhCN.devices.printers.add),
    settings('operators', 'operators/OperatorSettings.tsx', zhCN.settings.operator.add),
  ]
}
void word
void orderFile
