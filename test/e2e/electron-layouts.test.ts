import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'
import { coreCalls, type CoreCalls } from './support/core-calls.ts'
import { eventually, launchApp, root, type LaunchedApp } from './support/electron.ts'

/** A label is drawn in a real window, by pointer and keys; what is saved is what was seen. */
const { layouts, word } = zhCN
const pictures = join(root, '.cache/screens')
const copy = layouts.copyOf.replace('{{name}}', layouts.ready['product-60x40'])
let launched: LaunchedApp
let call: CoreCalls

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  launched = await launchApp()
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1366, 900))
  call = await coreCalls(launched.dataDir)
  await call('app.demo', { job: crypto.randomUUID(), orders: 10 })
  await go('#/settings/labels')
})
afterAll(() => launched.close())

const go = (hash: string) => launched.page.evaluate((to) => void (globalThis.location.hash = to), hash)
const button = (name: string): Locator => launched.page.getByRole('button', { name, exact: true }).first()
/** A layout in the list at the left, whose button says more than its name. */
const inList = (name: string) => launched.page.getByRole('button', { name }).first()
async function saved() {
  const found = await call('layouts.get', { name: copy })
  if (found === null) throw new Error(`no layout ${copy}`)
  return found.layout
}
const lastItem = () => launched.page.locator('tbody tr').last()
/** The place of the last item as its row says it, mm. */
const place = async () => {
  const cells = await lastItem().locator('td').allInnerTexts()
  return [Number(cells[2]), Number(cells[3])] as const
}

it('copies a ready layout, adds to it, and drags and nudges what was added', async () => {
  const { page } = launched
  await inList(layouts.ready['product-60x40']).click()
  await button(layouts.duplicateReady).click()
  await inList(copy).waitFor()
  await button(layouts.add).click()
  await page.getByRole('menuitem', { name: layouts.kindOf.text }).click()
  const before = await place()
  expect((await saved()).items).toHaveLength((await page.locator('tbody tr').count()) - 1)

  const paperSheet = page.getByRole('group', { name: layouts.paper }).locator('> div')
  await paperSheet.scrollIntoViewIfNeeded()
  const sheet = await paperSheet.boundingBox()
  const { paper, items } = await saved()
  if (sheet === null) throw new Error('no sheet')
  const perMm = sheet.width / paper[0]
  const at = (x: number, y: number) => [sheet.x + x * perMm, sheet.y + y * perMm] as const
  await page.mouse.move(...at(before[0] + 1, before[1] + 1))
  await page.mouse.down()
  for (const step of [1, 2, 3, 4]) await page.mouse.move(...at(before[0] + 1 + step, before[1] + 1 + step))
  await page.mouse.up()
  const dragged = await place()
  await page.screenshot({ path: join(pictures, 'layout-editor.png') })
  expect(dragged).toEqual([before[0] + 4, before[1] + 4])

  await page.getByRole('group', { name: layouts.paper }).focus()
  await page.keyboard.press('ArrowRight')
  expect(await place()).toEqual([dragged[0] + 0.5, dragged[1]])
  await button(word.undo).click()
  await button(word.undo).click()
  expect(await place()).toEqual(before)
  await button(word.redo).click()
  expect(await place()).toEqual(dragged)
  expect((await saved()).items).toEqual(items)
})

it('keeps what is not saved while other layouts and pages are looked at, and saves what was seen', async () => {
  const { page } = launched
  const drawn = await place()
  await inList(layouts.ready['location-40x30']).click()
  await button(layouts.duplicateReady).waitFor()
  await eventually(
    () => inList(copy).innerText(),
    (text) => text.includes(layouts.unsaved),
  )
  await page.screenshot({ path: join(pictures, 'layout-unsaved.png') })
  await go('#/today')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await go('#/settings/labels')
  await inList(copy).click()
  await eventually(place, (now) => now.join() === drawn.join())
  await button(word.save).click()
  await eventually(
    () => inList(copy).innerText(),
    (text) => !text.includes(layouts.unsaved),
  )
  expect((await saved()).items.at(-1)?.at.slice(0, 2)).toEqual([...drawn])

  await page.getByRole('group', { name: layouts.paper }).focus()
  await lastItem().getByRole('button').click()
  await page.getByRole('group', { name: layouts.paper }).focus()
  await page.keyboard.press('ArrowDown')
  await button(layouts.discard).click()
  expect(await place()).toEqual([...drawn])
  expect(await inList(copy).innerText()).not.toContain(layouts.unsaved)
})
