/** Marketplaces whose own program prints the waybills that they issue. */
export const printPlatforms = ['cainiao', 'pinduoduo', 'douyin', 'jd', 'kuaishou'] as const
export type PrintPlatform = (typeof printPlatforms)[number]

/** The words by which files name them, in lower case. */
export const printPlatformWords: ReadonlyMap<string, PrintPlatform> = new Map<string, PrintPlatform>([
  ...printPlatforms.map((name) => [name, name] as const),
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

/**
 * A component printer's address: `cainiao`, or `cainiao ws://192.168.1.20:13528` where the component runs on another
 * machine. `address` is empty for the usual one on this machine; undefined for what is no such address.
 */
export function readComponentAddress(
  text: string,
): { readonly platform: PrintPlatform; readonly address: string } | undefined {
  const [name = '', address = '', ...more] = text.trim().split(/\s+/)
  const platform = printPlatforms.find((one) => one === name.toLowerCase())
  return platform === undefined || more.length > 0 || !/^(wss?:\/\/[^/].*)?$/i.test(address)
    ? undefined
    : { platform, address }
}
