import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallName, Input, Output } from '#shared/contract/index.ts'
import type { Result } from '#shared/support/result.ts'
import { createApp } from '#electron/app/create-app.ts'
import { type ChineseDesk, openChineseDesk } from './support/chinese-desk.ts'
import { launchApp, type LaunchedApp } from './support/electron.ts'
import { type Keyboard, openKeyboard } from './support/key-injector.ts'
import { focusables, focusOn, heardBy, sightOf, watchPage } from './support/scan-watch.ts'
import { uniqueCodes } from './support/wedge-codes.ts'
import { stopsOf } from './support/wedge-stops.ts'

const scans = Number(process.env.PACKBENCH_WEDGE_SCANS ?? 1000)
/** Milliseconds a character, in turn: the slow ones take most of the time and are met less often. */
const paces = [1, 6, 1, 10, 6, 1, 19, 6, 1, 10]

let folder: string
let desk: ChineseDesk
let launched: LaunchedApp
let keyboard: Keyboard
let wave: string
let order: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packbench-wedge-'))
  const dataDir = join(folder, 'data')
  ;({ wave, order } = await fillDay(dataDir))
  desk = await openChineseDesk()
  launched = await launchApp({ dataDir, env: desk.env })
  keyboard = openKeyboard(desk.display)
  await watchPage(launched.page)
})
afterAll(async () => {
  keyboard.close()
  await launched.close()
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A made-up day with its waves released. */
async function fillDay(dataDir: string): Promise<{ wave: string; order: string }> {
  const app = await createApp({ dataDir })
  const session = app.connect('cli')
  const call = async <N extends CallName>(name: N, input: Input<N>) => {
    const result = (await session.dispatch(name, input)) as Result<Output<N>>
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value
  }
  await call('app.demo', { orders: 60, job: crypto.randomUUID() })
  await call('waves.plan', { job: crypto.randomUUID() })
  const { waves } = await call('waves.list', {})
  const { rows } = await call('orders.list', { offset: 0, limit: 1 })
  await app.close()
  return { wave: waves[0]?.id ?? '', order: rows[0]?.id ?? '' }
}

describe('a scanner that plays a keyboard, with pinyin on', () => {
  it('is tried where the input method really is on', async () => {
    const { page } = launched
    await page.evaluate(() => (location.hash = '#/orders'))
    const field = page.locator('main input[placeholder]:not([readonly])').first()
    await field.click()
    for (const letter of 'nihao') {
      keyboard.type(letter, 90)
      await page.waitForTimeout(40)
    }
    keyboard.press('space')
    await expect.poll(() => field.inputValue()).toBe('你好')
    expect(desk.isChinese()).toBe(true)
    await field.fill('')
  })

  it(
    `loses, splits and spills nothing in ${scans} scans with the focus on everything that takes it`,
    { timeout: 20 * 60_000 },
    async () => {
      const { page } = launched
      const codes = uniqueCodes(7)
      const wrong: string[] = []
      const count = { scans: 0, lost: 0, split: 0, typed: 0, changed: 0 }
      const gaps = new Map<number, number[]>()
      const scannedAtBench: string[] = []
      const met = new Map<string, number>()
      const stops = stopsOf(wave, order)
      const started = performance.now()
      for (const [nth, stop] of stops.entries()) {
        await page.evaluate((hash) => (location.hash = hash), stop.hash)
        await page.waitForTimeout(700)
        await stop.open?.(page)
        let names = await focusables(page)
        const due = Math.round((scans * (nth + 1)) / stops.length)
        for (let index = -1; count.scans < due; index += 1) {
          if (index >= names.length) index = -1
          if (stop.hash.startsWith('#/bench')) names = await focusables(page)
          if (!(await focusOn(page, index))) {
            if (index === -1) throw new Error('the page lost its elements')
            continue
          }
          const name = names[index] ?? 'nothing'
          met.set(`${stop.hash} ${name}`, 1)
          const ms = paces[count.scans % paces.length] ?? 1
          const code = codes.next().value
          const before = await sightOf(page)
          const pace = keyboard.type(code, ms)
          keyboard.press('Return')
          const { codes: heard, commands, sight } = await heardBy(page, 1)
          count.scans += 1
          gaps.set(ms, [...(gaps.get(ms) ?? []), ...pace.gaps])
          if (stop.hash.startsWith('#/bench')) scannedAtBench.push(code)
          const lost = !heard.includes(code)
          const split = heard.length > 1 || (heard.length === 1 && lost)
          const typed = sight.fields.join('\n') !== before.fields.join('\n')
          const changed =
            commands.length > 0 ||
            JSON.stringify({ ...sight, fields: [] }) !== JSON.stringify({ ...before, fields: [] })
          if (lost) count.lost += 1
          if (split) count.split += 1
          if (typed) count.typed += 1
          if (changed) count.changed += 1
          if (lost || split || typed || changed) {
            console.log(
              (await page.evaluate(() => (globalThis as unknown as { raw: string[] }).raw)).join('\n'),
            )
            wrong.push(
              `${stop.hash} [${name}] ${ms} ms ${JSON.stringify(code)}: heard ${JSON.stringify(heard)} ${commands.join()}` +
                (typed
                  ? ` fields ${before.fields.filter((f, i) => f !== sight.fields[i]).join()} -> ${sight.fields.filter((f, i) => f !== before.fields[i]).join()}`
                  : '') +
                (changed
                  ? ` ${before.place} ${before.dialogs} ${before.marks.join(' ')} -> ${sight.place} ${sight.dialogs} ${sight.marks.join(' ')}`
                  : ''),
            )
            if (before.place !== sight.place || before.dialogs !== sight.dialogs) {
              await page.evaluate((hash) => (location.hash = hash), stop.hash)
              await page.waitForTimeout(700)
              names = await focusables(page)
            }
          }
        }
        await page.keyboard.press('Escape')
        await page.waitForTimeout(300)
      }
      const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length
      for (const [ms, all] of [...gaps].toSorted(([a], [b]) => a - b)) {
        const sorted = all.toSorted((a, b) => a - b)
        console.log(
          `pace ${ms} ms: mean ${mean(all).toFixed(2)}, p50 ${(sorted[sorted.length >> 1] ?? 0).toFixed(2)}, p99 ${(sorted[Math.floor(sorted.length * 0.99)] ?? 0).toFixed(2)} (${all.length})`,
        )
      }
      console.log(
        `elements ${met.size}, stops ${stops.length}, ${Math.round((performance.now() - started) / 1000)} s`,
      )
      console.log(JSON.stringify(count))
      console.log(wrong.slice(0, 40).join('\n'))
      expect(count).toEqual({ scans, lost: 0, split: 0, typed: 0, changed: 0 })
      const db = new Sqlite(join(launched.dataDir, 'packbench.sqlite'), { readonly: true })
      const kept = db.prepare('SELECT code FROM scan ORDER BY seq').pluck().all()
      db.close()
      expect(kept).toEqual(scannedAtBench)
    },
  )
})
