import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '#electron/app/create-app.ts'
import { connectSocket } from '#electron/rpc/local-socket.ts'
import { findRuntime, launchSwitches } from '#scripts/electron-runtime.ts'
import type { Result } from '#shared/support/result.ts'
import { coreCalls } from './support/core-calls.ts'
import {
  corePid,
  eventually,
  launchApp,
  type LaunchedApp,
  root,
  testTransport,
  type TransportInPage,
} from './support/electron.ts'

const link = join(root, 'dist/renderer/planted-link.txt')
let launched: LaunchedApp

beforeAll(async () => {
  rmSync(link, { force: true })
  symlinkSync(join(root, 'package.json'), link) // there when the app lists its files
  launched = await launchApp()
})
afterAll(async () => {
  rmSync(link, { force: true })
  await launched.close()
})

const load = (path: string) =>
  Promise.all([
    launched.page.waitForEvent('load'),
    launched.app.evaluate(async ({ BrowserWindow }, url) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window?.webContents
      // The end of a load that is still going on would be taken for the failure of the next.
      if (contents?.isLoading() === true)
        await new Promise<void>((resolve) => contents.once('did-stop-loading', () => resolve()))
      await window?.loadURL(url)
    }, `packbench://app${path}`),
  ])

describe('the page', () => {
  beforeEach(() => load('/'))

  it('comes from our own scheme, and the title tells a development runtime', async () => {
    expect(launched.page.url()).toBe('packbench://app/')
    const { electron, title } = await launched.app.evaluate(({ BrowserWindow }) => ({
      electron: process.versions.electron,
      title: BrowserWindow.getAllWindows()[0]?.getTitle(),
    }))
    const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
    expect(title?.includes('development runtime')).toBe(electron !== version)
  })

  it('draws the screens without an error and within its policy', async () => {
    const errors: string[] = []
    const { page } = launched
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.reload()
    await page.getByRole('heading').or(page.getByRole('button')).first().waitFor()
    await page.waitForTimeout(500)
    expect(errors).toEqual([])
  })

  it('makes no bench with a name in a language that was only guessed', async () => {
    await launched.page.evaluate(() => {
      localStorage.removeItem('packbench.bench')
      localStorage.setItem('packbench.language', 'en') // the settings say Chinese
      window.location.hash = '#/bench'
      window.location.reload()
    })
    const call = await coreCalls(launched.dataDir)
    const { benches } = await eventually(
      () => call('packing.benches', {}),
      (made) => made.benches.some(({ name }) => name === '打包台 1'),
    )
    expect(benches.map(({ name }) => name)).toEqual(['打包台 1'])
    // The page would come back to the bench.
    await launched.page.evaluate(() => localStorage.clear())
  })

  it('is sandboxed and sees nothing of Node or Electron', async () => {
    const preferences = await launched.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        // Electron keeps this one out of its types; it is the only way to read what a window runs with.
        const read = contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        const { sandbox, contextIsolation, nodeIntegration, webviewTag } = read.getLastWebPreferences()
        return { sandbox, contextIsolation, nodeIntegration, webviewTag }
      }),
    )
    expect(preferences).toEqual([
      { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
    ])
    const seen = await launched.page.evaluate(() => ({
      node: ['process', 'require', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
      bridge: Object.entries(window.packbench ?? {}).map(([name, value]) => `${name}: ${typeof value}`),
    }))
    expect(seen).toEqual({ node: [], bridge: ['connect: function'] })
  })

  it('has a policy without inline code, with a nonce of its own each time', async () => {
    const policies = await launched.page.evaluate(async () => {
      const read = async () => (await fetch('/')).headers.get('content-security-policy') ?? ''
      return [await read(), await read()]
    })
    const nonces = policies.map((policy) => /'nonce-([^']{20,})'/.exec(policy)?.[1])
    expect(nonces[0]).toBeDefined()
    expect(nonces[0]).not.toBe(nonces[1])
    for (const policy of policies) {
      expect(policy).toContain(`default-src 'none'`)
      expect(policy).toContain(`script-src 'self';`)
      expect(policy).not.toContain('unsafe')
    }
    const ran = await launched.page.evaluate(() => {
      const add = (tag: 'script' | 'style', text: string, nonce = '') => {
        const element = document.createElement(tag)
        if (nonce !== '') element.nonce = nonce
        element.textContent = text
        document.head.append(element)
      }
      const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
      add('script', 'window.injected = true')
      add('script', 'window.injected = true', nonce)
      add('style', 'body { outline-style: dashed }')
      add('style', 'body { border-style: dotted }', nonce)
      window.setTimeout('window.injected = true')
      const { outlineStyle, borderStyle } = getComputedStyle(document.body)
      return new Promise((resolve) =>
        window.setTimeout(() => {
          let evaluated = true // asked in a task of its own: the debugger's own calls may evaluate text
          try {
            Function('return 1')()
          } catch {
            evaluated = false
          }
          resolve({ injected: 'injected' in window, evaluated, outlineStyle, borderStyle })
        }, 50),
      )
    })
    expect(ran).toEqual({ injected: false, evaluated: false, outlineStyle: 'none', borderStyle: 'dotted' })
  })

  it('reaches no network and no disk', async () => {
    const reached = await launched.page.evaluate(async () => {
      const urls = [
        'http://127.0.0.1:9/',
        'https://example.com/',
        'file:///etc/hostname',
        'ftp://example.com/',
      ]
      const tries = urls.map((url) =>
        fetch(url, { mode: 'no-cors' }).then(
          () => url,
          () => undefined,
        ),
      )
      return (await Promise.all(tries)).filter((url) => url !== undefined)
    })
    expect(reached).toEqual([])
  })

  it('opens no window and goes nowhere', async () => {
    const targets = [
      'https://example.com/',
      'file:///etc/passwd',
      'data:text/html,<h1>x</h1>',
      'about:blank',
      'packbench://other/',
      'packbench://app/trouble',
      'javascript:document.title="x"',
    ]
    const opened = await launched.page.evaluate((urls) => {
      const results = urls.flatMap((url) => [window.open(url), window.open(url, 'named', 'popup,noopener')])
      return results.filter((result) => result !== null).length
    }, targets)
    expect(opened).toBe(0)
    const ways: readonly string[] = [
      'location.assign(url)',
      'location.replace(url)',
      `Object.assign(document.createElement('a'), { href: url }).click()`,
      `Object.assign(document.createElement('a'), { href: url, target: '_top' }).click()`,
      `Object.assign(document.createElement('a'), { href: url, target: '_blank' }).click()`,
      `document.body.appendChild(Object.assign(document.createElement('form'), { action: url })).submit()`,
      `document.body.appendChild(Object.assign(document.createElement('form'), { action: url, method: 'post' })).submit()`,
      `document.body.appendChild(Object.assign(document.createElement('iframe'), { src: url }))`,
      `document.body.appendChild(document.createElement('webview')).setAttribute('src', url)`,
      `document.head.appendChild(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;' + url }))`,
    ]
    const left = await launched.app.evaluate(
      async ({ BrowserWindow }, { targets, ways }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        if (contents === undefined) return ['no window']
        const went: string[] = []
        contents.on('did-navigate', (_event, url) => went.push(url))
        const isBack = async () => {
          for (let tries = 0; tries < 100 && contents.getURL() !== 'packbench://app/'; tries += 1)
            await new Promise((resolve) => setTimeout(resolve, 20))
        }
        for (const target of targets)
          for (const way of ways) {
            const url = JSON.stringify(target)
            await contents.executeJavaScript(`setTimeout(() => { const url = ${url}; ${way} }); 0`)
            await new Promise((resolve) => setTimeout(resolve, 50))
            await isBack()
          }
        return [...new Set(went), contents.getURL()]
      },
      { targets, ways },
    )
    // Electron has no way to refuse about:blank; the page that went there is brought back.
    expect(left.filter((url) => !url.startsWith('about:blank'))).toEqual([
      'packbench://app/',
      'packbench://app/',
    ])
    const contents = await launched.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
    expect(contents).toBe(1)
    expect(launched.page.frames().map((frame) => frame.url())).not.toContain('packbench://app/trouble')
  })

  it('is denied every permission', async () => {
    const granted = await launched.page.evaluate(async () => {
      const names = [
        'accelerometer', 'ambient-light-sensor', 'background-fetch', 'background-sync', 'camera', 'clipboard-read',
        'clipboard-write', 'display-capture', 'geolocation', 'gyroscope', 'idle-detection', 'local-fonts',
        'magnetometer', 'microphone', 'midi', 'nfc', 'notifications', 'payment-handler', 'periodic-background-sync',
        'persistent-storage', 'screen-wake-lock', 'storage-access', 'window-management',
      ] // prettier-ignore
      const states = names.map(async (name) => {
        try {
          const { state } = await navigator.permissions.query({ name: name as PermissionName })
          return state === 'granted' ? `query ${name}` : undefined
        } catch {
          return undefined // unknown to this Chrome
        }
      })
      const attempt = (name: string, act: (api: Record<string, never>) => Promise<unknown>) =>
        Promise.race([
          act(navigator as unknown as Record<string, never>).then(
            () => name,
            () => undefined,
          ),
          new Promise<undefined>((resolve) => setTimeout(resolve, 2000)),
        ])
      const device = (name: string, filters: object) => {
        const api = (
          navigator as unknown as Record<string, { requestDevice(o: object): Promise<unknown[]> }>
        )[name]
        return attempt(name, async () => {
          const found = await api?.requestDevice(filters)
          if (found === undefined || (Array.isArray(found) && found.length === 0)) throw new Error('none')
        })
      }
      const acts = [
        attempt(
          'geolocation',
          () => new Promise((ok, no) => navigator.geolocation.getCurrentPosition(ok, no)),
        ),
        attempt('camera', () => navigator.mediaDevices.getUserMedia({ video: true })),
        attempt('microphone', () => navigator.mediaDevices.getUserMedia({ audio: true })),
        attempt('screen', () => navigator.mediaDevices.getDisplayMedia({ video: true })),
        attempt('clipboard', () => navigator.clipboard.readText()),
        attempt('midi', () => navigator.requestMIDIAccess({ sysex: true })),
        attempt('notification', async () => {
          if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied')
        }),
        attempt('fullscreen', () => document.documentElement.requestFullscreen()),
        attempt('lock', async () => document.body.requestPointerLock()),
        device('hid', { filters: [] }),
        device('usb', { filters: [] }),
        device('bluetooth', { acceptAllDevices: true }),
      ]
      return (await Promise.all([...states, ...acts])).filter((name) => name !== undefined)
    })
    expect(granted).toEqual([])
  })

  it('saves a download to the folder given', async () => {
    await launched.page.evaluate(() => {
      const href = URL.createObjectURL(new Blob(['运单']))
      Object.assign(document.createElement('a'), { href, download: '../../交接单.csv' }).click()
    })
    const [name] = await eventually(
      () => readdirSync(launched.downloads),
      (names) => names.length > 0,
    )
    expect(name).toMatch(/^[^/\\]*交接单\.csv$/)
    await eventually(
      () => readFileSync(join(launched.downloads, name ?? ''), 'utf8'),
      (text) => text === '运单',
    )
  })
})

