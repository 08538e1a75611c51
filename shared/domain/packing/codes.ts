import { splitAim } from '#shared/domain/devices/codes/aim.ts'

/**
 * The barcodes that Packbench prints for itself. They start with `PB-`, which no GS1 code, waybill or marketplace
 * order number does, and use only characters of Code 128 set B.
 */
export const commands = [
  'OK',
  'UNDO',
  'HOLD',
  'SHORT',
  'PARTIAL',
  'NEXT',
  'CANCEL',
  'PRINT',
  'REPRINT',
  'MISSING',
  'VOID',
  'WEIGH',
] as const
export type Command = (typeof commands)[number]

/** Why a label is printed once more, in the order of PB-PICK-1, PB-PICK-2 … */
export const reprintReasons = ['notOut', 'spoilt', 'lost', 'unreadable'] as const
export type ReprintReason = (typeof reprintReasons)[number]

/** Why a box goes although it weighs something else, in the order of PB-PICK-1, PB-PICK-2 … */
export const releaseReasons = ['packaging', 'knownWrong', 'scaleWrong', 'other'] as const
export type ReleaseReason = (typeof releaseReasons)[number]

export const commandCode = (command: Command): string => `PB-CMD-${command}`
export const waveCode = (wave: number): string => `PB-W-${wave}`
export const slotCode = (wave: number, slot: number): string => `PB-S-${wave}-${slot}`
export const pickCode = (choice: number): string => `PB-PICK-${choice}`
export const waveName = (wave: number): string => `W-${String(wave).padStart(4, '0')}`

/** One of our own codes, or null when the code is somebody else's. */
export type OwnCode =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'wave'; readonly wave: number }
  | { readonly kind: 'slot'; readonly wave: number; readonly slot: number }
  | { readonly kind: 'pick'; readonly choice: number }
  | { readonly kind: 'badge'; readonly badge: string }

/** Whether a code has the shape that only our own may have; a number of another's that has it could not be scanned. */
export const isOwnShape = (code: string): boolean => code.startsWith('PB-')

/**
 * Our own code in a scan. What a scanner puts around a code is taken away, an AIM identifier included, which one that
 * types cannot send apart; within one of ours there never is such a character, so a scan that has one there was misread.
 */
export function ownCodeIn(raw: string): OwnCode | null {
  const code = splitAim(cleanCode(raw)).text
  return raw.includes(code) ? parseOwnCode(code) : null
}

export function parseOwnCode(code: string): OwnCode | null {
  if (!isOwnShape(code)) return null
  const parts = code.split('-')
  const [, kind = '', first = '', second = ''] = parts
  // Two codes read as one are neither.
  if (parts.length !== (kind === 'S' ? 4 : 3)) return null
  switch (kind) {
    case 'CMD': {
      const command = commands.find((one) => one === first)
      return command === undefined ? null : { kind: 'command', command }
    }
    case 'W': {
      const wave = positive(first)
      return wave === null ? null : { kind: 'wave', wave }
    }
    case 'S': {
      const wave = positive(first)
      const slot = positive(second)
      return wave === null || slot === null ? null : { kind: 'slot', wave, slot }
    }
    case 'PICK': {
      const choice = positive(first)
      return choice === null ? null : { kind: 'pick', choice }
    }
    case 'BADGE':
      return { kind: 'badge', badge: code }
    default:
      return null
  }
}

const positive = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null)

/**
 * What a scanner may put around a code: white space, a carriage return, control characters. They carry no meaning
 * for any code that a bench reads, so they are taken away; what remains is compared exactly.
 */
export function cleanCode(raw: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this takes out
  return raw.replaceAll(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, '').trim()
}

/** Longer than any barcode that a bench scanner reads; such a scan is noise. */
export const longestCode = 200
