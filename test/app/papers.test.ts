import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import type { CallName, Input } from '#shared/contract/index.ts'
import type { DocumentPrintOptions } from '#electron/ports/document-printer.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { importOrders, openStation, plan, type Station, stockWarehouse } from '#test/support/station.ts'

let station: Station
const printed: DocumentPrintOptions[] = []
let answer: SendOutcome = { kind: 'sent' }
let onPage: () => Promise<unknown> = async () => undefined
let countsPages = true
let waveNumber: number
beforeAll(async () => {
  station = await openStation({
    outside: {
      documentPrinter: {
        print: async (_pdf, options, work) => {
          printed.push(options)
          if (countsPages) work?.progress(1, 4)
          await onPage()
          return answer
        },
      },
    },
  })
  await stockWarehouse(station)
  await importOrders(
    station,
    Array.from({ length: 200 }, (_, index) => ({
      number: `P-${index}`,
      lines: [
        ['RED', 1],
        ['TEA', 1],
      ],
    })),
  )
  waveNumber = (await plan(station, { slots: 200 })).waves[0]?.number ?? 0
})
afterAll(() => station.close())

async function follow<N extends CallName>(name: N, input: Input<N>, on: (event: CoreEvent) => void) {
  const stop = station.desk.session.subscribe(on)
  try {
    return await station.desk.ask(name, input)
  } finally {
    stop()
  }
}

describe('a paper that is asked for as a job', () => {
  it.each(['waves.pickList', 'waves.packingSlips'] as const)('%s: tells its pages', async (name) => {
    const job = randomUUID()
    const told: CoreEvent[] = []
    const made = await follow(name, { job, id: waveNumber }, (event) => void told.push(event))
    expect(made).toMatchObject({ ok: true, value: { mime: 'application/pdf' } })
    const pages = told.flatMap((event) => (event.type === 'progress' && event.job === job ? [event] : []))
    expect(pages[0]).toMatchObject({ phase: 'pages', done: 0, total: 0 })
    expect(pages.at(-1)?.done).toBe(pages.at(-1)?.total)
    expect(pages.at(-1)?.total).toBeGreaterThan(0)
  })

  it('is cancelled, holds no file and leaves the wave as it was', async () => {
    await importOrders(station, [
      { number: 'Q-1', lines: [['BLUE', 1]] },
      { number: 'Q-2', lines: [['BLUE', 1]] },
    ])
    const single = (await plan(station)).waves[0]
    const job = randomUUID()
    const cancelled = await follow('waves.pickList', { job, id: single?.id ?? '' }, (event) => {
      if (event.type === 'progress') void station.desk.call('app.cancel', { job })
    })
    expect(cancelled).toMatchObject({ ok: false, error: { code: 'paperCancelled' } })
    const { waves } = await station.desk.call('waves.list', {})
    expect(waves.find(({ id }) => id === single?.id)?.state).toBe('open')
    expect(await station.desk.ask('waves.pickList', { id: single?.id ?? '' })).toMatchObject({ ok: true })
  })
})

describe('a pick list that is printed after an order was taken back', () => {
  it('asks for nothing of it, and says so', async () => {
    const orders = [
      { number: 'T-1', lines: [['BLUE', 2] as const] },
      { number: 'T-2', lines: [['BLUE', 3] as const] },
    ]
    await importOrders(station, orders)
    const wave = (await plan(station)).waves[0]
    const units = async () =>
      (await station.desk.call('waves.get', { id: wave?.id ?? '' }))?.stops.map(({ quantity }) => quantity)
    expect(await units()).toEqual([5])
    await importOrders(station, [{ ...orders[1], number: 'T-2', lines: [['BLUE', 3]], refund: 'sent back' }])
    expect(await units()).toEqual([2])
    const file = await station.desk.call('waves.pickList', { id: wave?.id ?? '' })
    const { base64 } = await station.desk.call('files.read', { id: file.id, offset: 0, length: file.size })
    const words = execFileSync('pdftotext', ['-', '-'], { input: Buffer.from(base64, 'base64') }).toString()
    expect(words).toContain('T-2')
    expect(words).toContain('不用拣')
  })
})

