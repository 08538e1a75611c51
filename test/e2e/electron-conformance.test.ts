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

interface Driven extends TransportInPage {
  heard(event: CoreEvent | ConnectionEvent): void
  answered(answers: readonly [id: number, answer: string][]): void
}

/** The page's transport, driven from here: JSON in, JSON out, what comes close together in one message. */
async function overPage(page: Page): Promise<Connection> {
  const listeners = new Set<(event: CoreEvent | ConnectionEvent) => void>()
  const waiting = new Map<number, (answer: Result<unknown>) => void>()
  let lastId = 0
  let calls: [id: number, name: string, input: string | null][] = []
  await page.exposeFunction('heard', ((event) => {
    for (const listener of listeners) listener(event)
  }) satisfies Driven['heard'])
  await page.exposeFunction('answered', ((answers) => {
    for (const [id, answer] of answers) {
      waiting.get(id)?.(JSON.parse(answer) as Result<unknown>)
      waiting.delete(id)
    }
  }) satisfies Driven['answered'])
  await testTransport(page)
  await page.evaluate(() => {
    const { transport, heard } = window as unknown as Driven
    transport.subscribe((event) => heard(event))
  })

  function send(): void {
    const sent = calls
    calls = []
    void page.evaluate((all) => {
      const { transport, answered } = window as unknown as Driven
      let answers: [number, string][] = []
      for (const [id, name, input] of all) {
        void transport.call(name, input === null ? undefined : JSON.parse(input)).then((answer) => {
          if (answers.push([id, JSON.stringify(answer)]) > 1) return
          setTimeout(() => {
            answered(answers)
            answers = []
          }, 4)
        })
      }
    }, sent)
  }

  return {
    call: (name, input) =>
      new Promise((answer) => {
        waiting.set((lastId += 1), answer)
        if (calls.push([lastId, name, JSON.stringify(input) ?? null]) === 1) setImmediate(send)
      }),
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
