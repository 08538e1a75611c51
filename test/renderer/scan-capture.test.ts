import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CaptureState,
  quiet,
  releaseAlt,
  silence,
  step,
  usualWedge,
  type Wedge,
} from '#renderer/platform/scan-capture.ts'
import { characterOf, type KeyFacts } from '#renderer/platform/scan-keys.ts'

const key = (text: string, at: number, more: Partial<KeyFacts> = {}): KeyFacts => ({
  up: false,
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
  locked: false,
  plain: false,
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

/** Feeds keys, each pressed and let go, and keeps what a text field would hold once it was put back. */
function run(keys: readonly KeyFacts[], before = '', wedge: Wedge = usualWedge): Run {
  let state = quiet
  let typed = before
  let marked = before
  const codes: string[] = []
  const feed = (one: KeyFacts) => {
    const done = step(state, one, wedge)
    if (one.field && !one.up && !done.swallow && one.key.length === 1) typed += one.key
    // What the field held before the key that is now let go.
    if (done.mark === true) marked = typed.slice(0, -1)
    if (done.emit !== undefined) {
      if (one.field) typed = marked
      codes.push(done.emit)
    }
    state = done.state
  }
  for (const one of keys) {
    feed(one)
    feed({ ...one, up: true, at: one.at + 0.4, repeat: false })
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

  it('keeps back what would press a button or close a dialog until it is known who typed it', () => {
    for (const pressing of ['Enter', 'Escape', ' ']) {
      expect(step(quiet, key(pressing, 0))).toMatchObject({ swallow: true, hold: true })
      expect(step(quiet, key(pressing, 0, { field: true }))).toMatchObject({ swallow: false })
    }
  })

  it.each(['Enter', 'Tab'])('takes a second %s for the rest of the suffix, but only at once', (suffix) => {
    for (const field of [false, true]) {
      const { state, at } = run(burst('6901234567892', 0, 5, { field }))
      expect(step(state, key(suffix, at + 8, { field }))).toMatchObject({ swallow: true })
      expect(step(state, key(suffix, at + 8, { field })).hold).toBeUndefined()
      const later = step(state, key(suffix, at + 300, { field }))
      expect(later.hold ?? !later.swallow).toBe(true)
    }
  })

  it.each([1, 10, 19, 30])('knows a scanner by its prefix at %i ms a character, and takes it off', (ms) => {
    for (const prefix of ['~', '#', 'A', 'PB*']) {
      const wedge: Wedge = { ...usualWedge, prefix }
      for (const code of ['A7', '6901234567892']) {
        const { codes, typed } = run(burst(prefix + code, 0, ms, { field: true }), 'kept', wedge)
        expect([codes, typed]).toEqual([[code], 'kept'])
        expect(run(burst(prefix + code, 0, ms, {}, 'Tab'), '', wedge).codes).toEqual([code])
      }
      expect(run(burst('6901234567892', 0, ms), '', wedge).codes).toEqual(['6901234567892'])
    }
  })

  it.each([60, 150, 250])(
    'leaves a person what they type at %i ms a key, the prefix in front or not',
    (ms) => {
      for (const prefix of ['', '#', 'A']) {
        const wedge: Wedge = { ...usualWedge, prefix }
        for (const text of ['#1001', 'Amazon shop', 'xA', '#', 'A7']) {
          const keys = [...text].map((char, index) => key(char, index * ms, { field: true }))
          const { state, at, ...left } = run(keys, '', wedge)
          expect(left).toEqual({ codes: [], typed: text })
          expect(step(state, key('Enter', at + ms, { field: true }), wedge).swallow).toBe(false)
          expect(silence(state, at + 1000, wedge)).toEqual({ state: quiet, swallow: false })
        }
      }
    },
  )

  it('takes a character as suffix, and silence where there is none', () => {
    const hash: Wedge = { ...usualWedge, suffix: '#' }
    expect(
      run(
        [...'PB-W-142#'].map((char, index) => key(char, index * 6)),
        '',
        hash,
      ).codes,
    ).toEqual(['PB-W-142'])
    const none: Wedge = { ...usualWedge, suffix: 'none' }
    const { state, at } = run(
      [...'PB-W-142'].map((char, index) => key(char, index * 6)),
      '',
      none,
    )
    expect(silence(state, at + 100, none).emit).toBeUndefined()
    expect(silence(state, at + 130, none).emit).toBe('PB-W-142')
  })

  it('reads places of a US keyboard where the scanner is set to one and the machine is not', () => {
    const places: Wedge = { ...usualWedge, places: 'us' }
    const typed = [
      ['q', 'KeyA', false],
      ['&', 'Digit1', false],
      ['ß', 'Minus', false],
      ['Y', 'KeyZ', true],
    ] as const
    for (const field of [false, true]) {
      const keys = typed.map(([text, code, shift], index) => key(text, index * 5, { code, shift, field }))
      expect(run([...keys, key('Enter', 30, { field })], '', places).codes).toEqual(['a1-Z'])
    }
  })

  describe('in a text field, where an input method keeps Enter to itself', () => {
    const ups = (code: string, from: number, more: Partial<KeyFacts> = {}) =>
      [...code].map((char, index) => key(char, from + index * 5, { field: true, up: true, ...more }))
    const feed = (keys: readonly KeyFacts[]) => {
      let state = quiet
      const codes: string[] = []
      for (const one of keys) {
        const done = step(state, one)
        state = done.state
        if (done.emit !== undefined) codes.push(done.emit)
      }
      return { codes, state }
    }
    const enter = key('Process', 30, { field: true, code: 'Enter' })

    it('tells one code from the next', () => {
      // Told that Enter went down, though late or early; then not told at all, with the pause that people make.
      for (const keys of [
        [...ups('ABCDEF', 0), enter, ...ups('GHIJKL', 40)],
        [...ups('ABCDE', 0), enter, ...ups('F', 25), ...ups('GHIJKL', 40)],
        [...ups('ABCDEF', 0), ...ups('GHIJKL', 240)],
      ]) {
        const { codes, state } = feed(keys)
        expect(codes).toEqual(['ABCDEF'])
        expect(state.text).toBe('GHIJKL')
      }
      // A machine that stalls in the middle of a code cuts none.
      const stalled = feed([...ups('ABCDEF', 0), ...ups('GHIJKL', 150)])
      expect([stalled.codes, stalled.state.text]).toEqual([[], 'ABCDEFGHIJKL'])
      const ended = feed([...ups('ABCD', 0), enter]).state
      expect(silence(ended, 80).emit).toBeUndefined()
      expect(silence(ended, 120).emit).toBe('ABCD')
    })

    it('parts two codes at the time of the Enter that is told late', () => {
      const { codes, state } = feed([...ups('ABCDEF', 0), ...ups('GHI', 40), enter, ...ups('JKL', 55)])
      expect(codes).toEqual(['ABCDEF'])
      expect(state.text).toBe('GHIJKL')
      const again = feed([
        ...ups('ABCDEF', 0),
        key('Enter', 32, { field: true, up: true }),
        ...ups('GHIJ', 40),
        enter,
        ...ups('KL', 60),
      ])
      expect(again.codes).toEqual(['ABCDEF'])
      expect(again.state.text).toBe('GHIJKL')
    })

    it('waits through a rest of the input method', () => {
      expect(silence(feed(ups('ABCDEF', 0)).state, 525).emit).toBeUndefined()
      expect(silence(feed(ups('ABCDEF', 0)).state, 640).emit).toBe('ABCDEF')
    })

    it('parts a code whose Enter was eaten from the next one, though that comes with no input method', () => {
      const locked = { locked: true }
      const keys = [...ups('ABCDEF', 0, locked), ...ups('GHIJKL', 300, { ...locked, plain: true })]
      const { codes, state } = feed(keys)
      expect([codes, state.text]).toEqual([['ABCDEF'], 'GHIJKL'])
    })

    it('keeps a code whole through a rest of the machine once the field is locked', () => {
      const rests = (more: Partial<KeyFacts>) =>
        feed([
          ...ups('ABC', 0, more),
          ...ups('DEF', 150, more),
          key('Enter', 180, { field: true, up: true, ...more }),
        ]).codes
      expect(rests({})).toEqual([])
      expect(rests({ locked: true, plain: true })).toEqual(['ABCDEF'])
      // With an input method between, this may be the end of a code; three characters alone are none.
      expect(feed([...ups('ABC', 0, { locked: true }), ...ups('D', 150, { locked: true })]).state.text).toBe(
        'ABCD',
      )
    })
  })

  it('reads keys that go up in a field, in whatever order an input method tells of the rest', () => {
    let state = quiet
    const feed = (one: KeyFacts) => {
      const done = step(state, one)
      state = done.state
      return done.emit
    }
    const field = { field: true }
    feed(key('Process', 30, { ...field, code: 'Enter' }))
    feed(key('Shift', 0, field))
    feed(key('Shift', 1, { ...field, up: true }))
    feed(key('s', 1, { ...field, up: true, code: 'KeyS' })) // let go of after Shift
    for (const [index, char] of [...'f12a'].entries()) {
      feed(
        key(char, 6 + index * 5, {
          ...field,
          up: true,
          code: /\d/.test(char) ? `Digit${char}` : `Key${char.toUpperCase()}`,
        }),
      )
    }
    feed(key('Process', 12, { ...field, code: 'Digit1' }))
    expect(feed(key('Enter', 30, { ...field, up: true }))).toBe('Sf12a')
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
        code: /\d/.test(char) ? `Digit${char}` : `Key${char}`,
        shift: /[A-Z]/.test(char),
      }),
    )
    expect(run([...keys, key('Process', 30, { code: 'Enter' })]).codes).toEqual(['SF123'])
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
    expect(withControl.codes).toEqual(['0109501101\u001D3103'])
    // A person copies and pastes in a field of a board.
    expect(step(quiet, key('v', 0, { ctrl: true, field: true, strict: false })).swallow).toBe(false)
  })

  it('reads characters that come as Alt and keypad digits, and keeps only what carries meaning', () => {
    const alt = (digits: string, state: CaptureState, at: number) => {
      let now = state
      for (const digit of digits) {
        const done = step(now, key(digit, at, { alt: true, code: `Numpad${digit}` }))
        expect(done.swallow).toBe(true)
        now = done.state
      }
      return releaseAlt(now, at)
    }
    const state = alt('007', alt('029', alt('065', alt('066', quiet, 0), 10), 20), 30)
    expect(state.text).toBe('BA\u001D')
  })

  it('keeps the AIM identifier in front, for the core to judge by', () => {
    for (const field of [false, true]) {
      expect(run(burst(']C10109501101530003', 0, 5, { field })).codes).toEqual([']C10109501101530003'])
    }
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
    expect(silence(short.state, short.at + 700)).toMatchObject({ giveBack: true })
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
