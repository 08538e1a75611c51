import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readByZbar, renderZpl } from '#test/support/label-reader.ts'
import { coreCalls, type CoreCalls } from './support/core-calls.ts'
import { corePid, eventually, launchApp, root, type LaunchedApp } from './support/electron.ts'

/** A printer that shares nothing with the product: it keeps every label that arrives and answers no question. */
async function paperPrinter() {
  const jobs: Buffer[] = []
  const server = createServer((socket) => {
    const pieces: Buffer[] = []
    socket.on('data', (piece: Buffer) => pieces.push(piece))
    socket.on('end', () => {
      const heard = Buffer.concat(pieces)
      if (heard.length > 64) jobs.push(heard) // a question about its state is no job, whatever the language
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return { jobs, port: (server.address() as AddressInfo).port, close: () => void server.close() }
}

const pictures = join(root, '.cache/screens')
let launched: LaunchedApp
let printer: Awaited<ReturnType<typeof paperPrinter>>
let call: CoreCalls

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  printer = await paperPrinter()
  launched = await launchApp()
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1366, 800))
  call = await coreCalls(launched.dataDir)
  await call('app.demo', { job: crypto.randomUUID(), orders: 60 })
  await call('devices.savePrinter', {
    id: (await call('devices.printers', {})).printers[0]?.id,
    name: 'Zebra',
    transport: 'tcp',
    address: `127.0.0.1:${printer.port}`,
    language: 'zpl',
    widthMm: 100,
    heightMm: 150,
    dpi: 203,
  })
})
afterAll(async () => {
  await launched.close()
  printer.close()
})

/** What a scanner in keyboard mode does: keys, five milliseconds apart, and Enter. Nothing is clicked or focused. */
async function scan(code: string): Promise<void> {
  const before = (await bench()).last?.gesture
  await launched.page.keyboard.type(code, { delay: 5 })
  await launched.page.keyboard.press('Enter')
  await eventually(bench, (state) => state.last?.gesture !== before)
}

const benchName = async () => (await call('packing.benches', {})).benches[0]?.name ?? ''
const bench = async () => call('packing.bench', { bench: await benchName() })
const go = (hash: string) => launched.page.evaluate((to) => void (window.location.hash = to), hash)
const picture = async (name: string) => {
  await launched.page.waitForTimeout(300)
  await launched.page.screenshot({ path: join(pictures, `${name}.png`) })
}

