/** One key as the page hears it, with what else matters for telling a scanner from a person. */
export interface KeyFacts {
  /** The key went up. In a text field only this is sure to come: an input method may keep the press to itself. */
  readonly up: boolean
  readonly key: string
  readonly code: string
  /** Milliseconds on a steady clock, from the event itself: a stalled page must not stretch the gaps. */
  readonly at: number
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly caps: boolean
  readonly repeat: boolean
  /** The focus is in something that takes text. */
  readonly field: boolean
  /** That field takes no text, because a code is or was just typed there: nobody but a scanner types. */
  readonly locked: boolean
  /** And no input method stands between any more: every key comes, Enter too. */
  readonly plain: boolean
  /** No shortcut may fire: the bench is on the screen. */
  readonly strict: boolean
}

export const modifierKeys: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
  'Fn',
])

/** FNC1 between the elements of a GS1 code, as it is transmitted: the one control character that carries meaning. */
export const groupSeparator = '\u001D'

/** The key that ends a code, also where an input method hides its name. */
export function endKeyOf({ key, code }: Pick<KeyFacts, 'key' | 'code'>): 'Enter' | 'Tab' | null {
  if (key === 'Enter' || (key === 'Process' && (code === 'Enter' || code === 'NumpadEnter'))) return 'Enter'
  return key === 'Tab' || (key === 'Process' && code === 'Tab') ? 'Tab' : null
}

/**
 * The character that the scanner meant, also when an input method or Caps Lock stands between.
 * `byPlace`: the keys' places count and not what this machine's layout writes on them.
 */
export function characterOf(
  key: Pick<KeyFacts, 'key' | 'code' | 'shift' | 'caps'>,
  byPlace = false,
): string | null {
  const place = placeOfUs(key)
  if (byPlace && place !== null) return place
  if (key.key.length === 1 && key.key >= ' ' && key.key <= '~') {
    // Scanners type a capital with Shift and know nothing of a Caps Lock that is on.
    if (key.caps && /[A-Za-z]/.test(key.key)) {
      return key.key === key.key.toUpperCase() ? key.key.toLowerCase() : key.key.toUpperCase()
    }
    return key.key
  }
  // An input method hides the character ('Process') or makes it full-width; the key's place still tells it.
  if (place !== null) return place
  return [...key.key].length === 1 ? key.key : null
}

function placeOfUs({ code, shift }: Pick<KeyFacts, 'code' | 'shift'>): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = /^Numpad(\d)$/.exec(code)?.[1]
  return digit ?? placesOfUs[code]?.[shift ? 1 : 0] ?? null
}

/** The US layout, which scanners are set to unless somebody changed it. */
const placesOfUs: Readonly<Record<string, string>> = {
  Digit1: '1!',
  Digit2: '2@',
  Digit3: '3#',
  Digit4: '4$',
  Digit5: '5%',
  Digit6: '6^',
  Digit7: '7&',
  Digit8: '8*',
  Digit9: '9(',
  Digit0: '0)',
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Backquote: '`~',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
  NumpadSubtract: '--',
  NumpadAdd: '++',
  NumpadDecimal: '..',
  NumpadDivide: '//',
  NumpadMultiply: '**',
}
