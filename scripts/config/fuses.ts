import { FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses'

/**
 * Every fuse of the product's binary. What differs from Electron's default closes a way to run other code as this
 * app; the V8 snapshot stays shared because an own one is not made, and WebAssembly keeps its trap handlers.
 */
export const fuses = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies Record<FuseV1Options, boolean>

/** How many of them Electron 33 has; it always handles WebAssembly's traps, so it has no fuse for that. */
const fusesOfDevelopmentRuntime = 8

export function fuseConfig(isProductRuntime: boolean): FuseConfig {
  if (isProductRuntime) return { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...fuses }
  const known = Object.entries(fuses).slice(0, fusesOfDevelopmentRuntime)
  return { version: FuseVersion.V1, ...Object.fromEntries(known) }
}
