export const componentPlatforms = ['cainiao', 'pinduoduo', 'douyin', 'jd', 'kuaishou'] as const
export type ComponentPlatform = (typeof componentPlatforms)[number]

export interface ComponentAddress {
  readonly platform: ComponentPlatform
  /** `ws://host:port/path`; empty: the platform's usual one on this machine. */
  readonly url: string
}

/** Reads `cainiao` or `cainiao ws://host:port/path`; undefined for anything else. */
export function readComponentAddress(text: string): ComponentAddress | undefined {
  const [, name, url = ''] = /^(\w+)(?:\s+(wss?:\/\/[^\s/?#]+(?:\/\S*)?))?$/.exec(text.trim()) ?? []
  const platform = componentPlatforms.find((one) => one === name)
  return platform === undefined ? undefined : { platform, url }
}
