import { characterOf, endKeyOf, groupSeparator, type KeyFacts, modifierKeys } from './scan-keys.ts'

/*
 * A scanner in keyboard mode types its code and a suffix. This file tells such a burst from a person's typing without
 * any text field, so that a scan means the same wherever the focus is. Pure: key facts in, what to do out;
 * `scan-listener.ts` is the thin layer over the document.
 *
 * Outside text fields characters are taken when their keys go down. In a text field an input method may swallow that
 * moment, or tell it late and in another order, but lets the keys go up as they are: there the burst is read from keys
 * that go up, and what came of it in the field meanwhile is put back.
 */
/** How the scanners of this machine that play a keyboard are set. */
export interface Wedge {
  /** Characters in front of each code, or nothing. They are taken off. */
  readonly prefix: string
  /** What ends a code: `key` is Enter or Tab, `none` is silence, else this one character. */
  readonly suffix: string
  /** Which characters the keys mean: as this machine's layout writes them, or by their place on a US keyboard. */
  readonly places: 'typed' | 'us'
}

export const usualWedge: Wedge = { prefix: '', suffix: 'key', places: 'typed' }

export interface CaptureState {
  readonly text: string
  readonly startedAt: number
  readonly lastAt: number
  /** When each of the last characters came. */
  readonly recent: readonly number[]
  /** In a text field: the burst was recognised, and nothing of it reaches the page any more. */
  readonly captured: boolean
  /** The last character came as itself, with no input method left that could eat the Enter behind it. */
  readonly plain: boolean
  /** Digits of an Alt + keypad sequence, in which some scanners send what their layout lacks. */
  readonly altDigits: string
  /** When Enter went down in a text field: an input method may keep all else of that key to itself. */
  readonly enterAt: number | null
  /** Shift went down since the last character: some scanners let go of it before the key. */
  readonly shifted: boolean
  /** When the last code ended: what follows at once is the rest of its suffix. */
  readonly endedAt: number
}

export const quiet: CaptureState = {
  text: '',
  startedAt: 0,
  lastAt: 0,
  recent: [],
  captured: false,
  plain: false,
  altDigits: '',
  enterAt: null,
  shifted: false,
  endedAt: Number.NEGATIVE_INFINITY,
}

export interface Step {
  readonly state: CaptureState
  /** The key reaches nobody else. */
  readonly swallow: boolean
  /** The key may press something or be the first of a code: it waits for `heldMs`. */
  readonly hold?: boolean
  /** A whole code. */
  readonly emit?: string
  /** A burst may be starting in this field: what it held before this key is to be kept. */
  readonly mark?: boolean
  /** It was a person after all: the page is to hear what the field holds. */
  readonly giveBack?: boolean
}

/** Longest pause inside one code while nothing editable has the focus. Nobody else types there, so it is generous. */
const pageGapMs = 600
/** Longest pause inside a burst in a text field; above it, a person is typing. */
const fieldGapMs = 80
/** Longest pause inside a burst that was recognised there, machines that stall included: nobody scans the next code so soon. */
const capturedGapMs = 150
/** Scanners send a character every 1–19 ms; nobody types four keys in a row this fast. */
const burstMeanMs = 35
const burstLength = 4
const shortestTyped = 2
/** A scanner without a suffix: only something this long and this fast counts as whole when it falls silent. */
const shortestUnended = 6
/** As long as the contract takes; a longer burst is noise but must still reach nobody. */
const longest = 20_000
/** So many keys an input method may tell in a wrong order. */
const remembered = 32
/** After this long without a key no scanner goes on; people do not press two keys within it. */
export const heldMs = 40
/** CR LF as a suffix, or Enter twice: the second comes this soon. */
const suffixMs = 60

/** How long the keys are silent before a code whose end was not heard counts as whole. */
export function silenceMs(state: CaptureState, wedge: Wedge): number {
  if (state.enterAt !== null) return 100
  // An input method that was given the Enter may tell nothing of it, and may rest inside a code as no scanner does.
  return wedge.suffix === 'none' && !state.captured ? 120 : pageGapMs
}

