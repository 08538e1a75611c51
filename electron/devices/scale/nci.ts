import type { ScaleReading } from '#electron/ports/scale.ts'
import { readAmount } from './lines.ts'
import { type ReadScale, weight } from './reader.ts'

const lf = 0x0a
const etx = 0x03

/** Longer than any answer: noise. */
const longestAnswer = 64

/**
 * Answers of NCI scales to `W` CR: LF, weight with unit, CR, LF, status bytes behind an optional `S`, CR, ETX; the status
 * alone where nothing can be weighed. Status byte 1: bit 0 moving; bits 2 and 3 memory faults. Byte 2: bit 0 under, bit
 * 1 over capacity, bits 2 and 3 calibration faults, bit 6 a third byte. Byte 3: bit 3 no zero at the start. NCI 7800 and
 * Ohaus Aviator 7000 manuals.
 */
export function createNciReader(): ReadScale {
  let held = ''
  return (bytes) => {
    const readings: ScaleReading[] = []
    for (const byte of bytes) {
      if (byte !== etx) {
        if (held.length <= longestAnswer) held += String.fromCharCode(byte & 0x7f)
        continue
      }
      const reading = held.length > longestAnswer ? undefined : readAnswer(held)
      held = ''
      if (reading !== undefined) readings.push(reading)
    }
    return readings
  }
}

function readAnswer(text: string): ScaleReading | undefined {
  // Two lines from behind, so that noise in front does no harm: status, and the weight above it.
  const [weighed = '', status = ''] = text.replace(/\r$/, '').split(String.fromCharCode(lf)).slice(-2)
  const [, one, two, three = ''] = /^S?(.)(.)(.?)/.exec(status) ?? []
  if (one === undefined || two === undefined) return undefined
  const first = one.charCodeAt(0)
  const second = two.charCodeAt(0)
  // Status bytes have bits 4 and 5 set: anything else is none.
  if ((first & 0x30) !== 0x30 || (second & 0x30) !== 0x30) return undefined
  if ((second & 2) !== 0) return { kind: 'overload' }
  if ((second & 1) !== 0) return { kind: 'underload' }
  if ((first & 0x0c) !== 0 || (second & 0x0c) !== 0)
    return { kind: 'fault', reason: 'reports a fault of its own' }
  const moves = (first & 1) !== 0
  // A weight has its line for itself; what stands before an answer without one is noise.
  const amount = weighed.endsWith('\r') ? readAmount(weighed.slice(0, -1)) : undefined
  if (amount !== undefined) return weight(amount, !moves)
  if (moves) return { kind: 'moving' }
  return (second & 0x40) !== 0 && (three.charCodeAt(0) & 8) !== 0
    ? { kind: 'fault', reason: 'not set to zero' }
    : undefined
}