describe('the scheme', () => {
  const climbs = [
    '..',
    '%2e%2e',
    '.%2e',
    '%252e%252e',
    '..%00',
    '%c0%ae%c0%ae',
    '\u{ff0e}\u{ff0e}',
    '....',
    '.',
    '..;',
  ]
  const separators = ['/', '%2f', '\\', '%5c', '%252f', '//']
  const paths = [
    ...climbs.flatMap((climb) => separators.map((separator) => `${[climb, climb, 'package.json'].join(separator)}`)),
    ...climbs.map((climb) => `assets/${climb}/${climb}/${climb}/package.json`),
    'planted-link.txt', `file://${root}/package.json`, `${root}/package.json`, `/${root}/package.json`,
    encodeURIComponent(`${root}/package.json`), 'C:\\Windows\\win.ini', 'C:/Windows/win.ini',
    '\\\\host\\share\\x', '//host/share/x', '%00', 'index.html%00', 'index.html/..%2f..%2fpackage.json',
    '?/../../package.json', '#/../../package.json', 'index.html?/../../package.json', '~root/.bashrc', '/etc/passwd', 'proc/self/environ',
    'desktop/main.cjs', '..\u{2215}..\u{2215}package.json', 'index.html::$DATA', 'con', 'package.json.', '%', '%zz',
  ] // prettier-ignore

  it(`gives no outside file for ${paths.length} paths`, async () => {
    expect(paths.length).toBeGreaterThanOrEqual(60)
    const answers = await launched.app.evaluate(async ({ net }, paths) => {
      const all = paths.flatMap((path) => [`packbench://app/${path}`, `packbench://app${path}`])
      const ask = async (url: string) => {
        try {
          const response = await net.fetch(url)
          return { url, status: response.status, body: await response.text() }
        } catch {
          return { url, status: 0, body: '' }
        }
      }
      return Promise.all(all.map(ask))
    }, paths)
    const served = answers.filter(({ status }) => status !== 404 && status !== 0)
    expect(served.filter(({ body }) => !body.includes('<div id="root">'))).toEqual([])
    expect(answers.filter(({ body }) => body.includes('"productName"') || body.includes('root:'))).toEqual([])
  })

  it('shows pictures of goods by their hash, and nothing else of the data folder', async () => {
    const pictures = join(launched.dataDir, 'pictures')
    const [there, linked, large] = ['a', 'b', 'c'].map((sign) => `${sign.repeat(64)}.png`)
    mkdirSync(pictures, { recursive: true })
    writeFileSync(join(pictures, there ?? ''), 'picture')
    symlinkSync(join(launched.dataDir, 'packbench.sqlite'), join(pictures, linked ?? ''))
    writeFileSync(join(pictures, large ?? ''), Buffer.alloc(6 * 1024 * 1024))
    const paths = [
      there,
      linked,
      large,
      '../packbench.sqlite',
      '..%2fpackbench.sqlite',
      '%2e%2e%2fpackbench.sqlite',
      '..%5cpackbench.sqlite',
      `%2e%2e/pictures/${there ?? ''}`,
      `x/../../${there ?? ''}`,
      `${there ?? ''}%00`,
      '',
    ]
    const answers = await launched.app.evaluate(
      ({ net }, all) =>
        Promise.all(
          all.map(async (path) => {
            const answer = await net.fetch(`packbench://app/pictures/${path}`)
            return [answer.status, answer.headers.get('content-type')]
          }),
        ),
      paths.map((path) => path ?? ''),
    )
    // A path that ends at the picture's own address is that address.
    const right = paths.map((path) => path === there || path === `%2e%2e/pictures/${there ?? ''}`)
    expect(answers).toEqual(right.map((is) => (is ? [200, 'image/png'] : [404, 'text/plain'])))
  })

  it('refuses other hosts and methods', async () => {
    const statuses = await launched.app.evaluate(({ net }) =>
      Promise.all([
        net.fetch('packbench://other/').then(({ status }) => status),
        net.fetch('packbench://app/', { method: 'POST', body: 'x' }).then(({ status }) => status),
        net.fetch('packbench://app/').then(({ status }) => status),
      ]),
    )
    expect(statuses).toEqual([404, 404, 200])
  })
})

