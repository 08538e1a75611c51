import type { ScaleReading } from '#electron/ports/scale.ts'
import { gramsOf } from './grams.ts'
import { type ReadScale, weight } from './reader.ts'

const stx = 0x02
const cr = 0x0d

/** STX, three status words, six digits of weight, six of tare, CR. */
const frame = 17

/** Status word A, bits 0-2: what the last digit of the six is worth, as a power of ten. */
const exponents = [2, 1, 0, -1, -2, -3, -4, -5] as const

/** Status word C, bits 0-2, where they name a unit themselves; 0 leaves it to word B. Only 1 stands in the manual below. */
const units: Readonly<Record<number, string>> = { 1: 'g', 2: 't', 3: 'oz' }

/**
 * METTLER TOLEDO continuous output, some frames a second (Wildcat technical manual 12/00, appendix 2; the same frame in
 * KERN FTC and Cardinal 225 manuals). The weight that it shows is net when the scale has a tare. A byte behind CR that
 * begins no frame is the optional checksum; it is not looked at, because nothing says whether it is there.
 */
export function createToledoReader(): ReadScale {
  let held: number[] = []
  return (bytes) => {
    const readings: ScaleReading[] = []
    for (const byte of bytes) {
      const plain = byte & 0x7f // the eighth bit is parity where the scale sends it
      // A frame never holds a second beginning: what came before it was cut.
      if (plain === stx) held = []
      else if (held.length === 0) continue
      held.push(plain)
      if (held.length < frame) continue
      const reading = readFrame(held)
      if (reading !== undefined) readings.push(reading)
      held = []
    }
    return readings
  }
}

function readFrame(bytes: readonly number[]): ScaleReading | undefined {
  const [, a = 0, b = 0, c = 0] = bytes
  const shown = digits(bytes.slice(4, 10))
  const tare = digits(bytes.slice(10, 16))
  if (bytes[16] !== cr || shown === undefined || tare === undefined) return undefined
  const isNet = (b & 1) !== 0
  const isNegative = (b & 2) !== 0
  const isOut = (b & 4) !== 0
  const moves = (b & 8) !== 0
  if (isOut) return { kind: isNegative ? 'underload' : 'overload' }
  if ((b & 0x40) !== 0) return { kind: 'fault', reason: 'not set to zero since it was switched on' }
  const unit = units[c & 7] ?? ((c & 7) !== 0 ? '' : (b & 0x10) !== 0 ? 'kg' : 'lb')
  const worth = 10 ** (exponents[a & 7] ?? 0)
  const grams = gramsOf((isNegative ? -shown : shown) * worth, unit)
  const tareGrams = gramsOf(tare * worth, unit)
  if (grams === undefined || tareGrams === undefined)
    return { kind: 'fault', reason: 'weighs in an unknown unit' }
  return weight(grams, !moves, isNet ? tareGrams : 0)
}

/** Leading zeros may be spaces. */
function digits(bytes: readonly number[]): number | undefined {
  const text = String.fromCharCode(...bytes)
  return /^ *\d+$/.test(text) ? Number(text) : undefined
}
