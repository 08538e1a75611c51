import { createFieldLock } from './field-lock.ts'
import { pressAgain } from './press-again.ts'
import { heldMs, quiet, releaseAlt, silence, silenceMs, type Step, step, type Wedge } from './scan-capture.ts'
import type { KeyFacts } from './scan-keys.ts'
import { type FieldMark, markOf, restore, type TextField } from './text-field.ts'

export interface ListenerOptions {
  /** A whole code, and when its last key was pressed, in milliseconds since 1970. */
  readonly onCode: (code: string, at: number) => void
  readonly strict: () => boolean
  readonly wedge: () => Wedge
}

/** What the field held before a key counts for the key only this long. */
const markMs = 300
/** An input method may commit what it held some time after the code; the field is put back once more thereafter. */
const settleMs = 250

/** Listens on the whole page before anybody else; returns how to stop. */
export function listenForScans(page: Window, { onCode, strict, wedge }: ListenerOptions): () => void {
  let state = quiet
  /** The field before the key that is being typed, and before the first key of the burst. */
  let before: (FieldMark & { readonly taken: number }) | null = null
  let mark: FieldMark | null = null
  /** A field in which a code has just ended. */
  let leaving: FieldMark | null = null
  const lock = createFieldLock()
  let held: KeyboardEvent | null = null
  let ours = false
  const timers = { silence: 0, settle: 0, held: 0 }

  const remember = (field: TextField): FieldMark => {
    if (before === null || before.field !== field || performance.now() - before.taken > markMs) {
      before = { ...markOf(field), taken: performance.now() }
    }
    return before
  }

  const act = (done: Step, at: number) => {
    state = done.state
    if (done.giveBack === true) mark?.field.dispatchEvent(new Event('input', { bubbles: true }))
    if (done.emit !== undefined) {
      if (mark !== null) leave(mark)
      onCode(done.emit, Math.round(performance.timeOrigin + at))
    }
    if (state.captured && mark !== null) lock.close(mark.field)
    if (state.text === '') mark = null
    if (state.text === '' && leaving === null) lock.open()
  }

  /** What is written into a field ends an input method's composition there. */
  const leave = (one: FieldMark) => {
    leaving = one
    restore(one)
    settle()
  }
  const settle = () => {
    clearTimeout(timers.settle)
    timers.settle = page.setTimeout(() => {
      if (leaving === null) return
      if (state.text !== '') return settle()
      const one = leaving
      leaving = null
      lock.open()
      if (one.field.isConnected && one.field.value !== one.value) restore(one)
    }, settleMs)
  }

  const watchSilence = () => {
    clearTimeout(timers.silence)
    if (state.text === '') return
    const wait = silenceMs(state, wedge()) + 20
    const due = performance.now() + wait
    timers.silence = page.setTimeout(() => {
      // A timer that comes late says that the page stalled: keys may be waiting in the queue behind it.
      if (performance.now() - due > 50) watchSilence()
      else act(silence(state, performance.now(), wedge()), state.lastAt)
    }, wait)
  }

  const letGo = () => {
    clearTimeout(timers.held)
    const event = held
    held = null
    if (event === null) return
    ours = true
    pressAgain(event)
    ours = false
  }
  const hold = (event: KeyboardEvent) => {
    held = event
    const due = performance.now() + heldMs
    timers.held = page.setTimeout(() => {
      if (performance.now() - due > 20) timers.held = page.setTimeout(letGo, heldMs)
      else letGo()
    }, heldMs)
  }
  /** A key so soon after the one that waits says that a scanner typed both. */
  const judgeHeld = (event: KeyboardEvent) => {
    if (held === null) return
    if (event.timeStamp - held.timeStamp > heldMs) return letGo()
    clearTimeout(timers.held)
    held = null
  }

  const hear = (event: KeyboardEvent) => {
    if (ours) return
    const up = event.type === 'keyup'
    const field = lock.fieldOf(event.target)
    const here = field === null ? null : remember(field)
    if (!up) judgeHeld(event)
    const locked = lock.isClosed(field)
    const facts = {
      ...factsOf(event, strict()),
      field: field !== null,
      locked,
      plain: locked && lock.isPlain(event),
    }
    const done = step(state, facts, wedge())
    if (up && field !== null && !modifier(event)) before = null
    if (done.swallow || locked) hide(event)
    if (done.hold === true) hold(event)
    act(done, event.timeStamp)
    // A code that follows at once finds the field as the one before it did.
    if (done.mark === true || (mark === null && field !== null && state.text !== ''))
      mark = leaving?.field === field ? leaving : here
    if (up && event.key === 'Alt') state = releaseAlt(state, event.timeStamp)
    watchSilence()
  }
  /** What an input method makes of a burst is no business of the page. */
  const hearText = (event: Event) => {
    const field = lock.fieldOf(event.target)
    if (ours || field === null || !event.isTrusted) return
    if (event.type === 'beforeinput' || event.type === 'compositionstart') remember(field)
    if (state.captured || leaving?.field === field) hide(event)
  }
  const all = [
    [hear, ['keydown', 'keyup']],
    [hearText, ['beforeinput', 'input', 'compositionstart', 'compositionupdate', 'compositionend']],
  ] as const
  for (const [listener, types] of all)
    for (const type of types) page.addEventListener(type, listener as EventListener, { capture: true })
  return () => {
    lock.open()
    for (const timer of Object.values(timers)) clearTimeout(timer)
    for (const [listener, types] of all)
      for (const type of types) page.removeEventListener(type, listener as EventListener, { capture: true })
  }
}

function hide(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

const modifier = ({ key }: KeyboardEvent): boolean => key === 'Shift' || key === 'Control' || key === 'Alt'

const factsOf = (event: KeyboardEvent, strict: boolean): Omit<KeyFacts, 'field' | 'locked' | 'plain'> => ({
  up: event.type === 'keyup',
  key: event.key,
  code: event.code,
  at: event.timeStamp,
  shift: event.shiftKey,
  ctrl: event.ctrlKey,
  alt: event.altKey,
  meta: event.metaKey,
  caps: event.getModifierState('CapsLock'),
  repeat: event.repeat,
  strict,
})
