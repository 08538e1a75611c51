/** One list of behaviours that every way to the core must have, whatever carries the calls. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type CallName, contract } from '#shared/contract/index.ts'
import { createClient } from '#shared/rpc/client.ts'
import type { Transport } from '#shared/rpc/transport.ts'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import { type App, createApp } from '#electron/app/create-app.ts'
import { payloadOf } from '#test/support/payloads.ts'
import { naughtyStrings } from '#test/support/label-reader.ts'

/** Events come on their own way and in their own time, on a busy machine later than a poll waits by itself. */
const patience = { timeout: 15_000 }

/** A connection that whoever opened it puts away. */
export type Connection = Transport & { close(): void }

/** A core on a data folder of its own, behind one kind of transport. */
export interface Served {
  /** A new connection; each is a caller of its own. */
  connect(): Promise<Connection>
  /** A way in beside the transport, for what a command line may do. */
  desk(): Promise<Connection>
  close(): Promise<void>
}

export interface TransportCase {
  readonly name: string
  /** `cli` callers may do everything without signing in; `page` callers are held to their roles. */
  readonly kind: 'page' | 'cli'
  serve(dataDir: string): Promise<Served>
  /** Generated payloads for each call. */
  readonly payloads: number
}

/** A core of this process, and what puts it behind a transport. */
export const ownCore =
  (
    behind: (app: App, dataDir: string) => Promise<Pick<Served, 'connect' | 'close'>>,
  ): TransportCase['serve'] =>
  async (dataDir) => {
    const app = await createApp({ dataDir, checkAnswers: true })
    const { connect, close } = await behind(app, dataDir)
    return {
      connect,
      desk: async () => inProcess(app, 'cli'),
      close: async () => {
        await close()
        await app.close()
      },
    }
  }

export function inProcess(app: App, kind: TransportCase['kind']): Connection {
  const session = app.connect(kind)
  return {
    call: (name, input) => session.dispatch(name, input),
    subscribe: (listener) => session.subscribe(listener),
    close: () => session.close(),
  }
}

/** Calls of which the core makes something heavy out of every right input: they get few of these. */
const heavy: ReadonlySet<CallName> = new Set([
  'app.demo',
  'backup.create',
  'operators.save',
  'operators.signIn',
  'files.doctor',
  'waves.commandSheet',
  'shipments.export',
  'shipments.exportUnits',
])
/** What the caller is answered when the core itself does not let the payload through. */
const refusals = new Set(['rpc.input', 'signInFirst', 'supervisorOnly'])

