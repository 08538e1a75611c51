import type { Trouble } from './printer-languages.ts'

/** What is wrong with a simulated printer. Wire faults hold for the connections that come next. */
export type Fault =
  | { readonly kind: 'ok' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  /** No paper after so many more labels came out, or so many more bytes came in. */
  | { readonly kind: 'paperFor'; readonly labels: number }
  | { readonly kind: 'paperForBytes'; readonly bytes: number }
  | { readonly kind: 'wire'; readonly wire: WireFault }

export type WireFault =
  /** Nobody listens · stops reading · answers nothing · half of each answer · reads in sips · never hangs up. */
  | { readonly kind: 'refuse' | 'stall' | 'silent' | 'half' | 'slow' | 'neverCloses' }
  /** Breaks off, or hangs up, when so many bytes of a connection were read; loses every so-many-th byte. */
  | { readonly kind: 'resetAfter' | 'closeAfter' | 'drop'; readonly bytes: number }

export const faultUsage = [
  'ok | paper-out | head-open | ribbon-out | paused | head-hot',
  'paper-for=LABELS | paper-for-bytes=N',
  'refuse | stall | silent | half | slow | never-closes | reset-after=N | close-after=N | drop=N',
].join(' | ')

const words: Readonly<Record<string, Fault>> = {
  ok: { kind: 'ok' },
  'paper-out': { kind: 'trouble', trouble: 'paper-out' },
  'head-open': { kind: 'trouble', trouble: 'head-open' },
  'ribbon-out': { kind: 'trouble', trouble: 'ribbon-out' },
  paused: { kind: 'trouble', trouble: 'paused' },
  'head-hot': { kind: 'trouble', trouble: 'head-hot' },
  refuse: { kind: 'wire', wire: { kind: 'refuse' } },
  stall: { kind: 'wire', wire: { kind: 'stall' } },
  silent: { kind: 'wire', wire: { kind: 'silent' } },
  half: { kind: 'wire', wire: { kind: 'half' } },
  slow: { kind: 'wire', wire: { kind: 'slow' } },
  'never-closes': { kind: 'wire', wire: { kind: 'neverCloses' } },
}

const counted: Readonly<Record<string, (count: number) => Fault>> = {
  'paper-for': (labels) => ({ kind: 'paperFor', labels }),
  'paper-for-bytes': (bytes) => ({ kind: 'paperForBytes', bytes }),
  'reset-after': (bytes) => ({ kind: 'wire', wire: { kind: 'resetAfter', bytes } }),
  'close-after': (bytes) => ({ kind: 'wire', wire: { kind: 'closeAfter', bytes } }),
  drop: (bytes) => ({ kind: 'wire', wire: { kind: 'drop', bytes } }),
}

/** One fault by its word; undefined for any other text. */
export function readFault(text: string): Fault | undefined {
  const [, word = '', count] = /^([a-z-]+)(?:=(\d+))?$/.exec(text.trim()) ?? []
  return count === undefined ? words[word] : counted[word]?.(Number(count))
}