describe('the main job in a real window, by scanner alone', () => {
  it('opens a wave and a slot, refuses what is wrong, packs, labels, checks the box and hands over', async () => {
    const { waves } = await call('waves.plan', { job: crypto.randomUUID() })
    const multi = waves.find((wave) => wave.kind === 'multi')
    const wave = await call('waves.get', { id: multi?.id ?? '' })
    const slot = wave?.slots[0]
    if (wave === null || slot === undefined) throw new Error('no wave was planned')
    const codes = new Map(
      (await call('catalog.list', { offset: 0, limit: 500 })).rows.map((row) => [
        row.sku,
        row.barcodes.find((barcode) => barcode.units === 1)?.code ?? '',
      ]),
    )

    await go('#/bench')
    await eventually(benchName, (name) => name !== '')
    await scan(wave.code)
    expect((await bench()).last).toMatchObject({ verdict: 'opened', order: null })
    await scan(slot.code)
    expect((await bench()).last).toMatchObject({ verdict: 'opened', order: { number: slot.order } })
    const lines = (await bench()).order?.lines ?? []
    const foreign = [...codes].find(([sku]) => !lines.some((line) => line.sku === sku))?.[1] ?? ''

    await scan(foreign)
    expect((await bench()).last?.verdict).toBe('wrongItem')
    await picture('bench-wrong')
    // The error waits: the right item does not count before OK.
    const [first] = lines
    if (first === undefined) throw new Error('an order without lines')
    await scan(codes.get(first.sku) ?? '')
    expect((await bench()).last).toMatchObject({ verdict: 'wrongItem', reason: { code: 'acknowledgeFirst' } })
    await scan('PB-CMD-OK')
    await scan('NO-SUCH-CODE')
    expect((await bench()).last?.verdict).toBe('unknown')
    await scan('PB-CMD-OK')

    for (const line of lines) {
      for (let unit = 0; unit < line.quantity; unit += 1) {
        await scan(codes.get(line.sku) ?? '')
        expect(['right', 'complete']).toContain((await bench()).last?.verdict)
      }
    }
    expect((await bench()).last?.verdict).toBe('complete')
    await picture('bench-countdown')
    const printed = await eventually(bench, (state) => state.label?.state === 'sent')
    const waybill = printed.label?.waybill ?? ''

    await eventually(
      () => printer.jobs.length,
      (jobs) => jobs === 1,
    )
    // From outside: another's ZPL renderer, another's barcode reader.
    const drawn = await renderZpl(printer.jobs[0] ?? Buffer.alloc(0), {
      widthMm: 100,
      heightMm: 150,
      dpi: 203,
    })
    const [codes128 = []] = await readByZbar(drawn)
    expect(codes128.filter(({ kind }) => kind === 'code128').map(({ text }) => text)).toEqual([waybill])
    await picture('bench-label')

    expect((await bench()).pending?.kind).toBe('label')
    await scan(waybill)
    expect((await bench()).last).toMatchObject({ verdict: 'right', reason: { code: 'labelChecked' } })

    await go('#/bench/handover')
    await launched.page.waitForTimeout(300)
    await scan(waybill)
    expect((await bench()).last?.verdict).toBe('handedOver')
    await picture('handover')
    await scan(waybill)
    expect((await bench()).last?.verdict).toBe('alreadyShipped')

    const day = await call('shipments.day', { offset: 0, limit: 10 })
    expect(day.rows.map((row) => row.waybill)).toEqual([waybill])
  })

  it('goes on where it was after the core was killed in the middle of an order', async () => {
    const { waves } = await call('waves.list', {})
    const multi = await call('waves.get', {
      id: waves.find((wave) => wave.kind === 'multi' && wave.packed === 0)?.id ?? '',
    })
    const slot = multi?.slots.find((one) => one.state === 'waiting' && one.units > 2)
    if (slot === undefined) throw new Error('no slot left')
    await go('#/bench')
    await launched.page.waitForTimeout(300)
    await scan(slot.code)
    const line = (await bench()).order?.lines[0]
    const barcode = (await call('catalog.list', { find: line?.sku ?? '', offset: 0, limit: 1 })).rows[0]
      ?.barcodes[0]?.code
    await scan(barcode ?? '')
    const before = await bench()
    expect(before.last?.verdict).toBe('right')

    process.kill(await corePid(launched), 'SIGKILL')
    await launched.page.waitForSelector('html[data-connection=down]', { timeout: 10_000, state: 'attached' })
    call = await coreCalls(launched.dataDir)
    await launched.page.waitForSelector('html[data-connection=up]', { timeout: 15_000, state: 'attached' })
    const after = await bench()
    expect(after.order?.number).toBe(before.order?.number)
    expect(after.order?.lines).toEqual(before.order?.lines)
    await scan('PB-CMD-UNDO')
    expect((await bench()).last).toMatchObject({ verdict: 'command', reason: { code: 'undone' } })
  })
})

