import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { focusOn, heardBy, type Sight } from './support/scan-watch.ts'
import { uniqueCodes } from './support/wedge-codes.ts'
import { openWedgeDesk, type WedgeDesk } from './support/wedge-desk.ts'
import { dialogs } from './support/wedge-stops.ts'

/** Each control code at every place, instead of each at two of them. */
const everything = process.env.PACKBENCH_WEDGE_ALL === '1'
const brokenPaceMs = 60

let at: WedgeDesk
/** What a shortcut of a browser or a window would have done. */
let fired: () => Promise<readonly string[]>

beforeAll(async () => {
  at = await openWedgeDesk()
  await at.app.evaluate(({ app, BrowserWindow, webContents }) => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    app.on('browser-window-created', () => seen.push('a window'))
    for (const contents of webContents.getAllWebContents()) {
      contents.on('devtools-opened', () => seen.push('devtools'))
      contents.on('did-start-navigation', ({ isSameDocument, url }) =>
        seen.push(isSameDocument ? url : 'reload'),
      )
      contents.on('zoom-changed', () => seen.push('zoom'))
      contents.on('found-in-page', () => seen.push('find'))
    }
    for (const window of BrowserWindow.getAllWindows())
      for (const event of ['close', 'minimize', 'enter-full-screen'] as const)
        window.on(event as 'minimize', () => seen.push(event))
    app.on('session-created', () => seen.push('session'))
  })
  await at.page.evaluate(() => {
    const printed = { count: 0 }
    Object.assign(globalThis, { printed })
    addEventListener('beforeprint', () => (printed.count += 1))
  })
  fired = async () => {
    const seen = await at.app.evaluate(({ webContents }) => {
      const factors = webContents.getAllWebContents().map((contents) => contents.getZoomFactor())
      const { seen } = globalThis as unknown as { seen: string[] }
      return [
        ...seen.splice(0),
        ...factors.filter((factor) => factor !== 1).map((factor) => `zoom ${factor}`),
      ]
    })
    const printed = await at.page.evaluate(
      () => (globalThis as unknown as { printed: { count: number } }).printed.count,
    )
    return printed === 0 ? seen : [...seen, 'print']
  }
})
afterAll(() => at.close())

/** The 32 control codes and DEL as the key with Ctrl that stands for each on a US keyboard. */
const withControl: readonly (readonly [code: number, key: string, shift: boolean])[] = [
  [0, '2', true],
  ...Array.from({ length: 26 }, (_, index) => [index + 1, String.fromCodePoint(97 + index), false] as const),
  [27, 'bracketleft', false],
  [28, 'backslash', false],
  [29, 'bracketright', false],
  [30, '6', true],
  [31, 'minus', true],
  [127, 'BackSpace', false],
]
/** Those that have a key of their own. */
const ownKeys: Readonly<Record<number, string>> = {
  8: 'BackSpace',
  9: 'Tab',
  13: 'Return',
  27: 'Escape',
  127: 'Delete',
}

type Way = 'control' | 'keypad' | 'own'

function typeControl(way: Way, [code, key, shift]: (typeof withControl)[number]) {
  const { keyboard } = at
  if (way === 'control') keyboard.press(key, shift ? ['Control_L', 'Shift_L'] : ['Control_L'])
  else if (way === 'own') keyboard.press(ownKeys[code] ?? '')
  else {
    const digits = [...String(code).padStart(3, '0')].map((digit) => `KP_${digit}`)
    keyboard.pressAll(digits, ['Alt_L'])
  }
}

interface Place {
  readonly name: string
  readonly hash: string
  readonly open?: (page: WedgeDesk['page']) => Promise<void>
  /** Of what can be focused: -1 is nothing. */
  readonly focus: (page: WedgeDesk['page']) => Promise<number>
}

const nothing = () => Promise.resolve(-1)
const nth = (selector: string) => (page: WedgeDesk['page']) =>
  page.evaluate((wanted) => {
    const { watch } = globalThis as unknown as { watch: { find(): unknown; list: HTMLElement[] } }
    watch.find()
    return watch.list.findIndex((element) => element.matches(wanted))
  }, selector)

const operators = dialogs.find(({ draws }) => draws === 'operators/OperatorSettings.tsx')
const places: readonly Place[] = [
  { name: 'the bench', hash: '#/bench', focus: nothing },
  { name: 'a button of the bench', hash: '#/bench', focus: nth('main button') },
  { name: 'the field of the bench', hash: '#/bench', focus: nth('aside input') },
  { name: 'orders', hash: '#/orders', focus: nothing },
  {
    name: 'the search field',
    hash: '#/orders',
    focus: nth('[role=search] input[placeholder]:not([readonly])'),
  },
  { name: 'a link', hash: '#/orders', focus: nth('nav a:last-of-type') },
  {
    name: 'a dialog',
    hash: '#/settings/operators',
    ...(operators?.open && { open: operators.open }),
    focus: nothing,
  },
  {
    name: 'a field of a dialog',
    hash: '#/settings/operators',
    ...(operators?.open && { open: operators.open }),
    focus: nth('[role=dialog] input'),
  },
]

