import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSocket } from '#electron/rpc/local-socket.ts'
import { root } from './support/electron.ts'
import { focusables, focusOn, heardBy, settled } from './support/scan-watch.ts'
import { uniqueCodes } from './support/wedge-codes.ts'
import { createCount } from './support/wedge-count.ts'
import { openWedgeDesk, type WedgeDesk } from './support/wedge-desk.ts'
import { dialogs, screens, type Stop } from './support/wedge-stops.ts'

/**
 * `PACKBENCH_WEDGE_SCANS=1000 npx vitest run --config scripts/config/vitest.ts test/e2e/wedge-chinese.test.ts` scans on
 * everything that takes the focus, in some four minutes; what runs each time takes its turn through a part of it.
 */
const scans = Number(process.env.PACKBENCH_WEDGE_SCANS ?? 200)
const everything = scans >= 1000
/** Milliseconds a character, in turn: the slow ones take most of the time and are met less often. */
const paces = [1, 6, 1, 10, 6, 1, 19, 6, 1, 10]
/** Longer than this no scanner rests inside a code; the machine that plays one here sometimes does. */
const brokenPaceMs = 60

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
    `loses, splits and spills nothing in ${scans} scans, whatever has the focus`,
    { timeout: 20 * 60_000 },
    async () => {
      const { page, keyboard } = at
      const count = createCount()
      const codes = uniqueCodes(7)
      const forTheBench: string[] = []
      const elements = new Set<string>()
      let repeated = 0
      let present = 0

      const scanAt = async (stop: Stop, index: number) => {
        const focused = await focusOn(page, index)
        if (focused === null) return
        const { name, sight: before } = focused
        const ms = paces[count.sums.scans % paces.length] ?? 1
        const code = codes.next().value
        const pace = keyboard.type(code, ms)
        keyboard.press('Return')
        const heard = await heardBy(page, 1)
        const onBench = stop.hash.startsWith('#/bench')
        if (pace.gaps.some((gap) => gap > brokenPaceMs)) {
          // No scanner types so; what the page made of it says nothing.
          repeated += 1
          if (onBench) forTheBench.push(...heard.codes)
          await arrive(stop)
          return
        }
        elements.add(`${stop.hash} ${stop.draws ?? ''} ${index} ${name}`)
        if (onBench) forTheBench.push(code)
        if (!count.add({ where: `${stop.hash} [${name}]`, code, ms, pace, before, heard })) await arrive(stop)
      }
      const arrive = async (stop: Stop) => {
        await page.keyboard.press('Escape')
        if (page.url().endsWith(stop.hash)) await at.go('#/today')
        await at.go(stop.hash)
        await stop.open?.(page)
        await settled(page)
      }

      const started = performance.now()
      const stops = [...screens(at.wave, at.order), ...dialogs]
      for (const [nth, stop] of stops.entries()) {
        await arrive(stop)
        const due = Math.round((scans * (nth + 1)) / stops.length)
        // From nothing at all to the last element, and round again.
        const first = stop.menu === true ? 0 : -1
        const there = await focusables(page)
        present += there - first
        const round = everything ? there - first : 0
        for (let turn = 0; count.sums.scans < due || turn < round; turn += 1) {
          const index = first + (turn % Math.max(1, (await focusables(page)) - first))
          await scanAt(stop, index)
        }
      }
      const { sums, stories } = count
      console.log(
        [
          `U4.lost ${sums.lost}, U4.split ${sums.split}, typed into a field ${sums.typed}, B6.changes ${sums.changes}`,
          `${sums.scans} scans on ${elements.size} of ${present} elements of ${stops.length} screens and dialogs in ${Math.round((performance.now() - started) / 1000)} s; ${repeated} typed again because this machine stalled`,
          ...count.paces(),
          ...stories.slice(0, 20),
        ].join('\n'),
      )
      expect(sums).toEqual({ scans: sums.scans, lost: 0, split: 0, typed: 0, changes: 0 })
      expect(sums.scans).toBeGreaterThanOrEqual(scans)
      await expect.poll(() => at.kept()).toEqual(forTheBench)
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
      const last = (await focusables(page)) - 1
      for (let index = -1; index <= last; index += 1) {
        const focused = await focusOn(page, index)
        if (focused === null) continue
        const { name, sight: before } = focused
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
