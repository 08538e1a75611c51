import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSimulatedPrinter, type SimulatedPrinter } from '#scripts/simulate/printer.ts'
import { type PrivateCups, startPrivateCups } from '#test/devices/private-cups.ts'
import { zplDriver } from '#test/support/cups.ts'
import { readByZbar, renderZpl } from '#test/support/label-reader.ts'
import { coreCalls, type CoreCalls } from './support/core-calls.ts'
import { eventually, launchApp, root, type LaunchedApp } from './support/electron.ts'

/** A printer that only its maker's driver understands, set up in a real window on a queue of a real CUPS. */
let cups: PrivateCups
let printer: SimulatedPrinter
let launched: LaunchedApp
let call: CoreCalls

beforeAll(async () => {
  printer = await startSimulatedPrinter({ language: 'zpl', labelMs: 20 })
  cups = await startPrivateCups()
  cups.addQueue('Labels', printer.port, zplDriver(300, [['w288h432', 288, 432]], true))
  cups.addQueue('Bytes', printer.port)
  launched = await launchApp({ env: { CUPS_SERVER: cups.server } })
  call = await coreCalls(launched.dataDir)
}, 60_000)
afterAll(async () => {
  await launched?.close()
  await cups?.close()
  await printer?.close()
})

it('is added without being asked for its language, and its test page comes out', async () => {
  const { page } = launched
  const press = (name: string) => page.getByRole('button', { name }).first().click()
  await page.evaluate(axe.source)
  const isUsable = async () => {
    await page.waitForTimeout(300)
    const judged = await page.evaluate<{ violations: unknown[] }>(
      'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] })',
    )
    expect(judged.violations).toEqual([])
  }
  await page.evaluate(() => void (window.location.hash = '#/settings/printers'))
  await page.getByText('通过它的驱动程序打印').waitFor()
  const found = (await call('devices.find', {})).found.filter(({ way }) => way === 'cups')
  expect(found.map(({ name, profile, guesses }) => [name, profile, guesses.length])).toEqual([
    ['Bytes', null, 5],
    ['Labels', 'brother-ql', 1],
  ])
  mkdirSync(join(root, '.cache/screens'), { recursive: true })
  await page.screenshot({ path: join(root, '.cache/screens/devices-driver.png') })
  await isUsable()
  await press('添加 Labels')
  await press('60 × 40')
  await isUsable()
  await press('下一步')
  await page.getByLabel('名称').waitFor()
  await isUsable()
  await press('存好并打一张测试页')
  const all = () => Buffer.concat(printer.labels).toString('latin1')
  await eventually(
    async () => all(),
    (text) => text.includes('^XGR:'),
  )
  const drawn = await renderZpl(Buffer.from(all().replaceAll('^POI', ''), 'latin1'), {
    widthMm: 60,
    heightMm: 40,
    dpi: 300,
  })
  expect((await readByZbar(drawn.slice(0, 1))).flat().map(({ text }) => text)).toEqual(['TEST-12'])
  await press('没问题')
  const saved = (await call('devices.printers', {})).printers.find(({ name }) => name === 'Labels')
  expect(saved).toMatchObject({
    transport: 'cups',
    address: 'Labels',
    language: 'driver',
    dpi: 300,
    profile: 'brother-ql',
  })
  await press('Labels')
  await page.getByText('细调').click()
  expect(await page.getByText('系统驱动').count()).toBeGreaterThan(0)
  await isUsable()
}, 120_000)
