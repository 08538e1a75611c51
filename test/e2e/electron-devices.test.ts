import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSimulatedPrinter, type SimulatedPrinter } from '#scripts/simulate/printer.ts'
import { createCable, type Cable } from '#test/devices/pty-pair.ts'
import { toledoLine } from '#test/support/toledo-line.ts'
import { coreCalls, type CoreCalls } from './support/core-calls.ts'
import { eventually, launchApp, root, type LaunchedApp } from './support/electron.ts'

/**
 * Devices of the bench, in a real window: a scanner on a serial port that is driven by the core, and a printer that
 * answers, runs out of paper and breaks off in the middle. Nothing is lost, nothing comes out twice, the screen says so.
 */
const pictures = join(root, '.cache/screens')
let launched: LaunchedApp
let printer: SimulatedPrinter
let cable: Cable
let call: CoreCalls
let orders: { code: string; items: string[] }[] = []

const bench = () => call('packing.bench', { bench: '打包台 1' })
const screen = () => launched.page.innerText('main')
const picture = (name: string) => launched.page.screenshot({ path: join(pictures, `${name}.png`) })
const states = async () =>
  (await call('labels.list', { offset: 0, limit: 50 })).rows.map(({ state }) => state)

/** Read by the scanner on the serial port. */
async function scan(code: string): Promise<string> {
  const before = (await bench()).last?.gesture
  cable.say(`${code}\r`)
  const { last } = await eventually(bench, (state) => state.last?.gesture !== before)
  return last?.verdict ?? ''
}

/** Packs the next order of the wave; the label is asked for after its last item. */
async function packNext(): Promise<void> {
  const order = orders.shift()
  if (order === undefined) throw new Error('no order is left')
  expect(await scan(order.code)).toBe('opened')
  for (const item of order.items) expect(['right', 'complete']).toContain(await scan(item))
}

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  printer = await startSimulatedPrinter({ language: 'zpl', labelMs: 150 })
  cable = await createCable()
  launched = await launchApp()
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1366, 800))
  call = await coreCalls(launched.dataDir)
  await call('app.demo', { job: crypto.randomUUID(), orders: 60 })
  await call('devices.savePrinter', {
    id: (await call('devices.printers', {})).printers[0]?.id,
    name: 'Zebra',
    transport: 'tcp',
    address: printer.address,
    language: 'zpl',
    widthMm: 100,
    heightMm: 150,
    dpi: 203,
  })
  await launched.page.evaluate(() => void (window.location.hash = '#/bench'))
  // Made by the page, for people: one that a call from outside makes asks nobody to look.
  await eventually(
    () => call('packing.benches', {}),
    ({ benches }) => benches.some(({ name }) => name === '打包台 1'),
  )
  await call('packing.setBench', { bench: '打包台 1', printer: 'Zebra', countdownMs: 0 })
  await call('devices.saveInput', {
    name: '手边的枪',
    kind: 'scanner',
    way: 'serial',
    address: cable.port,
    bench: '打包台 1',
  })
  const goods = (await call('catalog.list', { offset: 0, limit: 500 })).rows
  const owners = Map.groupBy(
    goods.flatMap(({ sku, barcodes }) => barcodes.map(({ code }) => ({ sku, code }))),
    ({ code }) => code,
  )
  // A barcode that several goods share asks which of them it was: another test's business.
  const codeOf = (sku: string) =>
    goods
      .find((row) => row.sku === sku)
      ?.barcodes.find(({ units, code }) => units === 1 && owners.get(code)?.length === 1)?.code ?? ''
  const { waves } = await call('waves.plan', { job: crypto.randomUUID() })
  for (const { id } of waves) {
    for (const slot of (await call('waves.get', { id }))?.slots ?? []) {
      const lines = (await call('orders.story', { id: slot.orderId }))?.orderLines ?? []
      const items = lines.flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => codeOf(sku)))
      if (items.every((code) => code !== '')) orders.push({ code: slot.code, items })
    }
  }
  // Short ones first, but one that a scanner can leave in the middle of.
  orders = orders.sort((one, other) => one.items.length - other.items.length)
  await eventually(
    () => call('devices.inputs', {}),
    ({ inputs }) => inputs[0]?.link.kind === 'open',
  )
})
afterAll(async () => {
  await launched.close()
  await printer.close()
  await cable.drop()
})