describe('the bench', () => {
  it('keeps to its width however long the words at its foot are, and shows above its edge what ails the printer', async () => {
    const { page } = launched
    const file = (name: string, rows: readonly string[]) => {
      const path = join(launched.dataDir, name)
      writeFileSync(path, rows.join('\n'))
      return [{ path }]
    }
    const imported = (kind: 'catalog' | 'orders', files: { path: string }[]) =>
      call('imports.run', { job: crypto.randomUUID(), kind, shop: '一号店', files })
    const name = '儿童雨鞋加厚防滑男女宝宝四季通用可爱卡通'.repeat(8)
    await imported('catalog', file('long.csv', ['sku,name,barcode', `LONG,${name},4006381333931`]))
    await imported('orders', file('long-order.csv', ['order number,sku,quantity', 'LONG-1,LONG,2']))
    await go('#/bench')
    await page.waitForTimeout(300)
    await scan('LONG-1')
    await scan('4006381333931')
    expect((await bench()).last?.verdict).toBe('right')
    const widths = () =>
      page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main, main > *')].map(
          ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
        ),
      )
    expect((await widths()).filter((over) => over > 0)).toEqual([])

    printer.close()
    const strip = page.locator('[role=status]', { hasText: 'Zebra' }).first()
    await call('devices.testPrint', { id: (await call('devices.printers', {})).printers[0]?.id ?? '' })
    await strip.waitFor({ timeout: 20_000 })
    await scan('NO-SUCH-CODE')
    await picture('bench-printer-gone')
    const [above, edge] = await page.evaluate(() =>
      ['[role=status]', '[data-flash]'].map(
        (one) => document.querySelector(`main ${one}`)?.getBoundingClientRect().toJSON() as DOMRect,
      ),
    )
    expect(edge?.top).toBeGreaterThanOrEqual(above?.bottom ?? Infinity)
    await scan('PB-CMD-OK')
    await scan('PB-CMD-UNDO')
    await scan('PB-CMD-CANCEL')
  })
})

describe('a supervisor', () => {
  it('sees ways of making waves side by side, with their walks, and releases one', async () => {
    const skus = (await call('catalog.list', { offset: 0, limit: 60 })).rows.map(({ sku }) => sku)
    const rows = Array.from({ length: 90 }, (_, at) => `NEW-${at % 30},${skus[(at * 7) % skus.length]},1`)
    const file = join(launched.dataDir, 'new.csv')
    writeFileSync(file, ['order number,sku,quantity', ...rows].join('\n'))
    await call('imports.run', {
      job: crypto.randomUUID(),
      kind: 'orders',
      shop: '一号店',
      files: [{ path: file }],
    })
    const before = (await call('waves.list', {})).waves.length
    await go('#/waves/plan')
    const { page } = launched
    const release = page.getByRole('button', { name: /放出/ }).last()
    await release.waitFor({ timeout: 30_000 })
    await eventually(
      () => release.isEnabled(),
      (enabled) => enabled,
    )
    await picture('planner')
    await release.click()
    const { waves } = await eventually(
      () => call('waves.list', {}),
      (now) => now.waves.length > before,
    )
    const made = waves.find(({ state, kind }) => state === 'open' && kind === 'multi')
    await go(`#/waves/${made?.number ?? 0}`)
    await page.locator('svg').first().waitFor()
    await picture('wave-map')
    await page.setViewportSize({ width: 1920, height: 1080 })
    await picture('wave-map-large')
    await go('#/waves')
    await picture('board-large')
    await page.setViewportSize({ width: 1366, height: 800 })
  })
})

describe('what a file could not bring', () => {
  it('is mended and tried again on the screen', async () => {
    const file = join(launched.dataDir, 'late.csv')
    writeFileSync(file, 'order number,sku,quantity\nLATE-1,NO-1,one\nLATE-1,NO-2,1\n')
    await call('imports.run', {
      job: crypto.randomUUID(),
      kind: 'orders',
      shop: '一号店',
      files: [{ path: file }],
    })
    await go('#/imports')
    const { page } = launched
    await page.locator('tr', { hasText: 'late.csv' }).getByRole('button', { name: '2' }).click()
    const cell = page.getByRole('textbox', { name: /quantity/ })
    expect(await cell.inputValue()).toBe('one')
    await cell.fill('2')
    await picture('second-try')
    await page.getByRole('button', { name: /2/ }).last().click()
    const { rows } = await eventually(
      () => call('orders.list', { find: 'LATE-1', offset: 0, limit: 5 }),
      (found) => found.total === 1,
    )
    expect(rows[0]).toMatchObject({ lines: 2, units: 3 })
  })

  it('and a label that is wrong is voided from the story of its order', async () => {
    const { row } = await packOneSlot()
    await go(`#/orders/${row.id}`)
    const { page } = launched
    await page.getByRole('textbox', { name: /作废/ }).fill('地址写错')
    await picture('story-label')
    await page.getByRole('button', { name: '作废这张面单' }).click()
    const after = await eventually(
      () => call('orders.story', { id: row.id }),
      (story) => story?.label === null,
    )
    expect(after?.events.at(-1)).toMatchObject({ kind: 'audit', code: 'label.void', text: '地址写错' })
  })
})

