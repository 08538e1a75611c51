import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { createApp } from '#electron/app/create-app.ts'
import type { CallName, Input, Output } from '#shared/contract/index.ts'
import { waveCode } from '#shared/domain/packing/codes.ts'
import type { Result } from '#shared/support/result.ts'
import { createCable } from '#test/devices/pty-pair.ts'
import { toledoLine } from '#test/support/toledo-line.ts'
import { type ChineseDesk, openChineseDesk } from './chinese-desk.ts'
import { coreCalls } from './core-calls.ts'
import { eventually, launchApp, type LaunchedApp } from './electron.ts'
import { type Keyboard, openKeyboard } from './key-injector.ts'
import { settled, watchPage } from './scan-watch.ts'

export interface WedgeDesk {
  readonly desk: ChineseDesk
  readonly app: LaunchedApp['app']
  readonly page: Page
  readonly dataDir: string
  readonly keyboard: Keyboard
  /** A wave and an order of the made-up day. */
  readonly wave: string
  readonly order: string
  /** On the list of a wave whose orders have several items each. */
  readonly waveCode: string
  /** Numbers of orders with goods whose barcode is another product's too. */
  readonly choices: readonly string[]
  go(hash: string): Promise<void>
  /** From here on each box is weighed, on a scale that always says the same. */
  weigh(): Promise<void>
  /** Every code that the core has kept, in its order, but for those that the bench scans itself when it weighs. */
  kept(): string[]
  close(): Promise<void>
}

/** The app over a made-up day with a wave released, on a desk that types Chinese, with a keyboard below it. */
export async function openWedgeDesk(): Promise<WedgeDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-wedge-'))
  const dataDir = join(folder, 'data')
  const brokenFile = join(folder, 'kits.csv')
  writeFileSync(brokenFile, 'kit,part,quantity\nK-1,P-1,many\n')
  const ids = await fillDay(dataDir, brokenFile)
  const desk = await openChineseDesk()
  const launched = await launchApp({ dataDir, env: desk.env })
  const keyboard = openKeyboard(desk.display)
  const { app, page } = launched
  await watchPage(page)
  const cable = await createCable()
  let scale: ReturnType<typeof setInterval> | undefined
  return {
    desk,
    app,
    page,
    dataDir,
    keyboard,
    ...ids,
    async go(hash) {
      await page.evaluate((next) => (location.hash = next), hash)
      await page.waitForTimeout(150)
      await settled(page)
    },
    async weigh() {
      if (scale !== undefined) return
      scale = setInterval(() => cable.say(toledoLine(stuckAt)), 250)
      const call = await coreCalls(dataDir)
      const [bench] = (await call('packing.benches', {})).benches
      if (bench === undefined) throw new Error('no bench')
      const place = { kind: 'scale', way: 'serial', address: cable.port, bench: bench.name } as const
      await call('devices.saveInput', { ...place, name: '秤', settings: { protocol: 'toledo' } })
      await call('packing.setBench', { bench: bench.name, weigh: 'check' })
      await eventually(
        () => call('packing.weight', { bench: bench.name }),
        ({ grams }) => grams === stuckAt,
      )
    },
    kept() {
      const db = new Sqlite(join(dataDir, 'packbench.sqlite'), { readonly: true })
      try {
        return db
          .prepare<[], string>("SELECT code FROM scan WHERE gesture NOT LIKE 'weight-%' ORDER BY seq")
          .pluck()
          .all()
      } finally {
        db.close()
      }
    },
    async close() {
      keyboard.close()
      await launched.close()
      clearInterval(scale)
      await cable.drop()
      desk.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Grams that no box of the day comes to. */
const stuckAt = 5000

/** One shop's orders are in waves and the others' are still to be planned; one import has a row that was not taken. */
async function fillDay(
  dataDir: string,
  brokenFile: string,
): Promise<Pick<WedgeDesk, 'wave' | 'order' | 'waveCode' | 'choices'>> {
  const app = await createApp({ dataDir })
  const session = app.connect('cli')
  const call = async <N extends CallName>(name: N, input: Input<N>) => {
    const result = (await session.dispatch(name, input)) as Result<Output<N>>
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value
  }
  await call('app.demo', { orders: 200, job: crypto.randomUUID() })
  const { rows } = await call('orders.list', { offset: 0, limit: 1 })
  await call('waves.plan', { job: crypto.randomUUID(), shop: rows[0]?.shop })
  await call('imports.run', { job: crypto.randomUUID(), kind: 'kits', files: [{ path: brokenFile }] })
  const { waves } = await call('waves.list', {})
  await app.close()
  const [several] = waves.filter(({ kind }) => kind === 'multi').toSorted((a, b) => b.orders - a.orders)
  return {
    wave: waves[0]?.id ?? '',
    order: rows[0]?.id ?? '',
    waveCode: waveCode(several?.number ?? 0),
    choices: ordersToChooseIn(dataDir),
  }
}

function ordersToChooseIn(dataDir: string): string[] {
  const db = new Sqlite(join(dataDir, 'packbench.sqlite'), { readonly: true })
  try {
    return db
      .prepare<[], string>(
        `SELECT DISTINCT "order".number FROM "order" JOIN order_line ON order_line.order_id = "order".id
         JOIN product ON product.sku = order_line.sku JOIN barcode ON barcode.product_id = product.id
         WHERE "order".stop IS NULL
         AND barcode.code IN (SELECT code FROM barcode GROUP BY code HAVING count(*) > 1)`,
      )
      .pluck()
      .all()
  } finally {
    db.close()
  }
}