it('hears a scanner that the core drives, and says "printed" only when the printer has', async () => {
  await packNext()
  await eventually(states, ([state]) => state === 'printed')
  expect(printer.labels).toHaveLength(1)
  expect(await screen()).toContain('已打印')
  const waybill = (await bench()).label?.waybill ?? ''
  expect(await scan(waybill)).toBe('right')
  expect(await states()).toEqual(['checked'])
})

it('says that the scanner is gone in the middle of a box, and goes on within two seconds of its return', async () => {
  const [order] = orders.splice(
    orders.findIndex(({ items }) => items.length > 1),
    1,
  )
  if (order === undefined) throw new Error('no order of two items')
  expect(await scan(order.code)).toBe('opened')
  const [first = '', ...rest] = order.items
  expect(await scan(first)).toBe('right')
  await cable.unplug()
  await eventually(screen, (text) => text.includes('手边的枪'))
  await picture('bench-scanner-gone')
  await cable.plug()
  const back = performance.now()
  await eventually(
    () => call('devices.inputs', {}),
    ({ inputs }) => inputs[0]?.link.kind === 'open',
  )
  expect(performance.now() - back).toBeLessThan(2000)
  await eventually(screen, (text) => !text.includes('手边的枪'))
  for (const item of rest) expect(['right', 'complete']).toContain(await scan(item))
  await eventually(states, ([state]) => state === 'printed')
  expect(await scan((await bench()).label?.waybill ?? '')).toBe('right')
  expect(printer.labels).toHaveLength(2)
})

it('shows what the printer lacks and what to do, keeps the label, and prints it once when the printer is well', async () => {
  await printer.fault('head-open')
  // A printer that is well is asked every twenty seconds: longer than `eventually` waits.
  await new Promise((done) => setTimeout(done, 10_000))
  await eventually(screen, (text) => text.includes('盖子开着'))
  await packNext()
  await eventually(states, ([state]) => state === 'notSent')
  await picture('bench-printer-trouble')
  await launched.page.evaluate(axe.source)
  expect(await faultsOfPage()).toEqual([])
  expect(printer.labels).toHaveLength(2)
  await printer.fault('ok')
  await eventually(states, ([state]) => state === 'printed')
  await eventually(screen, (text) => !text.includes('盖子开着'))
  expect(printer.labels).toHaveLength(3)
  expect(await scan((await bench()).label?.waybill ?? '')).toBe('right')
})

it('asks about a label whose printer broke off in the middle, and never prints it by itself', async () => {
  await printer.fault('reset-after=500')
  await packNext()
  await eventually(states, ([state]) => state === 'unknown')
  await eventually(screen, (text) => text.includes('可能打出来了'))
  await picture('bench-label-doubt')
  expect(await faultsOfPage()).toEqual([])
  await printer.fault('ok')
  await new Promise((done) => setTimeout(done, 3000))
  expect(await states()).toContain('unknown')
  expect(printer.labels).toHaveLength(3)
  expect(await scan('PB-CMD-MISSING')).toBe('command')
  await eventually(states, ([state]) => state === 'printed')
  expect(printer.labels).toHaveLength(4)
  const story = (await call('labels.list', { offset: 0, limit: 1 })).rows[0]?.events ?? []
  expect(story.map(({ state }) => state)).toContain('unknown')
  expect(story.find(({ reason }) => reason.startsWith('reprint'))?.reason).toBe('reprint: notOut')
})