/** A box of some other bench, packed and labelled. */
async function packOneSlot() {
  const { waves } = await call('waves.list', {})
  const wave = await call('waves.get', {
    id: waves.find((one) => one.kind === 'multi' && one.packed === 0)?.id ?? '',
  })
  const slot = wave?.slots.find((one) => one.state === 'waiting')
  if (slot === undefined) throw new Error('no slot left')
  const pack = (code: string) =>
    call('packing.scan', {
      bench: '背面',
      mode: 'pack',
      gesture: crypto.randomUUID(),
      code,
      unattended: true,
    })
  await pack(slot.code)
  for (const { sku, quantity } of (await call('orders.story', { id: slot.orderId }))?.orderLines ?? []) {
    const found = await call('catalog.list', { find: sku, offset: 0, limit: 1 })
    const code = found.rows[0]?.barcodes.find((barcode) => barcode.units === 1)?.code ?? ''
    for (let unit = 0; unit < quantity; unit += 1) await pack(code)
  }
  const { rows } = await call('orders.list', { find: slot.order, offset: 0, limit: 1 })
  const [row] = rows
  if (row?.waybill === null || row === undefined) throw new Error('the box got no label')
  return { row }
}

describe('a printer that somebody sets up', () => {
  it('gets a label in each language, is told by the one that looks right, and proves itself with a page', async () => {
    const other = await paperPrinter()
    const { page } = launched
    const press = (name: string) => page.getByRole('button', { name }).first().click()
    const printed = (command: string) => other.jobs.filter((job) => job.includes(command, 0, 'latin1'))
    await page.evaluate(axe.source)
    const isUsable = async () => {
      await page.waitForTimeout(300) // a dialog fades in, and half of its colours is no contrast
      expect((await page.evaluate(judge)).violations).toEqual([])
    }
    try {
      await go('#/settings/printers')
      await press('按地址添加')
      await page.getByLabel('IP 地址或名字').fill('127.0.0.1')
      await page.getByLabel('端口', { exact: true }).fill(String(other.port))
      await isUsable()
      await press('下一步')
      await press('60 × 40')
      await isUsable()
      await press('下一步')
      await press('各打一小张试试')
      // The three likeliest, one after the other, and nothing is set up by it.
      await eventually(
        () => ['SIZE 60 mm,30 mm', '^GFA', '\x1dv0'].map((command) => printed(command).length),
        (counts) => counts.every((count) => count === 1),
      )
      await page.getByText('哪一张是这个样子?').waitFor()
      await picture('devices-trials')
      await isUsable()
      await press('B ZPL')
      await page.getByLabel('名称').fill('左边')
      await page.getByRole('combobox', { name: '哪个打包台用它' }).click()
      await page.getByRole('option', { name: '以后再定' }).click()
      await isUsable()
      expect((await call('devices.printers', {})).printers.map(({ name }) => name)).not.toContain('左边')
      await press('存好并打一张测试页')
      const jobs = await eventually(
        () => printed('^GFA'),
        (all) => all.length === 2,
      )
      const drawn = await renderZpl(jobs[1] ?? Buffer.alloc(0), { widthMm: 60, heightMm: 40, dpi: 203 })
      expect((await readByZbar(drawn)).flat().map(({ text }) => text)).toEqual(['TEST-12'])
      await isUsable()
      await press('没问题')
      const saved = (await call('devices.printers', {})).printers.find(({ name }) => name === '左边')
      expect(saved).toMatchObject({
        language: 'zpl',
        widthMm: 60,
        heightMm: 40,
        address: `127.0.0.1:${other.port}`,
      })
      await press('左边')
      await page.getByText('细调').click()
      await isUsable()
      await press('删除这台打印机')
      await press('删除')
      await eventually(
        async () => (await call('devices.printers', {})).printers.map(({ name }) => name),
        (names) => !names.includes('左边'),
      )
    } finally {
      other.close()
    }
  })
})

