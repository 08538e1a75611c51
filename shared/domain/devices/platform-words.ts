import { type ComponentPlatform, componentPlatforms } from '#shared/domain/devices/component-address.ts'

/** The words by which files name the platform whose component prints a waybill, in lower case. */
export const platformWords: ReadonlyMap<string, ComponentPlatform> = new Map<string, ComponentPlatform>([
  ...componentPlatforms.map((name) => [name, name] as const),
  ['菜鸟', 'cainiao'],
  ['淘宝', 'cainiao'],
  ['天猫', 'cainiao'],
  ['taobao', 'cainiao'],
  ['tmall', 'cainiao'],
  ['拼多多', 'pinduoduo'],
  ['pdd', 'pinduoduo'],
  ['抖音', 'douyin'],
  ['抖店', 'douyin'],
  ['京东', 'jd'],
  ['快手', 'kuaishou'],
])