export function step(before: CaptureState, key: KeyFacts, wedge: Wedge = usualWedge): Step {
  const onField = key.field && !before.captured && !key.locked
  const late =
    before.text !== '' &&
    !(key.field && before.captured) &&
    key.at - before.lastAt > (onField ? fieldGapMs : pageGapMs)
  const state = late ? { ...quiet, endedAt: before.endedAt } : before
  const burst = isBurst(state, wedge)

  if (modifierKeys.has(key.key)) {
    const shifted = state.shifted || (key.key === 'Shift' && !key.up)
    return { state: { ...state, shifted }, swallow: key.key === 'Alt' && state.text !== '' && !onField }
  }
  if (key.up) return key.field ? released(state, key, wedge) : { state, swallow: false }

  const typesWithAltGr = key.ctrl && key.alt && key.key.length === 1
  if ((key.ctrl || key.alt || key.meta) && !typesWithAltGr) return combined(state, key, burst)

  const endKey = endKeyOf(key)
  if (endKey !== null && state.text === '' && key.at - state.endedAt <= suffixMs)
    return { state, swallow: true }
  if (key.field) return endKey === 'Enter' && burst ? enterDown(state, key, wedge) : { state, swallow: burst }
  if (endKey !== null && state.text !== '') return end(state, key, endKey, wedge)
  if (state.text === '' && pressing.has(key.key) && !key.repeat) return { state, swallow: true, hold: true }

  const char = characterOf(key, wedge.places === 'us')
  if (char === null)
    return burst ? { state, swallow: true } : { state: { ...quiet, endedAt: state.endedAt }, swallow: false }
  // A key that is held down is a person (or a book on the keyboard), never a scanner.
  if (key.repeat) return { state, swallow: state.text !== '' }
  if (char === ' ' && state.text === '') return { state, swallow: false }
  return take(state, key, char, wedge)
}

/** These press the focused button or close a dialog; no code starts with one, but scanners are set to do so. */
const pressing: ReadonlySet<string> = new Set(['Enter', 'Escape', ' '])

/** A control character of a code, or a shortcut of a person. */
function combined(state: CaptureState, key: KeyFacts, burst: boolean): Step {
  if (key.alt && /^Numpad\d$/.test(key.code)) {
    const altDigits = state.altDigits + key.code.slice(-1)
    return { state: { ...state, altDigits }, swallow: !key.field || burst }
  }
  const separates = key.ctrl && (key.code === 'BracketRight' || key.key === ']')
  const kept = separates && (burst || (key.strict && !key.field)) && state.text.length < longest
  return {
    state: kept ? appended(state, groupSeparator, key.at) : state,
    // Inside a code it must not print, close or reload anything.
    swallow: burst || (key.strict && !key.field),
  }
}

/**
 * In a text field: Enter went down. An input method may tell it so late that the first characters of the next code
 * went up before it; what the keys carry is the time at which they really were pressed.
 */
function enterDown(state: CaptureState, key: KeyFacts, wedge: Wedge): Step {
  // The Enter of the code before, which was heard when it went up.
  if (key.at < state.startedAt) return { state, swallow: true }
  const after = state.recent.filter((at) => at > key.at)
  const [first] = after
  if (first === undefined) return { state: { ...state, enterAt: key.at }, swallow: true }
  const last = whole({ ...state, text: state.text.slice(0, -after.length) }, key.at, wedge)
  const text = state.text.slice(-after.length)
  const next = { ...state, text, startedAt: first, recent: after, enterAt: null, endedAt: key.at }
  return { ...last, state: next, swallow: true }
}

