import { expect, it } from 'vitest'
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
