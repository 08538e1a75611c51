import { keySign, padDigit } from './us-keys.ts'

/** Codes of linux/input-event-codes.h. */
const key = {
  enter: [28, 96],
  shift: [42, 54],
  control: [29, 97],
  alt: [56, 100],
  capsLock: 58,
} as const
const typeSyn = 0
const typeKey = 1
const synDropped = 3

export interface KeyReader {
  /** Takes `struct input_event`s as read from the device, cut anywhere; gives the scans that Enter ended. */
  push(bytes: Uint8Array): string[]
  /** The keys rest: what was typed is a scan without Enter. Undefined where there is none. */
  silence(): string | undefined
  readonly open: boolean
}

/**
 * Reads what a scanner types. Shift, Caps Lock, Control with a letter (control characters) and Alt with digits of the
 * numeric pad (any character by its number) are the ways scanners have for signs that no key has.
 *
 * An event is a time of two machine words, then type and code (16 bits each) and a value (32 bits), in the machine's
 * byte order: `word` is 8 on all systems that Packbench is built for.
 */
export function createKeyReader(word: 4 | 8 = 8): KeyReader {
  const size = 2 * word + 8
  let cut = Buffer.alloc(0)
  let text = ''
  let pad: string | undefined
  let lost = false
  const down = new Set<number>()
  let capsLock = false
  const holds = (codes: readonly number[]) => codes.some((code) => down.has(code))

  const take = () => {
    const scan = lost ? '' : text
    text = ''
    lost = false
    return scan
  }

  const press = (code: number): string | undefined => {
    if (key.enter.some((one) => one === code)) return take()
    if (code === key.capsLock) capsLock = !capsLock
    const digit = padDigit(code)
    if (pad !== undefined && digit !== undefined) {
      pad += digit
      return undefined
    }
    if (key.alt.some((one) => one === code)) pad = ''
    const sign = keySign(code, holds(key.shift))
    if (sign === undefined) return undefined
    if (holds(key.control)) text += controlOf(sign)
    else text += capsLock && /[a-z]/i.test(sign) ? swapCase(sign) : sign
    return undefined
  }

  const release = (code: number) => {
    if (!key.alt.some((one) => one === code) || pad === undefined) return
    const number = Number(pad)
    if (pad !== '' && number <= 0xffff) text += String.fromCharCode(number)
    pad = undefined
  }

  return {
    get open() {
      return text !== '' || lost
    },
    push(bytes) {
      const scans: string[] = []
      const all = Buffer.concat([cut, bytes])
      let at = 0
      for (; at + size <= all.length; at += size) {
        const type = all.readUInt16LE(at + 2 * word)
        const code = all.readUInt16LE(at + 2 * word + 2)
        const value = all.readInt32LE(at + 2 * word + 4)
        // The kernel threw events away: what is here is not what was scanned.
        if (type === typeSyn && code === synDropped) {
          lost = true
          down.clear()
          pad = undefined
        }
        if (type !== typeKey) continue
        if (value === 0) {
          down.delete(code)
          release(code)
        } else if (value === 1) {
          const scan = press(code)
          down.add(code)
          if (scan !== undefined && scan !== '') scans.push(scan)
        }
      }
      cut = all.subarray(at)
      return scans
    },
    silence() {
      const scan = take()
      return scan === '' ? undefined : scan
    },
  }
}

/** Control with a key is the control character of its sign: `]` gives GS. */
const controlOf = (sign: string): string =>
  String.fromCharCode((sign.toUpperCase().codePointAt(0) ?? 0) & 0x1f)

const swapCase = (sign: string): string =>
  sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase()