describe('a paper through the system', () => {
  const printOn = async (name: 'waves.pickList' | 'waves.packingSlips', more: object) => {
    const held = await station.desk.call(name, { id: waveNumber, ...more })
    return station.desk.ask('devices.printDocument', { file: held.id, queue: 'Office' })
  }

  it('goes out in its own size', async () => {
    printed.length = 0
    expect((await printOn('waves.pickList', { paper: 'A4' })).ok).toBe(true)
    expect((await printOn('waves.packingSlips', { paper: 'A6' })).ok).toBe(true)
    expect(printed.map(({ queue, widthMm, heightMm }) => [queue, widthMm, heightMm])).toEqual([
      ['Office', 210, 297],
      ['Office', 105, 148],
    ])
  })

  it('says what happened when it did not', async () => {
    for (const [reason, code] of [
      ['lp: it is raining', 'paperNotSent'],
      ['Office: lp: The printer or class does not exist.', 'paperQueueMissing'],
      ['Office: the spooler opens no queue of this name', 'paperQueueMissing'],
      ['Office: the queue is offline', 'paperQueueOff'],
      ['Office: its driver still works on the paper before', 'paperQueueBusy'],
      ['Office: its driver takes no job', 'paperDriverFails'],
    ] as const) {
      answer = { kind: 'notSent', reason }
      expect(await printOn('waves.pickList', {})).toMatchObject({ error: { code } })
    }
    for (const [reason, code] of [
      ['silence', 'paperDoubt'],
      ['Office: its driver does not answer', 'paperDriverDoubt'],
      ['Office: its driver draws no picture after 1 of 4 pages', 'paperDriverDoubt'],
    ] as const) {
      answer = { kind: 'unknown', reason }
      expect(await printOn('waves.pickList', {})).toMatchObject({ error: { code } })
    }
    answer = { kind: 'notSent', reason: 'Office: its driver has no paper of 210 × 297 mm, only 100 × 150' }
    expect(await printOn('waves.pickList', {})).toMatchObject({
      error: { code: 'paperSizeMissing', params: { queue: 'Office', width: 210, height: 297 } },
    })
    const gone = await station.desk.ask('devices.printDocument', { file: randomUUID(), queue: 'Office' })
    expect(gone).toMatchObject({ error: { code: 'paperGone' } })
  })

  it.each([
    [{ kind: 'notSent', reason: 'Office: cancelled' }, 'paperNotPrinted', undefined],
    [
      { kind: 'unknown', reason: 'Office: cancelled after 1 of 4 pages' },
      'paperStopped',
      { queue: 'Office', done: 1, total: 4 },
    ],
  ] as const)(
    'is cancelled between two pages, and says what may come out: %j',
    async (outcome, code, params) => {
      const held = await station.desk.call('waves.pickList', { id: waveNumber })
      const job = randomUUID()
      const told: CoreEvent[] = []
      answer = outcome
      onPage = () => station.desk.call('app.cancel', { job })
      const stopped = await follow(
        'devices.printDocument',
        { job, file: held.id, queue: 'Office' },
        (event) => void told.push(event),
      )
      onPage = async () => undefined
      expect(stopped).toMatchObject({ ok: false, error: { code, ...(params && { params }) } })
      expect(told).toContainEqual({ type: 'progress', job, phase: 'printing', done: 1, total: 4 })
    },
  )

  it('tells no pages where nobody counted them', async () => {
    const held = await station.desk.call('waves.pickList', { id: waveNumber })
    const job = randomUUID()
    answer = { kind: 'unknown', reason: 'Office: CUPS did not say that it took the job' }
    onPage = () => station.desk.call('app.cancel', { job })
    countsPages = false
    const stopped = await station.desk.ask('devices.printDocument', { job, file: held.id, queue: 'Office' })
    expect(stopped).toMatchObject({ ok: false, error: { code: 'paperDoubt' } })
  })
})
