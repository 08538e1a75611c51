import { setPriority } from 'node:os'
import koffi from 'koffi'

/**
 * A keyboard below everything that is tested: keys enter at the X server (XTEST), as a real one's do, at a pace that
 * is kept to fractions of a millisecond. A scanner sends each character as press and release, a capital with Shift.
 */
export interface Keyboard {
  /** Types characters of the US layout, `\r` as Enter, `msPerChar` from press to press. Blocks until the last key is up. */
  type(text: string, msPerChar: number): Pace
  /** Presses and releases keys named as X names them (`Return`, `Tab`, `F5`, `KP_1`), with others held (`Control_L`). */
  press(key: string, held?: readonly string[]): void
  /** Presses and releases several, one after the other, while the others stay held. */
  pressAll(keys: readonly string[], held: readonly string[]): void
  close(): void
}

/** Milliseconds between presses, as they really were. */
export interface Pace {
  readonly gaps: readonly number[]
}

const shifted: Readonly<Record<string, string>> = Object.fromEntries(
  [...'~!@#$%^&*()_+{}|:"<>?'].map((char, index) => [char, [..."`1234567890-=[]\\;',./"][index] ?? '']),
)

export function openKeyboard(displayName: string): Keyboard {
  const x11 = koffi.load('libX11.so.6')
  const xtst = koffi.load('libXtst.so.6')
  const open = x11.func('void *XOpenDisplay(const char *name)') as (name: string) => unknown
  const closeDisplay = x11.func('int XCloseDisplay(void *display)') as (display: unknown) => number
  const sync = x11.func('int XSync(void *display, int discard)') as (
    display: unknown,
    discard: number,
  ) => number
  const symbolOf = x11.func('unsigned long XStringToKeysym(const char *name)') as (name: string) => number
  const codeOf = x11.func('unsigned char XKeysymToKeycode(void *display, unsigned long symbol)') as (
    display: unknown,
    symbol: number,
  ) => number
  const fake = xtst.func(
    'int XTestFakeKeyEvent(void *display, unsigned int code, int down, unsigned long delay)',
  ) as (display: unknown, code: number, down: number, delay: number) => number

  const display = open(displayName)
  if (display === null) throw new Error(`no display ${displayName}`)
  const code = (name: string): number => {
    const found = codeOf(display, symbolOf(name))
    if (found === 0) throw new Error(`this keyboard has no key ${name}`)
    return found
  }
  /** Latin-1 characters are their own key symbols. */
  const codeOfChar = (char: string): number => {
    if (char === '\r') return code('Return')
    const found = codeOf(display, char.codePointAt(0) ?? 0)
    if (found === 0) throw new Error(`this keyboard has no key for ${JSON.stringify(char)}`)
    return found
  }
  try {
    setPriority(-15) // the pace is to be a scanner's, also where everything else is busy
  } catch {
    // Not ours to raise here; a pace that breaks is seen in the gaps.
  }
  const shift = code('Shift_L')
  const key = (number: number, down: boolean) => {
    fake(display, number, down ? 1 : 0, 0)
    sync(display, 0) // the server has it: keys that wait for a busy one would all get the same time
  }

  const pressAll = (names: readonly string[], held: readonly string[]) => {
    for (const one of held) key(code(one), true)
    for (const name of names) {
      key(code(name), true)
      restUntil(performance.now() + 1)
      key(code(name), false)
    }
    for (const one of held.toReversed()) key(code(one), false)
  }

  return {
    type(text, msPerChar) {
      const keys = [...text].map((char) => ({
        shift: char in shifted || /[A-Z]/.test(char),
        number: codeOfChar(shifted[char] ?? char.toLowerCase()),
      }))
      const presses: number[] = []
      let due = performance.now()
      for (const { shift: withShift, number } of keys) {
        restUntil(due)
        if (withShift) key(shift, true)
        key(number, true)
        const at = performance.now()
        presses.push(at)
        restUntil(at + msPerChar / 2)
        key(number, false)
        if (withShift) key(shift, false)
        // A scanner that was held up does not type the rest in a hurry.
        due = Math.max(due + msPerChar, at + 0.8 * msPerChar)
      }
      restUntil(due)
      return { gaps: presses.slice(1).map((at, index) => at - (presses[index] ?? at)) }
    },
    press: (name, held = []) => pressAll([name], held),
    pressAll,
    close() {
      sync(display, 0)
      closeDisplay(display)
    },
  }
}

const never = new Int32Array(new SharedArrayBuffer(4))

/** Sleeps for all but the last bit, so that the browser has the processor; a timer of the loop would be too coarse. */
function restUntil(at: number): void {
  for (;;) {
    const left = at - performance.now()
    if (left <= 0) return
    if (left > 0.3) Atomics.wait(never, 0, 0, left - 0.2)
  }
}