/** In a text field: a key went up. */
function released(state: CaptureState, key: KeyFacts, wedge: Wedge): Step {
  const burst = isBurst(state, wedge)
  // The Shift of a combination is not the next character's.
  if ((key.ctrl || key.alt || key.meta) && !(key.ctrl && key.alt))
    return { state: { ...state, shifted: false }, swallow: burst }
  const endKey = endKeyOf(key)
  if (endKey !== null && burst) return end(state, key, endKey, wedge)
  // A scanner that let go of Shift first would look like one that never held it.
  const char = characterOf(
    state.shifted && !key.shift ? { ...key, key: 'Process', shift: true } : key,
    wedge.places === 'us',
  )
  if (char === null) return { state: burst ? state : { ...quiet, endedAt: state.endedAt }, swallow: burst }
  if (char === ' ' && state.text === '') return { state, swallow: false }
  // The Enter behind a character that an input method still had may have been eaten, whatever comes plainly since.
  const eaten = !(key.plain && state.plain) && key.at - state.lastAt > capturedGapMs
  const over = state.enterAt === null ? eaten : key.at > state.enterAt
  if (!state.captured || !over) return take(state, key, char, wedge)
  const last = whole(state, state.lastAt, wedge)
  return { ...last, ...take(last.state, key, char, wedge) }
}

function appended(state: CaptureState, char: string, at: number): CaptureState {
  return {
    ...state,
    text: state.text.length < longest ? state.text + char : state.text,
    startedAt: state.text === '' ? at : state.startedAt,
    lastAt: at,
    recent: [...state.recent.slice(1 - remembered), at],
    shifted: false,
  }
}

function take(state: CaptureState, key: KeyFacts, char: string, wedge: Wedge): Step {
  if (char === wedge.suffix && isBurst(state, wedge)) return { ...whole(state, key.at, wedge), swallow: true }
  const next = { ...appended(state, char, key.at), plain: key.plain }
  if (!key.field) return { state: next, swallow: true }
  const captured = isBurst(next, wedge) || key.plain
  return { state: { ...next, captured }, swallow: captured, ...(state.text === '' && { mark: true }) }
}

function end(state: CaptureState, key: KeyFacts, endKey: 'Enter' | 'Tab', wedge: Wedge): Step {
  // A person who moves on with Tab did not scan; Enter after typed characters is a code keyed in by hand.
  const isWhole = endKey === 'Enter' ? state.text.length >= shortestTyped : isBurst(state, wedge)
  return isWhole ? { ...whole(state, key.at, wedge), swallow: true } : { state: quiet, swallow: false }
}

function whole(state: CaptureState, at: number, { prefix }: Wedge) {
  const text = prefix !== '' && state.text.startsWith(prefix) ? state.text.slice(prefix.length) : state.text
  return { state: { ...quiet, endedAt: at }, ...(text !== '' && { emit: text }) }
}

/** Alt is released: what its keypad digits spelled, if it carries meaning, belongs to the code. */
export function releaseAlt(state: CaptureState, at: number): CaptureState {
  if (state.altDigits === '') return state
  const char = String.fromCodePoint(Number(state.altDigits) % 256)
  const kept = (char >= ' ' && char <= '~') || char === groupSeparator
  const next = { ...state, altDigits: '' }
  return kept ? appended(next, char, at) : { ...next, lastAt: at }
}

/** The keys have been silent for a while. */
export function silence(state: CaptureState, at: number, wedge: Wedge = usualWedge): Step {
  if (state.text === '' || at - state.lastAt < silenceMs(state, wedge)) return { state, swallow: false }
  if (isBurst(state, wedge) && (state.enterAt !== null || state.text.length >= shortestUnended)) {
    return { ...whole(state, state.lastAt, wedge), swallow: false }
  }
  return { state: quiet, swallow: false, ...(state.captured && { giveBack: true }) }
}

function isBurst(state: CaptureState, { prefix }: Wedge): boolean {
  const { text } = state
  if (state.captured) return true
  // A prefix says sooner that it is a scanner, but people type that character too: its pace is asked of both.
  const isPrefixed = prefix !== '' && text.startsWith(prefix)
  const enough = isPrefixed ? Math.min(burstLength, prefix.length + shortestTyped) : burstLength
  return text.length >= enough && (state.lastAt - state.startedAt) / (text.length - 1) <= burstMeanMs
}
