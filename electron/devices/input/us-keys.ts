/**
 * What the keys of a US keyboard mean, plain and with shift, by the kernel's key codes (linux/input-event-codes.h). A
 * scanner that plays a keyboard sends key positions, whatever the layout of the computer: this is the layout that it
 * comes with.
 */
const rows: readonly (readonly [first: number, plain: string, shifted: string])[] = [
  [2, '1234567890-=', '!@#$%^&*()_+'],
  [15, '\tqwertyuiop[]', '\tQWERTYUIOP{}'],
  [30, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [43, '\\zxcvbnm,./', '|ZXCVBNM<>?'],
  [55, '*', '*'],
  [57, ' ', ' '],
  [71, '789-456+1230.', '789-456+1230.'],
  [86, '\\', '|'],
  [98, '/', '/'],
]

const keys: ReadonlyMap<number, readonly [plain: string, shifted: string]> = new Map(
  rows.flatMap(([first, plain, shifted]) =>
    [...plain].map((sign, at) => [first + at, [sign, shifted[at] ?? sign]] as const),
  ),
)

export const keySign = (code: number, shift: boolean): string | undefined => keys.get(code)?.[shift ? 1 : 0]

/** The digit on a key of the numeric pad; undefined for any other key. */
export function padDigit(code: number): string | undefined {
  const sign = code >= 71 && code <= 82 ? keySign(code, false) : undefined
  return sign !== undefined && /\d/.test(sign) ? sign : undefined
}
