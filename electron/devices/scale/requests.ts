import type { ScaleReading } from '#electron/ports/scale.ts'
import { createLineReader, readBareLine, readCasLine, readSicsLine, readSmaLine } from './lines.ts'
import { createNciReader } from './nci.ts'
import { type ReadScale, weight } from './reader.ts'

interface RequestForm {
  readonly ask: Uint8Array
  readonly read: () => ReadScale
}

const ascii = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0))

/** Ways to ask a scale for its weight, none of which changes anything in a scale that does not know it. */
const forms: readonly RequestForm[] = [
  { ask: ascii('SI\r\n'), read: () => createLineReader(readSicsLine) },
  { ask: ascii('W\r'), read: () => both(createNciReader(), createLineReader(readBareLine)) },
  { ask: ascii('Q\r\n'), read: () => createLineReader(readCasLine) },
  { ask: ascii('\nW\r'), read: () => createLineReader(readSmaLine) },
]

const both =
  (one: ReadScale, other: ReadScale): ReadScale =>
  (bytes) => [...one(bytes), ...other(bytes)]

/** Questions without an answer before the next form is tried. */
const patience = 4

/**
 * Answers have no length that would show a lost byte, and without its decimal point a weight is a thousandfold: it stands
 * still once two answers in a row say the same. The next question is never far.
 */
function createConfirming(): (reading: ScaleReading) => ScaleReading {
  let before: number | undefined
  return (reading) => {
    const now = reading.kind === 'weight' && reading.stable ? reading.grams : undefined
    const confirmed = now === before
    before = now
    return reading.kind !== 'weight' || confirmed ? reading : weight(reading.grams, false, reading.tareGrams)
  }
}

/** Asks one question after the other, in each form until one is answered; it then stays with that for good. */
export function createAsker(write: (bytes: Uint8Array) => void): { ask(): void; readonly read: ReadScale } {
  let turn = 0
  let unanswered = 0
  let answered = false
  const confirm = createConfirming()
  const form = () => forms[turn % forms.length]
  let reader = form()?.read()
  return {
    ask() {
      if (!answered && unanswered >= patience) {
        turn += 1
        unanswered = 0
        reader = form()?.read()
      }
      unanswered += 1
      const current = form()
      if (current !== undefined) write(current.ask)
    },
    read(bytes) {
      const readings = reader?.(bytes) ?? []
      if (readings.length > 0) answered = true
      return readings.map(confirm)
    },
  }
}
