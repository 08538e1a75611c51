import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createOpenPrinter } from '#electron/devices/print/open-printer.ts'
import type { PrinterSession } from '#electron/devices/print/session.ts'
import { createSessionPrinter } from '#electron/devices/print/session-printer.ts'
import { dialects } from '#electron/devices/print/status/index.ts'

/** A printer that says these bytes, one a question; the last for ever. Undefined: nothing. */
function saying(...says: readonly (number | undefined)[]) {
  const waiting = [...says]
  let next: number | undefined
  const session: PrinterSession = {
    async write(bytes) {
      const isQuestion = bytes[0] === 0x1b && bytes.length === 3
      if (isQuestion) next = waiting.length > 1 ? waiting.shift() : waiting[0]
      return undefined
    },
    async read() {
      const said = next === undefined ? new Uint8Array() : Uint8Array.of(next)
      next = undefined
      return said
    },
    close: async () => undefined,
  }
  const times = { answer: 30, poll: 1, confirm: 300, still: 60 }
  return createSessionPrinter(async () => session, dialects.tspl, times)
}

const [idle, busy, paused, paperOut] = [0x00, 0x20, 0x10, 0x04]

it.each([
  ['busy and then idle', [busy, busy, idle], { kind: 'printed' }],
  ['idle for ever', [idle], { kind: 'sent' }],
  // The label before was out, ours began, and it is not seen to end.
  ['idle for one moment', [busy, idle, busy], { kind: 'sent' }],
  ['idle for one moment, and out in the end', [busy, idle, busy, idle], { kind: 'printed' }],
  ['paused while it is busy, and let go', [busy | paused, busy | paused, busy, idle], { kind: 'printed' }],
  ['stopped for good', [busy, busy | paperOut], { kind: 'sent', troubles: ['paperOut'] }],
  ['idle with its paper out', [busy, paperOut], { kind: 'sent', troubles: ['paperOut'] }],
  ['silent from the middle on', [busy, undefined], { kind: 'sent' }],
  ['silent', [undefined], { kind: 'sent' }],
] as const)('a printer that is %s', async (_, says, outcome) => {
  expect(await saying(...says).send(Buffer.from('PRINT 1,1\r\n'))).toEqual(outcome)
})

/** Takes everything and says nothing, as most TSPL clones do; its port has one status for ever. */
const mute = (portStatus: number): PrinterSession => ({
  write: async () => undefined,
  read: async (milliseconds) => {
    await sleep(milliseconds)
    return new Uint8Array()
  },
  portStatus: async () => portStatus,
  close: async () => undefined,
})
const brief = { answer: 30, settle: 5 }

it.each([
  [0x00, { kind: 'silent' }, { kind: 'sent' }],
  [0x10, { kind: 'silent' }, { kind: 'sent' }],
  [0x18, { kind: 'silent' }, { kind: 'sent' }],
  [0x20, { kind: 'trouble', troubles: ['paperOut'] }, { kind: 'sent', troubles: ['paperOut'] }],
] as const)(
  'of a port that says %i and nothing else only missing paper is believed',
  async (byte, status, outcome) => {
    const printer = createSessionPrinter(async () => mute(byte), dialects.tspl, brief)
    expect(await printer.status()).toEqual(status)
    expect(await printer.send(Buffer.from('PRINT 1,1\r\n'))).toEqual(outcome)
  },
)

it('a job comes again to a printer that has not got over a question that was broken off', async () => {
  const refused = { reason: 'refused the connection' }
  const ways = [mute(0x18), refused, mute(0x18), refused]
  const printer = createSessionPrinter(async () => ways.shift() ?? refused, dialects.tspl, brief)
  let isWanted = true
  const status = printer.status(() => isWanted)
  isWanted = false
  expect(await status).toEqual({ kind: 'interrupted' })
  expect(await printer.send(Buffer.from('PRINT 1,1\r\n'))).toEqual({ kind: 'sent' })
  // Where no question was broken off, a refusal is one.
  expect(await printer.status()).toMatchObject({ kind: 'absent' })
  ways.push(refused, mute(0x18))
  expect(await printer.send(Buffer.from('PRINT 1,1\r\n'))).toMatchObject({ kind: 'notSent' })
})

it.each(['tspl', 'escpos'] as const)(
  'the first byte of a job waits for no question to a printer that says nothing: %s',
  async (language) => {
    let arrived: (at: number) => void = () => undefined
    const silent = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('data', (bytes) => bytes.includes('SIZE') && arrived(performance.now()))
      socket.on('error', () => undefined)
    }).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`
    const open = createOpenPrinter({
      simulatedFolder: '',
      tcpTimes: { linger: 300 },
      askTimes: { answer: 600 },
    })
    const printer = open({ transport: 'tcp', address, language })
    await printer.send(Buffer.from('SIZE'))
    const waits: number[] = []
    for (let nth = 0; nth < 5; nth += 1) {
      const status = printer.status()
      await sleep(100 + nth * 7)
      const start = performance.now()
      const first = new Promise<number>((resolve) => (arrived = resolve))
      const sent = printer.send(Buffer.from('SIZE'))
      waits.push((await first) - start)
      expect(await status).toEqual({ kind: 'interrupted' })
      await sent
    }
    silent.close()
    // The middle one: a busy machine may hold up any single timer. A question that lingers costs 220 ms.
    expect(waits.toSorted((a, b) => a - b)[2]).toBeLessThan(150)
  },
)