export function describeTransport(one: TransportCase): void {
  describe(`the core over ${one.name}`, () => {
    let dataDir: string
    let served: Served
    let transport: Connection
    beforeAll(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'packbench-conformance-'))
      served = await one.serve(dataDir)
      transport = await served.connect()
    })
    afterAll(async () => {
      transport.close()
      await served.close()
      rmSync(dataDir, { recursive: true, force: true })
    })

    it("answers in the contract's words", async () => {
      const client = createClient(transport)
      const info = await client.call('app.info', {})
      expect(info).toMatchObject({ ok: true, value: { dataDir, empty: true, signInNeeded: false } })
    })

    it('answers many calls at once, each with its own', async () => {
      const client = createClient(transport)
      const names = Array.from({ length: 200 }, (_, index) => `Bench ${index % 20}`)
      const answers = await Promise.all(names.map((bench) => client.call('packing.bench', { bench })))
      expect(answers.map((answer) => (answer.ok ? answer.value.name : answer.error.code))).toEqual(names)
    })

    it('refuses a call that is not in the contract', async () => {
      for (const name of ['no.such', '__proto__', 'constructor', 'toString', '', 'app.info ', 'APP.INFO']) {
        expect(await transport.call(name, {})).toMatchObject({ ok: false, error: { code: 'rpc.unknown' } })
      }
    })

    it('refuses bad input and names the field', async () => {
      expect(
        await transport.call('packing.scan', { bench: 'B', mode: 'sell', gesture: 'g', code: 'x' }),
      ).toMatchObject({ ok: false, error: { code: 'rpc.input', params: { field: 'mode' } } })
      expect(await transport.call('orders.list', { offset: -1, limit: 10 })).toMatchObject({
        ok: false,
        error: { code: 'rpc.input', params: { field: 'offset' } },
      })
    })

    it(
      'never breaks on what it is given, and lets nothing through unchecked',
      { timeout: 300_000 },
      async () => {
        const texts = naughtyStrings()
        // A warehouse with something in it: the demo, which may hold 50,000 orders, goes into an empty one only.
        const upload = await uploadOrders(transport, 3, 'F')
        const first = { job: randomUUID(), kind: 'orders' as const, shop: 'S', files: [{ upload }] }
        expect(await createClient(transport).call('imports.run', first)).toMatchObject({ ok: true })
        let sent = 0
        for (const name of Object.keys(contract) as CallName[]) {
          let few = 5
          const made = fc
            .sample(payloadOf(contract[name].input, 0.25), { numRuns: one.payloads, seed: 20_261_122 })
            .filter((payload) => {
              if (!heavy.has(name) || !contract[name].input.safeParse(payload).success) return true
              few -= 1
              return few >= 0
            })
          // A text in place of the whole input, and in each of its fields.
          const naughty = heavy.has(name) ? texts : [...texts, ...withTexts(contract[name].input, texts)]
          sent += made.length + naughty.length
          await inFlight(64, [...made, ...naughty], async (payload) => {
            const answer = await transport.call(name, payload)
            const told = `${name} ${JSON.stringify(payload)?.slice(0, 300)}`
            if (!answer.ok && (answer.error.code === 'core.bug' || answer.error.code === 'core.lost')) {
              expect.fail(`${told}: ${answer.error.code} ${answer.error.message}`)
            }
            if (answer.ok && !contract[name].output.safeParse(answer.value).success) {
              expect.fail(`${told}: answered ${JSON.stringify(answer.value).slice(0, 300)}`)
            }
            // What JSON makes of a payload on its way is what the core was asked.
            const asked: unknown = payload === undefined ? undefined : JSON.parse(JSON.stringify(payload))
            const valid = contract[name].input.safeParse(asked).success
            const letThrough = answer.ok || !refusals.has(answer.error.code)
            if (letThrough !== valid && !(valid && !answer.ok && answer.error.code !== 'rpc.input')) {
              expect.fail(`${told}: valid ${valid}, answered ${JSON.stringify(answer).slice(0, 200)}`)
            }
          })
        }
        console.log(`figure: S3.payloads ${sent} over ${one.name}: 0 core.bug, 0 unchecked`)
      },
    )

    it('tells what changed after the commit, so that who asks then sees it', async () => {
      const client = createClient(transport)
      const name = `Shop ${randomUUID()}`
      let seen: Promise<boolean> | null = null
      const stop = transport.subscribe((event) => {
        if (event.type !== 'changed' || !event.topics.includes('settings') || seen !== null) return
        seen = client
          .call('settings.shops', {})
          .then((answer) => answer.ok && answer.value.shops.some((shop) => shop.name === name))
      })
      expect(await client.call('settings.saveShop', { name })).toMatchObject({ ok: true })
      await expect.poll(() => seen).not.toBeNull()
      expect(await seen).toBe(true)
      stop()
      expect(await client.call('settings.saveShop', { name: `${name} 2` })).toMatchObject({ ok: true })
    })

    it("tells everybody of a change, and of a job's progress only who asked for it", async () => {
      const other = await served.connect()
      const heard: CoreEvent[] = []
      const unheard: CoreEvent[] = []
      const into = (list: CoreEvent[]) => (event: Parameters<Parameters<Transport['subscribe']>[0]>[0]) =>
        void (event.type === 'connection' ? 0 : list.push(event))
      transport.subscribe(into(heard))
      other.subscribe(into(unheard))
      // A stream stands when its first event has come through.
      const client = createClient(transport)
      await expect
        .poll(async () => {
          await client.call('settings.set', { slots: 12 })
          return heard.length > 0 && unheard.length > 0
        }, patience)
        .toBe(true)
      const upload = await uploadOrders(transport, 300)
      const job = randomUUID()
      const run = await client.call('imports.run', { job, kind: 'orders', shop: 'S', files: [{ upload }] })
      expect(run).toMatchObject({ ok: true, value: { created: 300 } })
      const progress = (list: readonly CoreEvent[]) =>
        list.filter((event) => event.type === 'progress' && event.job === job)
      // Over HTTP, events come on a stream of their own: the last may arrive after the answer.
      await expect
        .poll(() => progress(heard).at(-1), patience)
        .toMatchObject({ phase: 'saving', done: 300, total: 300 })
      expect(progress(heard).length).toBeGreaterThan(1)
      await expect
        .poll(
          () => unheard.some((event) => event.type === 'changed' && event.topics.includes('orders')),
          patience,
        )
        .toBe(true)
      expect(progress(unheard)).toEqual([])
      other.close()
    })

    it('stops an import that is cancelled, and importing again goes on from there', async () => {
      const client = createClient(transport)
      const upload = await uploadOrders(transport, 4000, 'C')
      const job = randomUUID()
      let asked = false
      const stop = transport.subscribe((event) => {
        if (asked || event.type !== 'progress' || event.job !== job) return
        asked = true
        void client.call('app.cancel', { job })
      })
      const input = { kind: 'orders' as const, shop: 'S', files: [{ upload }] }
      const run = await client.call('imports.run', { ...input, job })
      stop()
      expect(asked).toBe(true)
      expect(run).toMatchObject({ ok: false, error: { code: 'cancelled' } })
      const again = await client.call('imports.run', { ...input, job: randomUUID() })
      expect(again.ok && again.value.created + again.value.unchanged).toBe(4000)
      expect(again.ok && again.value.created).toBeGreaterThan(0)
      expect(await client.call('app.cancel', { job })).toMatchObject({ ok: true, value: { found: false } })
    })

    it('holds each connection to who signed in on it', async () => {
      const desk = await served.desk()
      await desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })
      await desk.call('operators.save', { name: 'Ann', role: 'packer', pin: '1111' })
      desk.close()
      const code = async (client: ReturnType<typeof createClient>) => {
        const answer = await client.call('settings.saveShop', { name: 'Another' })
        return answer.ok ? 'ok' : answer.error.code
      }
      const [nobody, ann, boss] = [await served.connect(), await served.connect(), await served.connect()]
      const clients = [nobody, ann, boss].map((connection) => createClient(connection))
      await clients[1]?.call('operators.signIn', { operator: 'Ann', pin: '1111' })
      await clients[2]?.call('operators.signIn', { operator: 'Boss', pin: '1234' })
      const answers: string[] = []
      for (const client of clients) answers.push(await code(client))
      expect(answers).toEqual(
        one.kind === 'cli' ? ['ok', 'ok', 'ok'] : ['signInFirst', 'supervisorOnly', 'ok'],
      )
      for (const connection of [nobody, ann, boss]) connection.close()
    })
  })
}

