import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { en } from '#renderer/app/i18n/en.ts'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'
import { coreCalls, type CoreCalls } from './support/core-calls.ts'
import { eventually, launchApp, root, type LaunchedApp } from './support/electron.ts'

/**
 * Every place in the smallest window, and in a window of 1366x768 whose text is at 200 %: whatever can be read or
 * touched is there without scrolling sideways, and no word is cut. A list of rows may scroll in its own box.
 */
const pictures = join(root, '.cache/screens')
const places = [
  '#/today',
  '#/waves',
  '#/waves/1',
  '#/waves/plan',
  '#/orders',
  '#/imports',
  '#/shipments',
  ...Object.keys(en.settings.tab).map((tab) => `#/settings/${tab}`),
]
const heights = { 683: 384, 1024: 700 } as const
const ordinary = { width: 1366, height: 768 }
let launched: LaunchedApp
let call: CoreCalls
let order = ''

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  launched = await launchApp()
  call = await coreCalls(launched.dataDir)
  await call('app.demo', { job: crypto.randomUUID(), orders: 30 })
  await call('waves.plan', { job: crypto.randomUUID() })
  // Some more, which the planner has to plan.
  const skus = (await call('catalog.list', { offset: 0, limit: 20 })).rows.map(({ sku }) => sku)
  const file = join(launched.dataDir, 'new.csv')
  writeFileSync(
    file,
    ['order number,sku,quantity', ...skus.map((sku, at) => `NEW-${at},${sku},1`)].join('\n'),
  )
  await call('imports.run', {
    job: crypto.randomUUID(),
    kind: 'orders',
    shop: '一号店',
    files: [{ path: file }],
  })
  order = (await call('orders.list', { offset: 0, limit: 1 })).rows[0]?.id ?? ''
  const ready = await call('layouts.get', { name: 'courier-100x150' })
  if (ready === null) throw new Error('no ready layout')
  await call('layouts.save', { layout: { ...ready.layout, name: 'Own' } })
})
afterAll(() => launched.close())

const go = (hash: string) => launched.page.evaluate((to) => void (window.location.hash = to), hash)

/** What of the page is cut, and what makes it wider than its room. */
async function faultsAt(place: string, look: string, words: typeof zhCN | typeof en): Promise<string[]> {
  const { page } = launched
  await page.waitForTimeout(150)
  if (place === '#/waves/plan') await page.getByRole('table').first().waitFor()
  if (place === '#/settings/printers')
    await page.getByText(words.devices.found.looking).waitFor({ state: 'detached' })
  const faults = await page.evaluate(judge)
  await page.evaluate(grow)
  for (const fault of await page.evaluate(judge)) faults.push(`${fault}, when words are 40 % longer`)
  if (faults.length > 0)
    await page.screenshot({ path: join(pictures, `zoom-${look}${place.replaceAll(/[#/]+/g, '-')}.png`) })
  await page.evaluate(() => (globalThis as unknown as { shrink: () => void }).shrink())
  return faults.map((fault) => `${place}: ${fault}`)
}

