import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CaptureState,
  characterOf,
  type KeyFacts,
  quiet,
  releaseAlt,
  silence,
  step,
} from '#renderer/platform/scan-capture.ts'

const key = (text: string, at: number, more: Partial<KeyFacts> = {}): KeyFacts => ({
  key: text,
  code: '',
  at,
  shift: false,
  ctrl: false,
  alt: false,
  meta: false,
  caps: false,
  repeat: false,
  field: false,
  strict: true,
  ...more,
})

interface Run {
  readonly state: CaptureState
  readonly codes: string[]
  /** What would have been left in the text field. */
  readonly typed: string
  readonly at: number
}

/** Feeds keys and keeps what a text field would hold: marks, takes back and gives back as the document layer does. */
function run(keys: readonly KeyFacts[], before = ''): Run {
  let state = quiet
  let typed = before
  let marked = before
  let captured = false
  const codes: string[] = []
  for (const one of keys) {
    // Once the burst is recognised the field has lost the focus.
    const done = step(state, captured ? { ...one, field: false } : one)
    if (done.mark === true) marked = typed
    if (one.field && !done.swallow && one.key.length === 1) typed += one.key
    if (done.takeBack === true) {
      typed = marked
      captured = true
    }
    if (done.emit !== undefined) {
      codes.push(done.emit)
      captured = false
    }
    state = done.state
  }
  return { state, codes, typed, at: keys.at(-1)?.at ?? 0 }
}

/** A code as a scanner types it: `ms` for each character, then the suffix. */
const burst = (code: string, from: number, ms: number, more: Partial<KeyFacts> = {}, suffix = 'Enter') => [
  ...[...code].map((char, index) => key(char, from + index * ms, more)),
  key(suffix, from + code.length * ms, more),
]

describe('scan capture', () => {
  it.each([1, 2, 5, 10, 19])('reads a code at %i ms a character, wherever the focus is', (ms) => {
    expect(run(burst('6901234567892', 0, ms)).codes).toEqual(['6901234567892'])
    const inField = run(burst('SF1234567890123', 0, ms, { field: true }), 'half a wo')
    expect(inField.codes).toEqual(['SF1234567890123'])
    expect(inField.typed).toBe('half a wo')
  })

  it('takes Tab as a suffix of a burst but leaves it to a person', () => {
    expect(run(burst('PB-W-142', 0, 8, {}, 'Tab')).codes).toEqual(['PB-W-142'])
    expect(run([key('a', 0), key('Tab', 200)]).codes).toEqual([])
    expect(step(quiet, key('Tab', 0)).swallow).toBe(false)
  })

  it('leaves Enter and Space to the focused button while nothing was scanned', () => {
    expect(step(quiet, key('Enter', 0)).swallow).toBe(false)
    expect(step(quiet, key(' ', 0)).swallow).toBe(false)
  })

  it('lets a person type into a field', () => {
    const typed = run([...'hello world'].map((char, index) => key(char, index * 110, { field: true })))
    expect(typed.typed).toBe('hello world')
    expect(typed.codes).toEqual([])
    expect(step(typed.state, key('Enter', 2000, { field: true })).swallow).toBe(false)
  })

  it('reads the places of the keys while an input method hides the characters', () => {
    const keys = [...'SF123'].map((char, index) =>
      key('Process', index * 5, {
        field: true,
        code: /\d/.test(char) ? `Digit${char}` : `Key${char}`,
        shift: /[A-Z]/.test(char),
      }),
    )
    expect(run([...keys, key('Enter', 30, { field: true })]).codes).toEqual(['SF123'])
  })

  it('undoes Caps Lock and reads full-width characters as plain ones', () => {
    expect(characterOf({ key: 'sf'[0] ?? '', code: 'KeyS', shift: true, caps: true })).toBe('S')
    expect(characterOf({ key: '6', code: 'Digit6', shift: false, caps: false })).toBe('6')
    expect(characterOf({ key: 'A', code: 'KeyA', shift: true, caps: false })).toBe('A')
  })

  it('swallows every control combination on the bench, and inside a burst everywhere', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz[]\\') {
      expect(step(quiet, key(letter, 0, { ctrl: true })).swallow).toBe(true)
    }
    const withControl = run([
      ...[...'0109501101'].map((char, index) => key(char, index * 5)),
      key(']', 52, { ctrl: true }),
      ...[...'3103'].map((char, index) => key(char, 60 + index * 5)),
      key('Enter', 85),
    ])
    expect(withControl.codes).toEqual(['01095011013103'])
    // A person copies and pastes in a field of a board.
    expect(step(quiet, key('v', 0, { ctrl: true, field: true, strict: false })).swallow).toBe(false)
  })

  it('reads characters that come as Alt and keypad digits, and drops control characters among them', () => {
    const alt = (digits: string, state: CaptureState, at: number) => {
      let now = state
      for (const digit of digits) {
        const done = step(now, key(digit, at, { alt: true, code: `Numpad${digit}` }))
        expect(done.swallow).toBe(true)
        now = done.state
      }
      return releaseAlt(now, at)
    }
    const state = alt('029', alt('065', alt('066', quiet, 0), 10), 20)
    expect(state.text).toBe('BA')
  })

  it('ignores a key that is held down', () => {
    const held = Array.from({ length: 50 }, (_, index) => key('5', index * 30, { repeat: index > 0 }))
    expect(run([...held, key('Enter', 1600)]).codes).toEqual([])
  })

  it('takes a fast burst without a suffix once it is silent, and gives a person their text back', () => {
    const { state, at } = run([...'6901234567892'].map((char, index) => key(char, index * 6)))
    expect(silence(state, at + 100).emit).toBeUndefined()
    expect(silence(state, at + 700).emit).toBe('6901234567892')
    const short = run([...'asdf'].map((char, index) => key(char, index * 8, { field: true })))
    expect(silence(short.state, short.at + 700)).toMatchObject({ giveBack: 'asdf' })
  })

  it('keeps a code of 10,000 characters whole', () => {
    const long = 'A1'.repeat(5000)
    expect(run(burst(long, 0, 2)).codes).toEqual([long])
  })

  it('loses and splits nothing in 1,000 scans, with jitter and pauses of a busy machine', () => {
    const characters = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-')
    const code = fc.string({ unit: characters, minLength: 5, maxLength: 24 })
    const scan = fc.record({
      code,
      gaps: fc.array(fc.integer({ min: 1, max: 19 }), { minLength: 24, maxLength: 24 }),
    })
    fc.assert(
      fc.property(
        fc.array(scan, { minLength: 20, maxLength: 20 }),
        fc.boolean(),
        fc.integer({ min: 40, max: 3000 }),
        (scans, field, pause) => {
          let at = 0
          const keys: KeyFacts[] = []
          for (const one of scans) {
            for (const [index, char] of [...one.code].entries()) {
              keys.push(key(char, at, { field }))
              at += one.gaps[index] ?? 5
            }
            keys.push(key('Enter', at, { field }))
            at += pause
          }
          const done = run(keys, 'kept')
          expect(done.codes).toEqual(scans.map((one) => one.code))
          expect(done.typed).toBe('kept')
        },
      ),
      { numRuns: 50 },
    )
  })
})
