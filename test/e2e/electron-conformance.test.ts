import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { ConnectionEvent } from '#shared/rpc/transport.ts'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import type { Result } from '#shared/support/result.ts'
import { connectSocket } from '#electron/rpc/local-socket.ts'
import { type Connection, describeTransport } from '#test/conformance/transports.ts'
import {
  eventually,
  launchApp,
  type LaunchedApp,
  root,
  testTransport,
  type TransportInPage,
} from './support/electron.ts'

/** A page of ours that has no script: what runs there is the transport alone. */
const bare = 'packbench://app/trouble'

describeTransport({
  name: "the port of a real window, by the page's own client",
  kind: 'page',
  payloads: 100,
  serve: async (dataDir) => {
    const launched = await launchApp({ dataDir })
    return {
      connect: async () => overPage(await openWindow(launched)),
      desk: () => connectBeside(dataDir),
      close: () => launched.close(),
    }
  },
})

/** One more window, guarded like the first: its preload is the app's, and so is its page. */
async function openWindow({ app }: LaunchedApp): Promise<Page> {
  const opened = app.waitForEvent('window')
  await app.evaluate(
    async ({ BrowserWindow }, { preload, url }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await window.loadURL(url)
    },
    { preload: join(root, 'dist/desktop/preload.cjs'), url: bare },
  )
  return opened
}

/** The page's transport, driven from here: JSON in, JSON out, events as they come. */
async function overPage(page: Page): Promise<Connection> {
  const listeners = new Set<(event: CoreEvent | ConnectionEvent) => void>()
  await page.exposeFunction('heard', (event: CoreEvent | ConnectionEvent) => {
    for (const listener of listeners) listener(event)
  })
  await testTransport(page)
  await page.evaluate(() => {
    const { transport, heard } = window as unknown as TransportInPage & { heard(event: unknown): void }
    transport.subscribe((event) => void heard(event))
  })
  return {
    call: async (name, input) => {
      const answer = await page.evaluate(
        async ([name, input]) => {
          const { transport } = window as unknown as TransportInPage
          return JSON.stringify(await transport.call(name, input === null ? undefined : JSON.parse(input)))
        },
        [name, JSON.stringify(input) ?? null] as const,
      )
      return JSON.parse(answer) as Result<unknown>
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => void page.close(),
  }
}

async function connectBeside(dataDir: string): Promise<Connection> {
  const beside = await eventually(
    () => connectSocket(dataDir),
    (there) => there !== null,
  )
  if (beside === null) throw new Error('nobody listens')
  return beside
}