describe('every screen', () => {
  const places = [
    '#/today',
    '#/waves',
    '#/waves/2',
    '#/waves/plan',
    '#/orders',
    '#/imports',
    '#/shipments',
    '#/bench',
    '#/bench/handover',
    ...[
      'general',
      'shops',
      'couriers',
      'floor',
      'printers',
      'labels',
      'weights',
      'operators',
      'bench',
      'backup',
    ].map((tab) => `#/settings/${tab}`),
  ]
  const looks = [
    ['zh-CN', 'light'],
    ['zh-CN', 'dark'],
    ['en', 'light'],
    ['en', 'dark'],
  ] as const

  it.each(looks)(
    'in %s, %s, shows its words, clips none and can be used by everybody',
    async (language, theme) => {
      await call('settings.set', { language, theme })
      await eventually(
        () =>
          launched.page.evaluate(() => [
            document.documentElement.lang,
            document.documentElement.dataset.mantineColorScheme,
          ]),
        ([lang, scheme]) => lang === language && scheme === theme,
      )
      await launched.page.evaluate(axe.source)
      const order = (await call('orders.list', { offset: 0, limit: 1 })).rows[0]?.id ?? ''
      // Another language of the screen is not another bench.
      expect((await call('packing.benches', {})).benches.map((one) => one.name)).toEqual(['打包台 1', '背面'])
      let rules = 0
      for (const place of [...places, `#/orders/${order}`]) {
        await go(place)
        const name = place.endsWith(order) ? '-order' : place.replaceAll(/[#/]+/g, '-')
        await picture(`${language}-${theme}${name}`)
        const clipped = await launched.page.evaluate(() =>
          [...document.querySelectorAll('button, h1, h2, h3, label, th, [data-fits]')]
            .filter(
              (node) =>
                node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline',
            )
            .filter((node) => getComputedStyle(node).textOverflow !== 'ellipsis' && node.clientWidth > 0)
            // A long text of a table ends in dots; the chip of a state is one word and must be whole.
            .concat(
              [...document.querySelectorAll('[role=cell]:has(> [data-tone])')].filter(
                (cell) => cell.scrollWidth > cell.clientWidth,
              ),
            )
            .map((node) => `${node.tagName} ${node.textContent?.slice(0, 60) ?? ''}`),
        )
        expect(clipped, `${language} ${place}`).toEqual([])
        const foreign = await launched.page.evaluate(
          () => /\b(?:error|verdict|nav|bench)\.[a-z]+\b/i.exec(document.body.innerText)?.[0] ?? null,
        )
        expect(foreign, `a key instead of words at ${language} ${place}`).toBeNull()
        const found = await launched.page.evaluate(judge)
        rules += found.passed
        expect(found.violations, `${language} ${theme} ${place}`).toEqual([])
      }
      expect(rules).toBeGreaterThan(100)
      console.log(
        `figure: U1.violations 0 over ${places.length + 1} screens in ${language}, ${theme} (${rules} rules passed)`,
      )
    },
  )
})

/** Runs in the page, where axe was put before: WCAG 2.2 A and AA, target sizes included. */
async function judge() {
  const { axe: there } = globalThis as unknown as { axe: typeof axe }
  const result = await there.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  })
  return {
    passed: result.passes.length,
    violations: result.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 150)} ${node.failureSummary?.slice(0, 200) ?? ''}`),
    ),
  }
}