/** The right shape with each text in every place that takes one. */
function withTexts(schema: z.ZodType, texts: readonly string[]): unknown[] {
  const place = 'the-place-of-a-text'
  const shapes = fc
    .sample(payloadOf(schema, 1, place), { numRuns: 20, seed: 1 })
    .map((one) => JSON.stringify(one))
  return texts.map((text, index): unknown =>
    JSON.parse((shapes[index % shapes.length] ?? '').replaceAll(`"${place}"`, () => JSON.stringify(text))),
  )
}

async function inFlight<T>(width: number, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async () => {
    for (;;) {
      const at = next
      next += 1
      if (at >= all.length) return
      await work(all[at] as T)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
}

/** Sends a file as a page does, and gives its name for the import. */
export async function uploadOrders(transport: Transport, orders: number, prefix = 'U'): Promise<string> {
  const rows = Array.from({ length: orders }, (_, index) => `${prefix}-${index},SKU-${index % 50},2`)
  const id = randomUUID()
  const sent = await createClient(transport).call('files.write', {
    id,
    name: 'orders.csv',
    offset: 0,
    base64: Buffer.from(`order number,sku,quantity\n${rows.join('\n')}\n`).toString('base64'),
  })
  if (!sent.ok) throw new Error(sent.error.message)
  return id
}
