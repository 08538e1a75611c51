import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fuses } from '#scripts/config/fuses.ts'
import { leftOutside } from '#scripts/config/vite.ts'
import { findRuntime, launchSwitches, type Runtime } from '#scripts/electron-runtime.ts'
import { eventually, root } from './support/electron.ts'

const packed = join(root, 'release/linux-unpacked')
const binary = join(packed, 'packbench')
const archive = join(packed, 'resources/app.asar')
const scratch = mkdtempSync(join(tmpdir(), 'packbench-package-'))
let runtime: Runtime
let started: ChildProcess | undefined

beforeAll(async () => {
  runtime = await findRuntime()
  rmSync(packed, { recursive: true, force: true })
  const run = spawnSync(process.execPath, [join(root, 'scripts/dist.ts'), '--dir'], { encoding: 'utf8' })
  expect(run.status, run.stderr).toBe(0)
})
afterAll(() => {
  started?.kill('SIGKILL')
  rmSync(scratch, { recursive: true, force: true })
})

it('packs the app and nothing else', () => {
  const files = listPackage(archive, { isPack: false })
  const top = new Set(files.map((file) => file.split('/')[1]))
  expect([...top].filter((name) => name !== 'resources').sort()).toEqual([
    'dist',
    'node_modules',
    'package.json',
  ])
  for (const file of ['/dist/desktop/main.cjs', '/dist/desktop/core.cjs', '/dist/renderer/index.html'])
    expect(files).toContain(file)

  const packages = new Set(
    files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)\//.exec(file)?.[1] ?? []),
  )
  const allowed = new Set([
    ...leftOutside,
    // What those load: their binaries for this system, and small packages of their own.
    '@napi-rs/canvas-linux-x64-gnu',
    '@koromix/koffi-linux-x64',
    '@node-usb/usb-linux-x64-gnu',
    'pkg-prebuilds',
    'node-gyp-build',
    'debug',
    'ms',
  ])
  const known = (name: string) => allowed.has(name) || name.startsWith('@serialport/')
  expect([...packages].filter((name) => !known(name))).toEqual([])
  const fonts = files.filter((file) => /\.(ttf|otf|woff2?)$/.test(file) && file.startsWith('/node_modules/'))
  expect(fonts.map((file) => file.split('/').at(-1)).sort()).toEqual([
    'NotoSansSC_400Regular.ttf',
    'NotoSansSC_700Bold.ttf',
    'SourceHanSansSC-Regular.otf',
  ])

  const ours = files.filter((file) => /^\/dist\/.*\.(c?js|css|html)$/.test(file))
  const texts = ours.map((file) => extractFile(archive, file.slice(1)).toString())
  expect(files.filter((file) => /\.(map|tsx?)$|\/(test|tests|loopback)\//.test(file))).toEqual([])
  expect(texts.filter((text) => /sourceMappingURL=|hosts\/loopback/.test(text))).toEqual([])
})

it('unpacks native code, for this system only', () => {
  const native = listPackage(archive, { isPack: false }).filter((file) => file.endsWith('.node'))
  expect(native.length).toBeGreaterThanOrEqual(2)
  for (const file of native) {
    expect(file).toMatch(/linux-x64/)
    expect(existsSync(`${archive}.unpacked${file}`)).toBe(true)
  }
})

it('has every fuse set', async () => {
  const wire = await getCurrentFuseWire(binary)
  const wrong = Object.entries(fuses).filter(([fuse, on]) => {
    const state = wire[Number(fuse) as FuseV1Options]
    // The development runtime is older than this fuse, and always handles the traps.
    if (runtime.kind === 'development' && Number(fuse) === FuseV1Options.WasmTrapHandlers)
      return state !== undefined
    return state !== (on ? FuseState.ENABLE : FuseState.DISABLE)
  })
  expect(Object.keys(fuses)).toHaveLength(9)
  expect(wrong.map(([fuse]) => FuseV1Options[Number(fuse)])).toEqual([])
})

it('starts, deaf to what would run other code, and says so where the runtime is too old for the core', async () => {
  const planted = join(scratch, 'planted.cjs')
  const proof = join(scratch, 'proof')
  writeFileSync(planted, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`)
  const app = spawn(
    binary,
    [...launchSwitches(true), '--remote-debugging-port=0', '--inspect=0', '--data', join(scratch, 'data')],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: `--require=${planted}`,
        PACKBENCH_NODE: process.execPath,
      },
    },
  )
  started = app
  let said = ''
  const port = await new Promise<string>((resolve, reject) => {
    app.once('exit', (code) => reject(new Error(`ended with ${String(code)}\n${said}`)))
    app.stderr.on('data', (data: Buffer) => {
      said += data.toString()
      const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const isTooOld = Number(runtime.version.split('.')[0]) < 36
  const url = isTooOld ? 'packbench://app/trouble' : 'packbench://app/'
  const address = await eventually(
    () => debuggerOf(port, url),
    (found) => found !== undefined,
  )
  if (isTooOld) {
    const text = await eventually(
      () => evaluate(address ?? '', 'document.body.innerText'),
      (shown) => shown.includes('Node-API'),
    )
    expect(text).toContain('运行环境过旧')
    expect(text).toContain('a runtime that is too old')
    const border = await evaluate(
      address ?? '',
      'getComputedStyle(document.querySelector("section")).borderLeftStyle',
    )
    expect(border, 'the policy lets the screen have its styles').toBe('solid')
  }
  expect(said).not.toContain('Debugger listening')
  expect(existsSync(proof)).toBe(false)
})

/** Where the page with this address can be debugged. Playwright itself cannot attach: the fuse for that is off. */
async function debuggerOf(port: string, url: string): Promise<string | undefined> {
  const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    url: string
    webSocketDebuggerUrl: string
  }[]
  return pages.find((page) => page.url === url)?.webSocketDebuggerUrl
}

async function evaluate(address: string, expression: string): Promise<string> {
  const socket = new WebSocket(address)
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const answer = new Promise<string>((resolve) =>
    socket.addEventListener('message', ({ data }) => resolve(String(data))),
  )
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }))
  const { result } = JSON.parse(await answer) as { result?: { result: { value?: unknown } } }
  socket.close()
  return String(result?.result.value) // none: the page was just being replaced
}
