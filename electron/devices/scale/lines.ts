import type { ScaleReading } from '#electron/ports/scale.ts'
import { gramsOf } from './grams.ts'
import { type ReadScale, weight } from './reader.ts'

/** Longer than any line that a scale sends: noise. */
const longestLine = 64

/** Cuts a stream at CR, LF, STX and ETX and reads each line; empty ones and those that are no reading are left out. */
export function createLineReader(read: (line: string) => ScaleReading | undefined): ReadScale {
  let line = ''
  return (bytes) => {
    const readings: ScaleReading[] = []
    for (const byte of bytes) {
      if (byte !== 0x0d && byte !== 0x0a && byte !== 0x02 && byte !== 0x03) {
        // What is too long is kept too long, so that its end is not taken for a line.
        if (line.length <= longestLine) line += String.fromCharCode(byte)
        continue
      }
      const reading = line.length > longestLine ? undefined : read(line)
      line = ''
      if (reading !== undefined) readings.push(reading)
    }
    return readings
  }
}

/** What stands behind the state, byte for byte: the weight's places, then the unit's. */
const casForms = [
  // `GS,<id><lamps>,  0012.5 kg`: 22 bytes with the state and the end of the line. Id and lamps are bytes of any value.
  /^(?:GS|NT),..,([ \d.,+-]{8}) ([ a-z]{2})$/is,
  // `GS,+00012.5kg`: 18 bytes.
  /^(?:GS|NT),([ \d.,+-]{8})([ a-z]{2})$/i,
  // `+00123.45  g`: A&D's 17 bytes.
  /^([ \d.,+-]{9})([ a-z]{3})$/i,
] as const

/**
 * `ST,` and one of these forms: ST stable, US moving, OL overload; GS gross, NT net. Some are set to a decimal comma. CAS
 * CI-600D, CI-150A and NT-200 manuals, A&D EK-L manual; the ten-byte forms name no unit and are not read. What stands
 * before the state is noise. A line of another length has lost a byte, maybe its decimal point: it is no reading at all.
 */
export function readCasLine(line: string): ScaleReading | undefined {
  const [, state, rest = ''] = /^.*(ST|US|OL|QT),(.*)$/s.exec(line) ?? []
  if (state === undefined) return undefined
  if (state === 'OL') return rest.includes('-') ? { kind: 'underload' } : { kind: 'overload' }
  const found = casForms.map((form) => form.exec(rest)).find((match) => match !== null)
  const [, shown = '', unit = ''] = found ?? []
  const amount = readAmount(shown.replace(',', '.') + unit)
  return amount === undefined ? undefined : weight(amount, state === 'ST')
}

/** Answers of MT-SICS scales to `SI`: `S S   1.250 kg` stable, `S D` moving, `S +` `S -` out of range, `S I` not now. */
export function readSicsLine(line: string): ScaleReading | undefined {
  const [, state, rest = ''] = /^S ([SDI+-])(?: +(.*))?$/.exec(line.trim()) ?? []
  if (state === '+') return { kind: 'overload' }
  if (state === '-') return { kind: 'underload' }
  if (state === 'I') return { kind: 'fault', reason: 'cannot weigh at this moment' }
  const amount = state === undefined ? undefined : readAmount(rest)
  return amount === undefined ? undefined : weight(amount, state === 'S')
}

/**
 * Answers of METTLER TOLEDO counter scales to `W`: `01.250`, in the unit that the scale is set to, which they do not
 * name: kilograms here, unverified. Where nothing can be weighed `?` and a status byte: bit 0 moving, bit 1 over capacity,
 * bit 2 under zero, bit 3 beyond what it can take for zero (Magellan 8500 DIVA manual §6.1.4). One that gives no reason
 * cannot say its weight now, as while it moves.
 */
export function readBareLine(line: string): ScaleReading | undefined {
  const [, status] = /^\?(.)$/.exec(line) ?? []
  if (status !== undefined) {
    const bits = status.charCodeAt(0)
    if ((bits & 2) !== 0) return { kind: 'overload' }
    if ((bits & 4) !== 0) return { kind: 'underload' }
    return (bits & 9) === 8 ? { kind: 'fault', reason: 'not set to zero' } : { kind: 'moving' }
  }
  const amount = /^\d{2,3}\.\d{2,3}$/.test(line) ? readAmount(`${line} kg`) : undefined
  return amount === undefined ? undefined : weight(amount, true)
}

/** SMA standard answer: `<status><range><net><motion><future><ten digits><unit>`, motion `M`, status `O` over, `U` under. */
export function readSmaLine(line: string): ScaleReading | undefined {
  const [, state, moving, amountText = ''] =
    /^([ ZOUEIT])[1-9 ][GNTgnt ]([M ]).( *-?[\d. ]*\d *[a-z]{1,3} *)$/i.exec(line) ?? []
  if (state === 'O') return { kind: 'overload' }
  if (state === 'U') return { kind: 'underload' }
  if (state === 'E' || state === 'I') return { kind: 'fault', reason: 'reports an error' }
  const amount = readAmount(amountText)
  return amount === undefined || moving === undefined ? undefined : weight(amount, moving === ' ')
}

/** Whole grams of `- 0012.5 kg`, blanks wherever a scale puts them. */
export function readAmount(text: string): number | undefined {
  const [, sign, digits, unit = ''] =
    /^\s*([+-]?)\s*(\d{1,9}(?:\.\d{1,6})?)\s*(mg|g|kg|t|lbs?|oz)\s*$/i.exec(text) ?? []
  return digits === undefined ? undefined : gramsOf(Number(`${sign === '-' ? '-' : ''}${digits}`), unit)
}