it.each(
  ([683, 1024] as const).flatMap((width) =>
    ([zhCN, en] as const).map(
      (words) => ({ width, words, language: words === en ? 'en' : 'zh-CN' }) as const,
    ),
  ),
)('in $language, everything is whole at a width of $width', async ({ width, words, language }) => {
  const { page } = launched
  const look = `${language}-${width}`
  await call('settings.set', { language, theme: 'light' })
  await eventually(
    () => page.evaluate(() => document.documentElement.lang),
    (lang) => lang === language,
  )
  await page.setViewportSize({ width, height: heights[width] })
  const faults: string[] = []
  for (const place of [...places, `#/orders/${order}`]) {
    await go(place)
    faults.push(...(await faultsAt(place, look, words)))
  }
  await go('#/settings/labels')
  await page.getByRole('button', { name: /^Own/ }).click()
  await page.locator('tbody').getByRole('button').first().click()
  await page.getByRole('region', { name: words.layouts.chosen }).waitFor()
  const items = page.getByRole('region', { name: words.layouts.items, exact: true })
  for (const size of [{ width, height: heights[width] }, ordinary]) {
    await page.setViewportSize(size)
    faults.push(...(await faultsAt('#/settings/labels', `${language}-${size.width}-own`, words)))
    expect(await items.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  }
  expect(faults).toEqual([])
})

it.each([zhCN, en])('the bench keeps its words apart, with the panel and without it', async (words) => {
  const { page } = launched
  const language = words === en ? 'en' : 'zh-CN'
  await call('settings.set', { language, theme: 'light' })
  await page.setViewportSize({ width: 683, height: heights[683] })
  const { number } = (await call('orders.list', { offset: 0, limit: 1 })).rows[0] ?? { number: '' }
  const { waves } = await call('waves.list', {})
  const faults: string[] = []
  for (const panel of ['off', 'on', null]) {
    await go('#/today')
    await page.evaluate(
      (kept) =>
        kept === null
          ? localStorage.removeItem('packbench.panel')
          : localStorage.setItem('packbench.panel', kept),
      panel,
    )
    for (const code of [null, number, `PB-W-${waves[0]?.number ?? 0}`]) {
      await go('#/bench')
      await page.locator('main[data-scene]').waitFor()
      await page.waitForTimeout(200)
      const beside = page.getByRole('complementary', { name: words.scanner.title })
      expect(await beside.count()).toBe(panel === 'on' ? 1 : 0)
      if (code !== null) {
        await page.keyboard.type(code)
        await page.keyboard.press('Enter')
        await page.waitForTimeout(300)
      }
      const look = `${language}-683-bench-${panel ?? 'first'}-${code === null ? 'idle' : code === number ? 'order' : 'wave'}`
      await page.screenshot({ path: join(pictures, `zoom-${look}.png`) })
      for (const fault of await page.evaluate(barFaults)) faults.push(`${look}: ${fault}`)
    }
  }
  expect(faults).toEqual([])
})

it('every place begins at its top, however far down the one before was', async () => {
  const { page } = launched
  const down = (to?: number) =>
    page.evaluate((top) => {
      const main = document.querySelector('main')
      if (top !== undefined) main?.scrollTo(0, top)
      return main?.scrollTop
    }, to)
  await page.setViewportSize({ width: 683, height: heights[683] })
  await go('#/settings/general')
  await page.getByText(en.settings.lead.general).waitFor()
  expect(await down(300)).toBe(300)
  await go('#/settings/bench')
  await page.getByText(en.settings.lead.bench).waitFor()
  expect(await down()).toBe(0)
})

/** Runs in the page: what of the bench's bar lies on another part of it or outside, and what makes the page wider. */
function barFaults(): string[] {
  const parts = [
    ...document.querySelectorAll(
      'main > div:first-child > header > *, main > div:first-child > header button',
    ),
  ]
    .filter((node) => node.getClientRects().length > 0 && node.querySelector('button') === null)
    .map((node) => {
      const range = document.createRange()
      range.selectNodeContents(node)
      return { name: (node.textContent ?? '').trim(), box: range.getBoundingClientRect() }
    })
    .filter(({ box }) => box.width > 0)
  const room = document.querySelector('main > div:first-child > header')?.getBoundingClientRect().right ?? 0
  const faults = parts.filter(({ box }) => box.right > room + 1).map(({ name }) => `"${name}" is outside`)
  for (const [at, one] of parts.entries())
    for (const other of parts.slice(at + 1))
      if (one.box.right > other.box.left + 1 && other.box.right > one.box.left + 1)
        faults.push(`"${one.name}" lies on "${other.name}"`)
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} wide in ${clientWidth}`)
  return faults
}

/** Runs in the page: every word of ours becomes 40 % longer, as in a language of longer words, until `shrink`. */
function grow(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const before: [Text, string][] = []
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    const ours = text.parentElement?.closest('script, style, svg, [role=table], table') === null
    if (ours && text instanceof Text && /\p{L}/u.test(text.data)) before.push([text, text.data])
  }
  // A place where a line may end, and more of the same letters.
  for (const [text, data] of before)
    text.data = `${data}\u200b${data.trim().slice(0, Math.ceil(data.trim().length * 0.4))}`
  Object.assign(globalThis, { shrink: () => before.forEach(([text, data]) => (text.data = data)) })
}

/** Runs in the page. */
function judge(): string[] {
  const faults = new Set<string>()
  const longWord = 16 // a barcode or a key may take two lines
  const px = ({ left, right, top, bottom }: DOMRect) =>
    [left, right, top, bottom].map((side) => Math.round(side)).join(' ')
  const short = (text: string | null) => (text ?? '').trim().slice(0, 60)
  const nameOf = (node: Element) => `${node.tagName.toLowerCase()} "${short(node.textContent)}"`

  /** A list of many columns may be wider than its own box. */
  const scrolls = (node: Element) => node.closest('[role=table], [role=region]:has(> table)') !== null
  for (const node of document.querySelectorAll('html, main, main *')) {
    const over = node.scrollWidth - node.clientWidth
    const { overflowX } = getComputedStyle(node)
    if (over <= 1 || node.clientWidth === 0 || scrolls(node)) continue
    if (node.tagName === 'HTML' || overflowX === 'auto' || overflowX === 'scroll')
      faults.add(`${nameOf(node)} scrolls sideways: ${node.scrollWidth} in ${node.clientWidth}`)
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    const parent = text.parentElement
    if (parent === null || parent.closest('script, style, svg, .pb-visually-hidden') !== null) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const ink = range.getBoundingClientRect()
    if (ink.width === 0 || scrolls(parent)) continue
    for (let box: Element | null = parent; box !== null; box = box.parentElement) {
      const style = getComputedStyle(box)
      const room = box.getBoundingClientRect()
      const button = box.matches('button, .mantine-Button-root, nav, nav a')
      const across = button || style.overflowX !== 'visible'
      const upright = box.matches('button, a') || style.overflowY === 'hidden' || style.overflowY === 'clip'
      const cut =
        (across && (ink.left < room.left - 1 || ink.right > room.right + 1)) ||
        (upright && (ink.top < room.top - 1 || ink.bottom > room.bottom + 1))
      if (!cut) continue
      faults.add(`"${short(text.textContent)}" is cut: ${px(ink)} in ${px(room)}`)
      break
    }
    for (const { index, 0: word } of (text.textContent ?? '').matchAll(/[A-Za-z0-9]+/g)) {
      if (word.length > longWord) continue
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      const rows = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      if (rows.size > 1) faults.add(`"${word}" of "${short(text.textContent)}" is broken in its middle`)
    }
  }

  const pen = document.createElement('canvas').getContext('2d')
  for (const input of document.querySelectorAll<HTMLInputElement>('main input')) {
    // What somebody typed may be longer than its field; what we say in it may not.
    const said = input.value === '' ? input.placeholder : input.readOnly ? input.value : ''
    const style = getComputedStyle(input)
    if (pen === null || said === '' || input.clientWidth === 0) continue
    pen.font = style.font
    const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const wide = pen.measureText(said).width
    if (wide > room + 1)
      faults.add(`"${said}" needs ${Math.round(wide)} px in a field of ${Math.round(room)}`)
  }
  return [...faults]
}