describe('the core', () => {
  it('is handed to our own page only', async () => {
    const ports = await launched.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
        const ask = async (url: string) => {
          await window.loadURL(url)
          return window.webContents.executeJavaScript(`new Promise((done) => {
          addEventListener('message', (event) => event.data === 'packbench:core' && done(event.ports.length))
          packbench.connect()
          setTimeout(done, 1000, 0)
        })`) as Promise<number>
        }
        const urls = ['data:text/html,<p>', 'about:blank', 'packbench://other/', 'packbench://app/trouble']
        const counts: number[] = []
        for (const url of urls) counts.push(await ask(url))
        window.destroy()
        return counts
      },
      join(root, 'dist/desktop/preload.cjs'),
    )
    expect(ports).toEqual([0, 0, 0, 1])
  })

  it('dies and comes back: calls in flight fail as lost, the page is told, and calls work again', async () => {
    await load('/trouble') // a page of ours with no script of its own
    const page = launched.page
    await testTransport(page)
    type Tested = TransportInPage & {
      flight: Promise<Result<unknown>>
    }
    const callInfo = () =>
      page.evaluate(async () => (await (window as unknown as Tested).transport.call('app.info', {})).ok)
    const seen = () => page.evaluate(() => (window as unknown as Tested).states.join(' '))
    expect(await callInfo()).toBe(true)

    for (const round of ['up down up', 'up down up down up']) {
      const pid = await corePid(launched)
      process.kill(pid, 'SIGSTOP')
      await page.evaluate(() => {
        const tested = window as unknown as Tested
        tested.flight = tested.transport.call('app.info', {})
      })
      process.kill(pid, 'SIGKILL')
      const flight = await page.evaluate(() => (window as unknown as Tested).flight)
      expect(flight).toMatchObject({ ok: false, error: { code: 'core.lost' } })
      await eventually(seen, (states) => states === round)
      expect(await callInfo()).toBe(true)
      expect(await corePid(launched)).not.toBe(pid)
    }
  })

  it('answers a command line beside the app', async () => {
    const beside = await connectSocket(launched.dataDir)
    const info = await beside?.call('app.info', {})
    beside?.close()
    expect(info).toMatchObject({ ok: true, value: { dataDir: launched.dataDir } })
  })

  it('says on a clear screen why it cannot open the data folder', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'packbench-taken-'))
    const owner = await createApp({ dataDir })
    const second = await launchApp({ dataDir })
    await second.page.waitForURL('packbench://app/trouble')
    expect(await second.page.locator('body').innerText()).toMatch(
      /打不开数据文件夹[^]*Another Packbench is using/,
    )
    await second.close()
    await owner.close()
    rmSync(dataDir, { recursive: true })
  })

  // Not under Playwright, whose own connection ends with the last window.
  it('starts anew where somebody starts the program while the core of a closed window still ends', async () => {
    const { binary } = await findRuntime()
    const dataDir = mkdtempSync(join(tmpdir(), 'packbench-again-'))
    const port = await freePort()
    const words = [`--remote-debugging-port=${port}`, ...launchSwitches(true), root, '--data', dataDir]
    const env = { ...process.env, PACKBENCH_NODE: process.execPath }
    const startProgram = () => spawn(binary, words, { env, stdio: 'ignore' })
    const devtools = async (path: string) => (await fetch(`http://127.0.0.1:${port}/json/${path}`)).text()
    const pages = async () => {
      const list = await devtools('list').catch(() => '[]') // nobody listens
      return (JSON.parse(list) as { id: string; type: string }[]).filter(({ type }) => type === 'page')
    }
    const someWindow = () => eventually(pages, (found) => found.length === 1)
    const someCore = () =>
      eventually(
        () => openerOf(join(dataDir, 'packbench.sqlite')),
        (pid) => pid > 0,
      )

    const closeWindows = async () => {
      for (const { id } of await pages()) await devtools(`close/${id}`)
    }
    onTestFinished(closeWindows)

    const first = startProgram()
    const gone = once(first, 'exit')
    const [window] = await someWindow()
    const core = await someCore()
    process.kill(core, 'SIGSTOP')
    onTestFinished(() => void (existsSync(`/proc/${core}`) && process.kill(core, 'SIGCONT')))
    await closeWindows()
    await eventually(pages, (found) => found.length === 0)
    const again = startProgram()
    await once(again, 'exit') // it told the first one
    expect(first.exitCode).toBe(null)
    process.kill(core, 'SIGCONT')
    await gone

    const [back] = await someWindow()
    expect(back?.id).not.toBe(window?.id)
    const next = await someCore()
    expect(next).not.toBe(core)
    await closeWindows()
    await eventually(
      () => existsSync(`/proc/${next}`),
      (runs) => !runs,
    )
    rmSync(dataDir, { recursive: true })
  })

  it('ends with the app, also while it is still starting', async () => {
    const second = await launchApp()
    const pid = await corePid(second)
    await second.close()
    expect(existsSync(`/proc/${pid}`)).toBe(false)
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The process that has a file open; 0 where none has. */
function openerOf(file: string): number {
  const opens = (pid: string) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === file)
    } catch {
      return false // it, or the file, was closed meanwhile
    }
  }
  return Number(readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && opens(pid)) ?? 0)
}
