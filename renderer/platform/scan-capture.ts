import { gestureId } from './uuid.ts'

/**
 * A scanner in keyboard mode types its code and a suffix (Enter or Tab). This file tells such a burst from a
 * person's typing without any text field, so that a scan means the same wherever the focus is. `step` is pure: key
 * facts in, what to do out; `captureScans` is the thin layer over the document.
 */
export interface Scan {
  readonly code: string
  /** Milliseconds since 1970, when the last key of the burst was pressed. */
  readonly at: number
  /** Made here, where the scan happens: a repeat of the same gesture counts once. */
  readonly gesture: string
  /** What the scanner is there for, where the core drives it. */
  readonly role?: 'any' | 'item' | 'label'
  /** `]C0`, where the scanner gives it. */
  readonly aim?: string
}

export interface KeyFacts {
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
  /** No shortcut may fire: the bench is on the screen. */
  readonly strict: boolean
}

export interface CaptureState {
  readonly text: string
  readonly startedAt: number
  readonly lastAt: number
  /** The burst was recognised; its first characters were taken out of the field again. */
  readonly captured: boolean
  /** Digits of an Alt + keypad sequence, in which some scanners send what their layout lacks. */
  readonly altDigits: string
}

export const quiet: CaptureState = { text: '', startedAt: 0, lastAt: 0, captured: false, altDigits: '' }

export interface Step {
  readonly state: CaptureState
  /** The key reaches nobody else. */
  readonly swallow: boolean
  /** A whole code. */
  readonly emit?: string
  /** Remember what the field holds: a burst may be starting in it. */
  readonly mark?: boolean
  /** Put the field back as it was when the burst started. */
  readonly takeBack?: boolean
  /** It was a person after all: type this into the field. */
  readonly giveBack?: string
}

/** Longest pause inside one code while nothing editable has the focus. Nobody else types there, so it is generous. */
const pageGapMs = 600
/** Longest pause inside a burst in a text field; above it, a person is typing. */
const fieldGapMs = 80
/** Scanners send a character every 1–19 ms; nobody types four keys in a row this fast. */
const burstMeanMs = 35
const burstLength = 4
const shortestTyped = 2
/** A scanner without a suffix: only something this long and this fast counts as whole when it falls silent. */
const shortestUnended = 6
/** As long as the contract takes; a longer burst is noise but must still reach nobody. */
const longest = 20_000

export function step(before: CaptureState, key: KeyFacts): Step {
  const gap = key.at - before.lastAt
  const onField = key.field && !before.captured
  const state = before.text !== '' && gap > (onField ? fieldGapMs : pageGapMs) ? quiet : before
  const running = state.text !== ''

  if (modifierKeys.has(key.key)) return { state, swallow: key.key === 'Alt' && running && !onField }

  const typesWithAltGr = key.ctrl && key.alt && key.key.length === 1
  if ((key.ctrl || key.alt || key.meta) && !typesWithAltGr) {
    if (key.alt && /^Numpad\d$/.test(key.code) && !onField) {
      return { state: { ...state, altDigits: state.altDigits + key.code.slice(-1) }, swallow: true }
    }
    // A control character inside a code carries nothing for us, and must not print, close or reload anything.
    return { state, swallow: isBurst(state) || (key.strict && !key.field) }
  }

  if (key.key === 'Enter' || key.key === 'Tab') return end(state, key, onField)

  const char = characterOf(key)
  if (char === null) {
    if (isBurst(state)) return { state, swallow: true }
    return { state: quiet, swallow: false }
  }
  // A key that is held down is a person (or a book on the keyboard), never a scanner.
  if (key.repeat) return { state: onField ? quiet : state, swallow: !onField && running }
  // The space bar presses the focused button; no code starts with a space.
  if (char === ' ' && !running) return { state, swallow: false }
  return take(state, key, char, onField)
}

function take(state: CaptureState, key: KeyFacts, char: string, onField: boolean): Step {
  const started = state.text === ''
  const next: CaptureState = {
    ...state,
    text: state.text.length < longest ? state.text + char : state.text,
    startedAt: started ? key.at : state.startedAt,
    lastAt: key.at,
  }
  if (!onField) return { state: next, swallow: true }
  if (isBurst(next)) return { state: { ...next, captured: true }, swallow: true, takeBack: true }
  return started ? { state: next, swallow: false, mark: true } : { state: next, swallow: false }
}

function end(state: CaptureState, key: KeyFacts, onField: boolean): Step {
  const { text } = state
  if (text === '' || (onField && !isBurst(state))) return { state: quiet, swallow: false }
  // A person who moves on with Tab did not scan; Enter after typed characters is a code keyed in by hand.
  const whole = key.key === 'Enter' ? text.length >= shortestTyped : isBurst(state)
  if (!whole) return { state: quiet, swallow: false }
  return { state: quiet, swallow: true, emit: text }
}

/** Alt is released: what its keypad digits spelled, if it can be seen, belongs to the code. */
export function releaseAlt(state: CaptureState, at: number): CaptureState {
  if (state.altDigits === '') return state
  const value = Number(state.altDigits)
  const visible = value >= 0x20 && value < 0x7f
  return {
    ...state,
    altDigits: '',
    text: visible ? state.text + String.fromCodePoint(value) : state.text,
    startedAt: state.text === '' ? at : state.startedAt,
    lastAt: at,
  }
}

