/** One key as a keyboard knows it: its evdev code, its HID usage (page 7), and whether Shift is held. */
export interface Key {
  readonly evdev: number
  readonly usage: number
  readonly shift: boolean
}

/** Rows of a US keyboard: evdev codes (include/uapi/linux/input-event-codes.h) run along a row. */
const rows: readonly (readonly [firstCode: number, plain: string, shifted: string])[] = [
  [2, '1234567890-=', '!@#$%^&*()_+'],
  [16, 'qwertyuiop[]', 'QWERTYUIOP{}'],
  [30, "asdfghjkl;'", 'ASDFGHJKL:"'],
  [44, 'zxcvbnm,./', 'ZXCVBNM<>?'],
  [28, '\n', ''],
]

/** HID usages run along the alphabet and the digits. */
const usages = `abcdefghijklmnopqrstuvwxyz1234567890\n\u0000\u0000\u0000 -=[]`
const otherUsages: Readonly<Record<string, number>> = { ';': 51, "'": 52, ',': 54, '.': 55, '/': 56 }

const keys = new Map<string, Key>()
for (const [first, plain, shifted] of rows)
  for (const [index, sign] of [...plain].entries()) {
    const usage = otherUsages[sign] ?? usages.indexOf(sign) + 4
    keys.set(sign, { evdev: first + index, usage, shift: false })
    const upper = shifted[index]
    if (upper !== undefined) keys.set(upper, { evdev: first + index, usage, shift: true })
  }

export const leftShift = 42
export const allCodes: readonly number[] = [leftShift, ...[...keys.values()].map(({ evdev }) => evdev)]

export function keyOf(sign: string): Key {
  const key = keys.get(sign)
  if (key === undefined) throw new Error(`no key for ${JSON.stringify(sign)}`)
  return key
}