it('asks why before it prints a label once more', async () => {
  expect(await scan('PB-CMD-REPRINT')).toBe('command')
  await eventually(screen, (text) => text.includes('为什么要补打'))
  await picture('bench-reprint')
  expect(await faultsOfPage()).toEqual([])
  expect(printer.labels).toHaveLength(4)
  expect(await scan('PB-PICK-2')).toBe('command')
  await eventually(
    () => printer.labels.length,
    (count) => count === 5,
  )
})

it('says that the scale is gone in the middle of a box, and weighs the box when it is back', async () => {
  // The label of the box before is on it.
  expect(await scan((await bench()).label?.waybill ?? '')).toBe('right')
  const platform = await createCable()
  const scale = '案头的秤'
  const onScale = (grams: number) => platform.say(toledoLine(grams))
  const isOpen = () =>
    eventually(
      () => call('devices.inputs', {}),
      ({ inputs }) => inputs.find(({ name }) => name === scale)?.link.kind === 'open',
    )
  const weighs = (wanted: number) =>
    eventually(
      () => call('packing.weight', { bench: '打包台 1' }),
      ({ grams }) => grams === wanted,
    )
  await call('devices.saveInput', {
    name: scale,
    kind: 'scale',
    way: 'serial',
    address: platform.port,
    settings: { protocol: 'toledo' },
    bench: '打包台 1',
  })
  await isOpen()
  await call('packing.setBench', { bench: '打包台 1', weigh: 'check', checkLabel: false })
  onScale(120)
  await weighs(120)
  const [order] = orders.splice(
    orders.findIndex(({ items }) => items.length > 1),
    1,
  )
  if (order === undefined) throw new Error('no order of two items')
  expect(await scan(order.code)).toBe('opened')
  const [first = '', ...rest] = order.items
  expect(await scan(first)).toBe('right')
  await platform.unplug()
  await eventually(screen, (text) => text.includes(scale))
  await picture('bench-scale-gone')
  expect(await faultsOfPage()).toEqual([])
  await platform.plug()
  await isOpen()
  await eventually(screen, (text) => !text.includes(scale))
  onScale(121)
  await weighs(121)
  const before = printer.labels.length
  for (const item of rest) expect(['right', 'complete']).toContain(await scan(item))
  const { pending } = await bench()
  if (pending?.kind !== 'weight' || pending.expected === null) throw new Error('its weight is not waited for')
  await picture('bench-weighs')
  expect(printer.labels).toHaveLength(before)
  onScale(120 + pending.expected.grams)
  await eventually(
    () => printer.labels.length,
    (count) => count === before + 1,
  )
  await platform.drop()
})

it('sets a scale up for one bench, this machine’s own if nobody says otherwise, and a scanner for all', async () => {
  const { page } = launched
  await page.evaluate(() => void (window.location.hash = '#/settings/printers'))
  await page.getByRole('button', { name: '添加扫描枪或秤' }).click()
  const dialog = page.getByRole('dialog')
  const chosen = dialog.getByLabel('属于哪个打包台')
  const offered = async () => {
    const options = page.getByRole('option')
    await chosen.click()
    await options.first().waitFor()
    const names = await options.allTextContents()
    await options.last().click()
    // The list fades out: seen once more it would be that of the question before.
    await options.first().waitFor({ state: 'hidden' })
    return names
  }
  // A window that opened before its language was known has made a bench of its own.
  const benches = (await call('packing.benches', {})).benches.map(({ name }) => name)
  const own = ['打包台 1', ...benches.filter((name) => name !== '打包台 1')]
  expect(await offered()).toEqual([...own, '所有打包台'])
  await expect.poll(() => chosen.inputValue()).toBe('所有打包台')
  // What was chosen for the scanner is no choice for a scale.
  await dialog.getByText('秤', { exact: true }).click()
  await expect.poll(() => chosen.inputValue()).toBe('打包台 1')
  expect(await offered()).toEqual(own)
  await page.keyboard.press('Escape')
})

const faultsOfPage = () =>
  launched.page.evaluate(async () => {
    const { axe: there } = globalThis as unknown as { axe: typeof axe }
    const { violations } = await there.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
