/** What keeps a printer from printing, as far as its status language tells it. */
export const printerTroubles = [
  'paperOut',
  'headOpen',
  'ribbonOut',
  'paused',
  'headHot',
  'jam',
  'cutter',
  /** A printed label hangs in the peeler and waits to be taken. */
  'takeLabel',
  'memory',
  /** The printer reports an error that we have no word for. */
  'other',
] as const

export type PrinterTrouble = (typeof printerTroubles)[number]

/** How a printer is, and how far that is known: silence is never taken for health. */
export type PrinterStatus =
  | { readonly kind: 'ready' }
  /** Prints at this moment. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'trouble'; readonly troubles: readonly PrinterTrouble[] }
  /** The connection stands, but the question got no answer: stopped, asleep, or a language without status. */
  | { readonly kind: 'silent' }
  /** No connection: switched off, unplugged or unreachable. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** This way in takes jobs and answers nothing. */
  | { readonly kind: 'unasked' }
  /** The question was broken off for a job: nothing new is known. */
  | { readonly kind: 'interrupted' }