/** The keys have been silent for a while. */
export function silence(state: CaptureState, at: number): Step {
  if (state.text === '' || at - state.lastAt < pageGapMs) return { state, swallow: false }
  if (isBurst(state) && state.text.length >= shortestUnended) {
    return { state: quiet, swallow: false, emit: state.text }
  }
  return state.captured
    ? { state: quiet, swallow: false, giveBack: state.text }
    : { state: quiet, swallow: false }
}

function isBurst(state: CaptureState): boolean {
  const { length } = state.text
  if (state.captured) return true
  return length >= burstLength && (state.lastAt - state.startedAt) / (length - 1) <= burstMeanMs
}

const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn'])

/** The character that the scanner meant, also when an input method or Caps Lock stands between. */
export function characterOf(key: Pick<KeyFacts, 'key' | 'code' | 'shift' | 'caps'>): string | null {
  const letter = /^Key([A-Z])$/.exec(key.code)?.[1]
  if (key.key.length === 1 && key.key >= ' ' && key.key <= '~') {
    // Scanners type a capital with Shift and know nothing of a Caps Lock that is on.
    if (key.caps && /[A-Za-z]/.test(key.key)) {
      return key.key === key.key.toUpperCase() ? key.key.toLowerCase() : key.key.toUpperCase()
    }
    return key.key
  }
  // An input method hides the character ('Process') or makes it full-width; the key's place still tells it.
  if (letter !== undefined) return key.shift ? letter : letter.toLowerCase()
  const places = placesOfUs[key.code]
  if (places !== undefined) return places[key.shift ? 1 : 0] ?? null
  return key.key.length === 1 || [...key.key].length === 1 ? key.key : null
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
  Numpad0: '00',
  Numpad1: '11',
  Numpad2: '22',
  Numpad3: '33',
  Numpad4: '44',
  Numpad5: '55',
  Numpad6: '66',
  Numpad7: '77',
  Numpad8: '88',
  Numpad9: '99',
  NumpadSubtract: '--',
  NumpadAdd: '++',
  NumpadDecimal: '..',
  NumpadDivide: '//',
  NumpadMultiply: '**',
}

// --- the document ----------------------------------------------------------------------------------------------

type TextField = HTMLInputElement | HTMLTextAreaElement

const notText = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'color', 'range', 'image'])

function textFieldOf(target: EventTarget | null): TextField | null {
  if (target instanceof HTMLTextAreaElement) return target.readOnly ? null : target
  if (target instanceof HTMLInputElement) return target.readOnly || notText.has(target.type) ? null : target
  return null
}

interface Mark {
  readonly field: TextField
  readonly value: string
  readonly caret: number | null
}

export interface CaptureOptions {
  readonly onScan: (scan: Scan) => void
  readonly strict: () => boolean
}

/** Listens on the whole page before anybody else; returns how to stop. */
export function captureScans(page: Window, { onScan, strict }: CaptureOptions): () => void {
  let state = quiet
  let mark: Mark | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const act = (done: Step, at: number) => {
    state = done.state
    if (done.takeBack === true && mark !== null) {
      // Leaving the field ends an input method's composition, so that the rest of the burst arrives untouched.
      mark.field.blur()
      write(mark.field, mark.value)
    }
    if (done.giveBack !== undefined && mark !== null) {
      const { field, value, caret } = mark
      const place = caret ?? value.length
      write(field, value.slice(0, place) + done.giveBack + value.slice(place))
      field.focus()
      mark = null
    }
    if (done.emit !== undefined) {
      if (mark !== null) {
        // An input method may have committed something late: put the field back once more, and the person into it.
        const { field, value } = mark
        write(field, value)
        if (field.isConnected) field.focus()
        mark = null
      }
      onScan({ code: done.emit, at: Math.round(performance.timeOrigin + at), gesture: gestureId() })
    }
  }

  const watchSilence = () => {
    clearTimeout(timer)
    if (state.text === '') return
    const due = performance.now() + pageGapMs + 20
    timer = setTimeout(() => {
      // A timer that comes late says that the page stalled: keys may be waiting in the queue behind it.
      if (performance.now() - due > 50) watchSilence()
      else act(silence(state, performance.now()), state.lastAt)
    }, pageGapMs + 20)
  }

  const down = (event: KeyboardEvent) => {
    const field = textFieldOf(event.target)
    const done = step(state, {
      key: event.key,
      code: event.code,
      at: event.timeStamp,
      shift: event.shiftKey,
      ctrl: event.ctrlKey,
      alt: event.altKey,
      meta: event.metaKey,
      caps: event.getModifierState('CapsLock'),
      repeat: event.repeat,
      field: field !== null,
      strict: strict(),
    })
    if (done.mark === true && field !== null) {
      mark = { field, value: field.value, caret: field.selectionStart }
    }
    if (done.swallow) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    act(done, event.timeStamp)
    watchSilence()
  }
  const up = (event: KeyboardEvent) => {
    if (event.key === 'Alt') state = releaseAlt(state, event.timeStamp)
  }
  page.addEventListener('keydown', down, { capture: true })
  page.addEventListener('keyup', up, { capture: true })
  return () => {
    clearTimeout(timer)
    page.removeEventListener('keydown', down, { capture: true })
    page.removeEventListener('keyup', up, { capture: true })
  }
}

/** Sets a field's value so that React sees it: through the element's own setter, then as an input event. */
function write(field: TextField, value: string): void {
  if (field.value === value) return
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
