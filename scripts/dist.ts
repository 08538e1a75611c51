/**
 * `npm run dist [-- --dir]`: packs the app for this system into release/; with `--dir` only the unpacked folder.
 * On a development runtime the result shows that the packing works; it is nothing for users, and says so when started.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { flipFuses } from '@electron/fuses'
import { build as pack, type AfterPackContext } from 'electron-builder'
import { build } from './build.ts'
import { fuseConfig } from './config/fuses.ts'
import { findRuntime, type Runtime } from './electron-runtime.ts'

const root = join(import.meta.dirname, '..')

export async function dist(onlyFolder: boolean): Promise<void> {
  const runtime = await findRuntime()
  if (runtime.kind === 'development' && !onlyFolder)
    throw new Error('Installers need the official Electron; on a development runtime only --dir works.')
  await build()
  await pack({
    projectDir: root,
    dir: onlyFolder,
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist: runtime.dir,
      electronVersion: runtime.version,
      afterPack: (packed) => finish(packed, runtime),
    },
  })
}

/** Takes away what an unpacked Electron brings to load other apps with, and sets the fuses before signing. */
async function finish({ packager, appOutDir, electronPlatformName }: AfterPackContext, runtime: Runtime) {
  const resources = packager.getResourcesDir(appOutDir)
  for (const loader of ['app', 'default_app.asar'])
    await rm(join(resources, loader), { recursive: true, force: true })
  const { productFilename, sanitizedProductName } = packager.appInfo
  const binary =
    { darwin: `${productFilename}.app`, win32: `${productFilename}.exe` }[electronPlatformName] ??
    ('executableName' in packager ? String(packager.executableName) : sanitizedProductName)
  await flipFuses(join(appOutDir, binary), fuseConfig(runtime.kind !== 'development'))
}

if (import.meta.main) {
  try {
    await dist(process.argv.includes('--dir'))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