describe('what a scanner types besides its code', () => {
  it(
    'makes no control code fire anything or change what a plain code would not',
    { timeout: 300_000 },
    async () => {
      const { page, keyboard } = at
      const changes: string[] = []
      let scans = 0
      const look = (name: string, before: Sight, after: Sight) => {
        if (JSON.stringify(before) !== JSON.stringify(after))
          changes.push(`${name}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`)
      }
      for (const [turn, place] of places.entries()) {
        await at.go('#/today')
        await at.go(place.hash)
        await place.open?.(page)
        await fired()
        let serial = 0
        for (const way of ['control', 'keypad', 'own'] as const) {
          for (const [index, control] of withControl.entries()) {
            if (way === 'own' && ownKeys[control[0]] === undefined) continue
            if (way !== 'own' && !everything && (index + turn) % 4 !== 0) continue
            // In front, inside and behind, each in turn at each place.
            const position = (index + turn) % 3
            // Enter and Tab inside a code end it, as on every keyboard: these are two codes and no noise.
            if (way === 'own' && position === 1 && (control[0] === 13 || control[0] === 9)) continue
            const name = `${way} ${control[0]} ${['in front', 'inside', 'behind'][position]} at ${place.name}`
            const focused = await focusOn(page, await place.focus(page))
            if (focused === null) throw new Error(`${place.name} takes no focus`)
            const head = `Zz${turn}${way[0]}`
            const tail = `${String((serial += 1)).padStart(3, '0')}Yy`
            if (position === 0) typeControl(way, control)
            const first = keyboard.type(head, 4)
            if (position === 1) typeControl(way, control)
            const second = keyboard.type(tail, 4)
            if (position === 2) typeControl(way, control)
            keyboard.press('Return')
            const { codes, commands, sight } = await heardBy(page, 1)
            // No scanner rests inside a code; where this machine did, what came of it says nothing.
            if ([...first.gaps, ...second.gaps].some((gap) => gap > brokenPaceMs)) {
              await page.waitForTimeout(1000)
              continue
            }
            scans += 1
            look(name, focused.sight, sight)
            if (commands.length > 0) changes.push(`${name}: ${commands.join()}`)
            const shortcuts = await fired()
            if (shortcuts.length > 0) changes.push(`${name}: ${shortcuts.join()}`)
            const plain = codes.map((code) => code.replaceAll('\u001D', ''))
            if (plain.join('|') !== head + tail)
              changes.push(`${name}: heard ${JSON.stringify(codes)} for ${head}${tail}`)
          }
        }
      }
      console.log(
        [`B6.changes ${changes.length} in ${scans} scans with control codes`, ...changes.slice(0, 30)].join(
          '\n',
        ),
      )
      expect(changes).toEqual([])
    },
  )

  it('keeps the separator of a GS1 code, however it is typed', async () => {
    const { page, keyboard } = at
    await at.go('#/bench')
    for (const place of [places[0], places[2]]) {
      for (const way of ['control', 'keypad'] as const) {
        await focusOn(page, (await place?.focus(page)) ?? -1)
        keyboard.type('010950110153000310AB12', 4)
        typeControl(way, [29, 'bracketright', false])
        keyboard.type('17261231', 4)
        keyboard.press('Return')
        expect((await heardBy(page, 1)).codes).toEqual(['010950110153000310AB12\u001D17261231'])
      }
    }
  })

  it('takes a code of 10,000 characters whole', { timeout: 180_000 }, async () => {
    const { page, keyboard } = at
    await at.go('#/bench')
    await fired()
    // An input method takes a second and more for each key once it holds some thousand of them.
    for (const [place, length] of [
      [places[0], 10_000],
      [places[2], 500],
    ] as const) {
      const focused = await focusOn(page, (await place?.focus(page)) ?? -1)
      const code = 'aB3-x'.repeat(length / 5)
      keyboard.type(code, 1)
      keyboard.press('Return')
      const { codes, sight } = await heardBy(page, 1, 30_000)
      expect(codes).toEqual([code])
      expect(sight).toEqual(focused?.sight)
    }
    expect(await fired()).toEqual([])
  })

  it.each([1, 6])('takes 50 codes one after the other at %i ms a character, in order', async (ms) => {
    const { page, keyboard } = at
    await at.go('#/bench')
    await fired()
    for (const [nth, place] of places.slice(0, 3).entries()) {
      const before = at.kept().length
      const focused = await focusOn(page, await place.focus(page))
      const source = uniqueCodes(ms * 100 + nth)
      const codes = Array.from({ length: 50 }, () => source.next().value)
      // An input method at work in a field takes its time; a scanner's own is longer.
      const pause = place.name.startsWith('the field') ? 100 : 0
      for (const code of codes) {
        keyboard.type(`${code}\r`, ms)
        await page.waitForTimeout(pause)
      }
      const heard = await heardBy(page, 50, 10_000)
      expect(heard.codes, place.name).toEqual(codes)
      expect(heard.sight.fields).toEqual(focused?.sight.fields)
      await expect.poll(() => at.kept().slice(before)).toEqual(codes)
    }
    expect(await fired()).toEqual([])
  })
})
