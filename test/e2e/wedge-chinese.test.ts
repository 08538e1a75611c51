import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSocket } from '#electron/rpc/local-socket.ts'
import { atMost } from '#scripts/bench/figure.ts'
import { layFigures } from '#scripts/bench/table.ts'
import { root } from './support/electron.ts'
import { leaveFigures } from './support/leave-figures.ts'
import { focusables, focusOn, heardBy, nothing } from './support/scan-watch.ts'
import { uniqueCodes } from './support/wedge-codes.ts'
import { createCount } from './support/wedge-count.ts'
import { openWedgeDesk, type WedgeDesk } from './support/wedge-desk.ts'
import { dialogs, screens } from './support/wedge-stops.ts'
import { createWalk } from './support/wedge-walk.ts'

/**
 * `PACKBENCH_WEDGE_SCANS=1000 npx vitest run --config scripts/config/vitest.ts test/e2e/wedge-chinese.test.ts` makes so
 * many scans at each pace, and meets everything that takes the focus at all of them, in some fifteen minutes; what runs
 * each time takes its turn through a part of it.
 */
const scans = Number(process.env.PACKBENCH_WEDGE_SCANS ?? 120)
const everything = scans >= 1000
/** Milliseconds a character. */
const paces = [1, 6, 10, 19]

let at: WedgeDesk

beforeAll(async () => {
  at = await openWedgeDesk()
})
afterAll(() => at.close())

/** As a person types: a letter each eighth of a second. */
async function typeSlowly(text: string) {
  for (const letter of text) {
    if (letter === ' ') at.keyboard.press('space')
    else at.keyboard.type(letter, 60)
    await at.page.waitForTimeout(65)
  }
}

const searchField = () => at.page.locator('main [role=search] input[placeholder]:not([readonly])').last()

describe('a scanner that plays a keyboard, with pinyin on', () => {
  it('is tried where the input method really is on, and leaves a person who types Chinese alone', async () => {
    await at.go('#/orders')
    const field = searchField()
    await field.click()
    await at.page.waitForTimeout(300)
    await typeSlowly('nihao ')
    await expect.poll(() => field.inputValue()).toBe('你好')
    expect(at.desk.isChinese()).toBe(true)
  })

  it('gives a field back what it held, with the caret where it was', async () => {
    await at.go('#/orders')
    const field = searchField()
    await field.fill('北京上海')
    await field.click()
    await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 2))
    await at.page.waitForTimeout(300)
    at.keyboard.type('SF1234567890123', 6)
    at.keyboard.press('Return')
    await at.page.waitForTimeout(600)
    expect((await heardBy(at.page, 1)).codes).toContain('SF1234567890123')
    await typeSlowly('nihao ')
    await expect.poll(() => field.inputValue()).toBe('北京你好上海')
  })

  it('leaves Enter, Space and Escape to a person', async () => {
    await at.go('#/settings/operators')
    const add = at.page.getByRole('button').filter({ hasText: /./ }).last()
    for (const key of ['Return', 'space']) {
      await add.focus()
      at.keyboard.press(key)
      await at.page.getByRole('dialog').waitFor()
      await at.page.waitForTimeout(300)
      at.keyboard.press('Escape')
      await at.page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
  })

  it('knows every dialog and menu that there is', () => {
    const folder = join(root, 'renderer/features')
    const drawing = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.tsx') &&
        /<(?:Dialog|Modal|Drawer|Menu)\b/.test(readFileSync(join(folder, file), 'utf8')),
    )
    expect(dialogs.map(({ draws }) => draws).toSorted()).toEqual(drawing.toSorted())
  })

  it(
    `loses, splits and spills nothing in ${scans} scans${everything ? ' at each pace' : ''}, whatever has the focus`,
    { timeout: 60 * 60_000 },
    async () => {
      const count = createCount()
      const walk = createWalk(at, { count, codes: uniqueCodes(7), paces })
      const stops = [...screens(at.wave, at.order), ...dialogs]
      const wanted = everything ? scans * paces.length : scans
      const started = performance.now()
      const unmet: string[] = []
      let present = 0
      let met = 0
      for (const [nth, stop] of stops.entries()) {
        const due =
          Math.round((wanted * (nth + 1)) / stops.length) - Math.round((wanted * nth) / stops.length)
        const walked = await walk.at(stop, everything ? paces.length : 0, due)
        present += walked.present
        met += walked.met
        if (everything)
          console.log(
            `${stop.hash} ${stop.draws ?? stop.scene ?? ''}: ${walked.met} of ${walked.present}, ${JSON.stringify(count.sums)}`,
          )
        unmet.push(...walked.unmet.map((name) => `${stop.hash} ${stop.draws ?? stop.scene ?? ''} ${name}`))
      }
      const { sums, stories } = count
      const seconds = Math.round((performance.now() - started) / 1000)
      const where = `${sums.scans} scans on ${met} of ${present} elements of ${stops.length} screens, scenes, dialogs and menus, pinyin on`
      const figures = [
        atMost('U4.lost', sums.lost, 'scans', 0, where),
        atMost('U4.split', sums.split, 'scans', 0, where),
        atMost('U4.typed', sums.typed, 'scans', 0, where),
        atMost('U4.unmet', present - met, 'elements', 0, `${present} that can be focused`),
        atMost('B6.changes', sums.changes, 'changes', 0, `${sums.scans} plain codes`),
        ...count.paces().map(({ ms, scans: made, p50, p95, max }) =>
          // How fast the keys really came, from key to key.
          atMost(
            `U4.pace${ms}`,
            p50,
            'ms',
            ms * 1.05,
            `${made} scans, ${p95.toFixed(2)} ms p95, ${max.toFixed(1)} ms at most`,
          ),
        ),
      ]
      leaveFigures(figures)
      console.log(
        [
          ...layFigures(figures),
          `${seconds} s; ${walk.repeated()} typed again because this machine stalled`,
          ...stories.slice(0, 20),
          ...unmet,
        ].join('\n'),
      )
      expect(sums).toEqual({ scans: sums.scans, lost: 0, split: 0, typed: 0, changes: 0 })
      expect(sums.scans).toBeGreaterThanOrEqual(wanted)
      expect(unmet).toEqual([])
      if (everything) {
        expect(met).toBe(present)
        for (const { ms, scans: made } of count.paces())
          expect(made, `${ms} ms`).toBeGreaterThanOrEqual(scans)
      }
      await expect.poll(() => at.kept()).toEqual(walk.forTheBench)
    },
  )

  it('is heard where people sign in, also in the field for the PIN', async () => {
    const core = await connectSocket(at.dataDir)
    await core?.call('operators.save', { name: '王芳', role: 'supervisor', pin: '135790' })
    core?.close()
    const { page, keyboard } = at
    const card = page.getByRole('button', { name: '王芳' })
    await card.waitFor()
    const codes = uniqueCodes(11)
    const heardAll = async () => {
      for (const name of [nothing, ...(await focusables(page))]) {
        const before = await focusOn(page, name)
        const code = codes.next().value
        keyboard.type(code, 6)
        keyboard.press('Return')
        const heard = await heardBy(page, 1)
        expect(heard, name).toEqual({ codes: [code], commands: [], sight: before })
      }
    }
    await heardAll()
    await card.click()
    await page.locator('input[type=password]').waitFor()
    await heardAll()
  })
})
