/** One packer's random day: gestures of every kind against a real core, and rules that are read from the file alone. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { type ScanAnswer, scanAnswer } from '#shared/contract/packing.ts'
import { commandCode, commands, pickCode, slotCode, waveCode } from '#shared/domain/packing/codes.ts'
import {
  codes,
  csv,
  type FileOrder,
  importKits,
  importOrders,
  importText,
  type Station,
} from '#test/support/station.ts'

// --- what may happen -------------------------------------------------------------------------------------------

const skus = ['RED', 'BLUE', 'TEA', 'SOCK-M', 'SOCK-L'] as const
/** Kits, each with a barcode of its own. Both hold three pieces. */
const kits = {
  GIFT: { code: '2009000000017', parts: { RED: 1, TEA: 2 } },
  TRIO: { code: '2009000000024', parts: { BLUE: 3 } },
} as const
const kitCodes = Object.values(kits).map((kit) => kit.code)
const sold = [...skus, 'GIFT', 'TRIO'] as const
type Sku = (typeof sold)[number]

/** Makes the kits known, as goods with a barcode and by their parts. */
export async function stockKits(station: Station): Promise<void> {
  const all = Object.entries(kits)
  const barcodes = all.map(([sku, kit]) => [sku, `${sku} set`, kit.code])
  await importText(station, 'catalog', csv([['sku', 'name', 'barcode'], ...barcodes]))
  await importKits(
    station,
    all.flatMap(([sku, kit]) =>
      Object.entries(kit.parts).map(([part, quantity]) => [sku, part, quantity] as const),
    ),
  )
}

/** What goes into the box for lines of a file, worked out by hand. */
function packedFor(lines: FileOrder['lines']): Map<string, number> {
  const units = new Map<string, number>()
  const add = (sku: string, count: number) => units.set(sku, (units.get(sku) ?? 0) + count)
  for (const [sku, quantity] of lines) {
    const kit = sku === 'GIFT' || sku === 'TRIO' ? kits[sku] : null
    if (kit === null) add(sku, quantity)
    else for (const [part, each] of Object.entries(kit.parts)) add(part, each * quantity)
  }
  return units
}

interface Rules {
  readonly printMode: 'first' | 'last'
  readonly errorsWait: boolean
  readonly checkLabel: boolean
  readonly countdownMs: number
}

const changes = [
  'refund',
  'unrefund',
  'cancel',
  'uncancel',
  'quantity',
  'swap',
  /** One line asks for less. */
  'fewer',
  /** One line becomes two of the same goods. */
  'twice',
  /** The order asks for exactly what has left. */
  'left',
  'address',
  'same',
] as const
type Change = (typeof changes)[number]

/** Numbers stand for whatever is there when the step comes: the n-th order, the n-th gesture back, counted round. */
export type Step =
  | { readonly kind: 'open'; readonly bench: number; readonly order: number; readonly by: 'number' | 'slot' }
  | { readonly kind: 'wave'; readonly bench: number; readonly wave: number }
  | { readonly kind: 'needed'; readonly bench: number; readonly pack: boolean }
  | { readonly kind: 'finish'; readonly bench: number; readonly order: number; readonly ships: boolean }
  | { readonly kind: 'code'; readonly bench: number; readonly code: string }
  | { readonly kind: 'badge'; readonly bench: number; readonly boss: boolean }
  | { readonly kind: 'partial'; readonly bench: number; readonly ships: boolean }
  | {
      /** Ships a part, hears of a change, is released, and packs the rest. */
      readonly kind: 'rest'
      readonly bench: number
      readonly order: number
      readonly units: number
      readonly change: Change
      readonly more: number
      readonly planned: boolean
      readonly begun: boolean
    }
  | { readonly kind: 'label'; readonly bench: number; readonly order: number }
  | { readonly kind: 'ship'; readonly bench: number; readonly order: number }
  | { readonly kind: 'shipCode'; readonly bench: number; readonly code: string }
  | { readonly kind: 'shipWave'; readonly bench: number; readonly wave: number }
  | { readonly kind: 'upstream'; readonly order: number; readonly change: Change; readonly more: number }
  | { readonly kind: 'hold'; readonly order: number }
  | { readonly kind: 'release'; readonly order: number }
  | { readonly kind: 'repeat'; readonly back: number }
  | { readonly kind: 'plan'; readonly singles: boolean }

export interface Day {
  readonly orders: readonly (readonly (readonly [Sku, number])[])[]
  readonly benches: readonly [Rules, Rules]
  readonly planned: boolean
  readonly steps: readonly Step[]
}

const bench = fc.nat(1)
const order = fc.nat(3)
const rules: fc.Arbitrary<Rules> = fc.record({
  printMode: fc.constantFrom('last', 'first'),
  errorsWait: fc.boolean(),
  checkLabel: fc.boolean(),
  countdownMs: fc.constantFrom(0, 0, 0, 30_000),
})
const oneCommand = fc.constantFrom(...commands.map(commandCode))
const anyCode = fc.oneof(
  fc.constantFrom(...Object.values(codes), ...kitCodes),
  fc.constantFrom(...sold),
  fc.integer({ min: 1, max: 3 }).map(pickCode),
  fc.constantFrom('PB-W-0', 'PB-S-1-99999', 'PB-CMD-NONE', 'PB-BADGE-NOBODY', 'PB-', 'PB-PICK-9', 'nothing'),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const weighted = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary })
const step: fc.Arbitrary<Step> = fc.oneof(
  weighted(
    10,
    fc.record({
      kind: fc.constant('open'),
      bench,
      order,
      by: fc.constantFrom<'number' | 'slot'>('number', 'slot'),
    }),
  ),
  weighted(3, fc.record({ kind: fc.constant('wave'), bench, wave: fc.nat(1) })),
  weighted(24, fc.record({ kind: fc.constant('needed'), bench, pack: fc.boolean() })),
  weighted(14, fc.record({ kind: fc.constant('finish'), bench, order, ships: fc.boolean() })),
  weighted(9, fc.record({ kind: fc.constant('code'), bench, code: anyCode })),
  weighted(12, fc.record({ kind: fc.constant('code'), bench, code: oneCommand })),
  weighted(3, fc.record({ kind: fc.constant('badge'), bench, boss: fc.boolean() })),
  weighted(4, fc.record({ kind: fc.constant('partial'), bench, ships: fc.boolean() })),
  weighted(
    6,
    fc.record({
      kind: fc.constant('rest'),
      bench,
      order,
      units: fc.integer({ min: 1, max: 3 }),
      change: fc.constantFrom<Change>(
        'quantity',
        'quantity',
        'swap',
        'fewer',
        'fewer',
        'twice',
        'twice',
        'left',
        'same',
      ),
      more: fc.nat(4),
      planned: fc.boolean(),
      begun: fc.boolean(),
    }),
  ),
  weighted(4, fc.record({ kind: fc.constant('label'), bench, order })),
  weighted(13, fc.record({ kind: fc.constant('ship'), bench, order })),
  weighted(1, fc.record({ kind: fc.constant('shipCode'), bench, code: anyCode })),
  weighted(1, fc.record({ kind: fc.constant('shipWave'), bench, wave: fc.nat(1) })),
  weighted(
    6,
    fc.record({
      kind: fc.constant('upstream'),
      order,
      change: fc.constantFrom(...changes),
      more: fc.nat(sold.length - 1),
    }),
  ),
  weighted(2, fc.record({ kind: fc.constant('hold'), order })),
  weighted(5, fc.record({ kind: fc.constant('release'), order })),
  weighted(5, fc.record({ kind: fc.constant('repeat'), back: fc.nat(30) })),
  weighted(1, fc.record({ kind: fc.constant('plan'), singles: fc.boolean() })),
)
const lines = fc.uniqueArray(fc.tuple(fc.constantFrom(...sold), fc.integer({ min: 1, max: 3 })), {
  minLength: 1,
  maxLength: 3,
})
const bulky = fc.constant<readonly (readonly [Sku, number])[]>([['RED', 7]])

export const day: fc.Arbitrary<Day> = fc.record({
  orders: fc.array(fc.oneof({ weight: 6, arbitrary: lines }, { weight: 1, arbitrary: bulky }), {
    minLength: 2,
    maxLength: 4,
  }),
  benches: fc.tuple(rules, rules),
  planned: fc.boolean(),
  steps: fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }),
})

// --- the file, read by hand ------------------------------------------------------------------------------------

/** A second connection of another's making, open as long as the core: what it reads is what is in the file. */
export function openFile(station: Station) {
  const db = new Sqlite(join(station.dataDir, 'packbench.sqlite'), { readonly: true })
  const prepared = new Map<string, Sqlite.Statement>()
  const all = <Row>(text: string, ...values: (string | number)[]): Row[] => {
    const statement = prepared.get(text) ?? db.prepare(text)
    prepared.set(text, statement)
    return statement.all(...values) as Row[]
  }
  const tables = all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  ).map((row) => row.name)
  const counting = tables
    .map((name) => `SELECT '${name}' AS name, count(*) AS n FROM "${name}"`)
    .join(' UNION ALL ')
  return {
    all,
    rowCounts: () => JSON.stringify(all(counting)),
    close: () => void db.close(),
  }
}
export type DataFile = ReturnType<typeof openFile>

interface Standing {
  readonly id: string
  readonly state: string
  readonly stop: string | null
  readonly hold: string | null
}
interface Units {
  readonly sku: string
  readonly units: number
}

// --- one day ---------------------------------------------------------------------------------------------------

export interface Count {
  sequences: number
  scans: number
  shipments: number
  /** Orders of which a part left, that then changed and were released. */
  overtaken: number
  /** Those of which the rest left too, and those that had nothing left to pack. */
  rests: number
  settled: number
}

interface Given {
  readonly bench: string
  readonly mode: 'pack' | 'handover'
  readonly gesture: string
  readonly code: string
  readonly answer: ScanAnswer
}

let days = 0

/** Plays one day with orders, a shop and benches of its own. @throws at the first rule that does not hold */
export async function playDay(
  station: Station,
  file: DataFile,
  badges: { readonly boss: string; readonly packer: string },
  plays: Day,
  count: Count,
): Promise<void> {
  days += 1
  const shop = `R${days}`
  const names = plays.orders.map((_, index) => `${shop}-O${index}`)
  const upstream: FileOrder[] = plays.orders.map((order, index) => ({
    number: names[index] ?? '',
    lines: order,
  }))
  const benches = [`${shop} A`, `${shop} B`] as const
  /** The lines of the last word that was to ship them: those of a cancellation are not taken over. */
  const asking = new Map(upstream.map((order) => [order.number, order.lines]))
  const given: Given[] = []
  /** Orders that another word of the shop reached: an old answer then names what is needed by the new one. */
  const changed = new Set<string>()
  const pick = <T>(of: readonly T[], index: number): T | undefined => of[index % of.length]
  const must = (holds: boolean, what: string, detail: unknown = ''): void => {
    if (!holds) throw new Error(`${what} ${JSON.stringify(detail)}`)
  }
  const standing = (number: string): Standing | undefined =>
    file.all<Standing>(
      'SELECT o.id, o.state, o.stop, o.hold FROM "order" o JOIN shop ON shop.id = o.shop_id WHERE shop.name = ? AND o.number = ?',
      shop,
      number,
    )[0]
  const waves = (): number[] =>
    file
      .all<{ number: number }>(
        'SELECT DISTINCT wave.number FROM wave JOIN wave_order w ON w.wave_id = wave.id JOIN "order" o ON o.id = w.order_id JOIN shop ON shop.id = o.shop_id WHERE shop.name = ? ORDER BY 1',
        shop,
      )
      .map((row) => row.number)
  const waybillOf = (number: string): string | undefined =>
    file.all<{ waybill: string }>(
      'SELECT label.waybill FROM label JOIN parcel ON parcel.id = label.parcel_id WHERE parcel.order_id = ? ORDER BY label.requested_at DESC, label.id DESC LIMIT 1',
      standing(number)?.id ?? '',
    )[0]?.waybill

  const ask = async (input: Omit<Given, 'answer'>): Promise<ScanAnswer> => {
    const result = await station.desk.ask('packing.scan', { ...input, waitForLabel: true })
    if (!result.ok) throw new Error(`${input.code} was answered ${result.error.code} ${result.error.message}`)
    const parsed = scanAnswer.safeParse(result.value)
    must(parsed.success, 'an answer that is not of the contract', result.value)
    return result.value
  }
  const scan = async (which: number, mode: Given['mode'], code: string): Promise<ScanAnswer> => {
    const input = { bench: benches[which === 0 ? 0 : 1], mode, gesture: randomUUID(), code }
    const answer = await ask(input)
    given.push({ ...input, answer })
    count.scans += 1
    if (answer.verdict === 'handedOver') {
      count.shipments += 1
      shipped(answer)
    }
    return answer
  }

  /** Right after the answer: the order had nothing against it, and the box holds what its lines asked for. */
  const shipped = (answer: ScanAnswer): void => {
    const id = answer.order?.id ?? ''
    const [order] = file.all<Standing>('SELECT id, state, stop, hold FROM "order" WHERE id = ?', id)
    must(order?.stop === null && order.hold === null, 'handed over although it was stopped', order)
    const [last] = file.all<{ parcel: string; short: string | null; authorised: number }>(
      `SELECT s.parcel_id AS parcel, p.short_reason AS short,
         EXISTS (SELECT 1 FROM scan WHERE scan.parcel_id = p.id AND scan.code = ? AND scan.verdict = 'complete') AS authorised
       FROM shipment s JOIN parcel p ON p.id = s.parcel_id WHERE s.order_id = ? AND s.waybill = ?`,
      badges.boss,
      id,
      answer.label?.waybill ?? '',
    )
    if (last === undefined) throw new Error(`handed over without a shipment ${JSON.stringify(answer)}`)
    const asked = packedFor(asking.get(answer.order?.number ?? '') ?? [])
    const unitsOf = (where: string) =>
      new Map(
        file
          .all<Units>(
            `SELECT l.sku, sum(pl.quantity) AS units FROM shipment s JOIN parcel_line pl ON pl.parcel_id = s.parcel_id
             JOIN order_line l ON l.id = pl.line_id WHERE s.order_id = ? AND s.parcel_id ${where} ? GROUP BY l.sku`,
            id,
            last.parcel,
          )
          .map((row) => [row.sku, row.units]),
      )
    const box = unitsOf('=')
    const earlier = unitsOf('<>')
    const partial = last.short !== null && last.authorised === 1
    must(last.short === null || partial, 'short without a supervisor', last)
    for (const sku of new Set([...asked.keys(), ...box.keys()])) {
      const want = Math.max(0, (asked.get(sku) ?? 0) - (earlier.get(sku) ?? 0))
      const has = box.get(sku) ?? 0
      must(has === want || (partial && has < want), 'a box that is not its order', { sku, want, has, answer })
    }
  }

  const neededAt = (which: number) =>
    file.all<Units & { readonly kit: string | null }>(
      `SELECT l.sku, (SELECT k.sku FROM order_kit k WHERE k.id = l.kit_id) AS kit, l.quantity - coalesce((SELECT sum(pl.quantity) FROM parcel_line pl JOIN parcel q ON q.id = pl.parcel_id
           WHERE pl.line_id = l.id AND q.state IN ('open', 'packed', 'handedOver')), 0) AS units
       FROM bench b JOIN parcel p ON p.id = b.parcel_id JOIN order_line l ON l.order_id = p.order_id AND l.dropped = 0
       WHERE b.name = ? AND units > 0 ORDER BY l.position`,
      benches[which === 0 ? 0 : 1],
    )
  const scanNeeded = async (which: number, pack: boolean): Promise<ScanAnswer | null> => {
    const [next] = neededAt(which)
    if (next === undefined) return null
    if (pack && (next.kit === 'GIFT' || next.kit === 'TRIO')) {
      const whole = await scan(which, 'pack', kits[next.kit].code)
      if (whole.verdict !== 'wrongItem' && whole.verdict !== 'tooMany') return whole
      // Pieces of it are in already: the packer goes on piece by piece.
      await scan(which, 'pack', commandCode('OK'))
    }
    switch (next.sku) {
      case 'RED':
        return scan(which, 'pack', pack && next.units >= 6 ? codes.red6 : codes.red)
      case 'BLUE':
        return scan(which, 'pack', codes.blue)
      case 'TEA':
        return scan(which, 'pack', codes.tea)
      default: {
        const asked = await scan(which, 'pack', codes.sock)
        const choice = asked.choices.findIndex((one) => one.sku === next.sku)
        return choice < 0 ? asked : scan(which, 'pack', pickCode(choice + 1))
      }
    }
  }
  const leftOf = (number: string): Units[] =>
    file.all<Units>(
      `SELECT l.sku, sum(pl.quantity) AS units FROM shipment s JOIN parcel_line pl ON pl.parcel_id = s.parcel_id
       JOIN order_line l ON l.id = pl.line_id WHERE s.order_id = ? AND pl.quantity > 0 GROUP BY l.sku ORDER BY 1`,
      standing(number)?.id ?? '',
    )
  const shipmentsOf = (number: string): number =>
    file.all('SELECT id FROM shipment WHERE order_id = ?', standing(number)?.id ?? '').length
  const clearBench = async (which: number): Promise<void> => {
    await scan(which, 'pack', commandCode('OK'))
    const label = file.all<{ waybill: string }>(
      "SELECT json_extract(pending, '$.waybill') AS waybill FROM bench WHERE name = ? AND waybill IS NOT NULL",
      benches[which === 0 ? 0 : 1],
    )[0]
    if (label !== undefined) await scan(which, 'pack', label.waybill)
    await scan(which, 'pack', commandCode('NEXT'))
  }
  /** Ships a part, hears of a change, is released, and packs the rest. */
  const rest = async (step: Extract<Step, { kind: 'rest' }>): Promise<void> => {
    const number = pick(names, step.order) ?? ''
    const before = shipmentsOf(number)
    await clearBench(step.bench)
    await scan(step.bench, 'pack', number)
    for (let left = step.units; left > 0; left -= 1) {
      if (neededAt(step.bench).reduce((sum, one) => sum + one.units, 0) > 1)
        await scanNeeded(step.bench, false)
    }
    await scan(step.bench, 'pack', commandCode('PARTIAL'))
    await scan(step.bench, 'pack', badges.boss)
    await scan(step.bench, 'handover', waybillOf(number) ?? 'SF-NONE')
    const shipped = shipmentsOf(number)
    const open = standing(number)?.state === 'open'
    if (step.begun) {
      await clearBench(step.bench)
      await scan(step.bench, 'pack', number)
      await scanNeeded(step.bench, false)
    }
    await bring(step.order, step.change, step.more)
    await act('orders.release', number)
    if (step.planned) await plan(step.more % 2 === 0)
    const over = standing(number)?.state === 'handedOver'
    await finish(step.bench, number)
    await scan(step.bench, 'handover', waybillOf(number) ?? 'SF-NONE')
    if (shipped === before || !open || step.change === 'same') return
    count.overtaken += 1
    if (over) count.settled += 1
    else if (shipmentsOf(number) > shipped && standing(number)?.state === 'handedOver') count.rests += 1
  }
  /** A packer who knows the way: clears the bench, opens the order, puts in what is missing, scans the label. */
  const finish = async (which: number, number: string): Promise<void> => {
    await clearBench(which)
    let answer: ScanAnswer | null = await scan(which, 'pack', number)
    for (let left = 40; left > 0 && answer?.verdict !== 'complete'; left -= 1) {
      answer = await scanNeeded(which, left % 2 === 0)
      if (answer === null || answer.verdict === 'stopped') return
    }
    const row = file.all<{ pending: string | null }>(
      'SELECT pending FROM bench WHERE name = ?',
      benches[which === 0 ? 0 : 1],
    )[0]
    if (row?.pending?.includes('"countdown"') === true) answer = await scan(which, 'pack', commandCode('OK'))
    if (answer?.label) await scan(which, 'pack', answer.label.waybill)
  }

  const bring = async (index: number, change: Change, more: number): Promise<void> => {
    const at = index % upstream.length
    const was = upstream[at]
    if (was === undefined) return
    const { refund: _refund, ...plain } = was
    const { status: _status, ...alive } = was
    const next = ((): FileOrder => {
      switch (change) {
        case 'refund':
          return { ...was, refund: 'buyer asked for a refund' }
        case 'unrefund':
          return plain
        case 'cancel':
          return { ...was, status: 'cancelled' }
        case 'uncancel':
          return alive
        case 'quantity':
          return { ...was, lines: was.lines.map(([sku], line) => [sku, 1 + ((more + line) % 4)] as const) }
        case 'swap':
          return { ...was, lines: [...was.lines.slice(1), [sold[more] ?? 'RED', 1]] }
        case 'fewer':
          return {
            ...was,
            lines: was.lines.map(
              ([sku, units], line) => [sku, line === more % was.lines.length ? 1 : units] as const,
            ),
          }
        case 'twice': {
          const [sku, units] = was.lines[more % was.lines.length] ?? ['RED', 1]
          return {
            ...was,
            lines: [...was.lines.filter(([other]) => other !== sku), [sku, 1], [sku, units + (more % 2)]],
          }
        }
        case 'left': {
          const left = leftOf(was.number).map((row) => [row.sku, row.units] as const)
          return left.length === 0 ? was : { ...was, lines: left }
        }
        case 'address':
          return { ...was, address: `${more} Other Road` }
        case 'same':
          return was
      }
    })()
    upstream[at] = next
    if (next.status === undefined) asking.set(next.number, next.lines)
    if (change !== 'same') changed.add(next.number)
    await importOrders(station, [next], shop)
  }

  const repeat = async (back: number): Promise<void> => {
    const old = given[given.length - 1 - (back % Math.max(1, given.length))]
    if (old === undefined) return
    const before = file.rowCounts()
    const { answer: was, ...input } = old
    const answer = await ask(input)
    must(file.rowCounts() === before, 'a repeated gesture changed something', input)
    // The label is told with its state of now, and the order where it is planned now.
    const told = (one: ScanAnswer) =>
      JSON.stringify([
        one.gesture,
        one.at,
        one.mode,
        one.code,
        one.verdict,
        one.reason,
        one.order?.id,
        one.scanned,
        one.remaining,
        one.surplus,
        one.choices,
        changed.has(one.order?.number ?? '') ? null : one.expected,
      ])
    must(told(answer) === told(was), 'a repeated gesture was answered otherwise', [was, answer])
  }

  const plan = async (singles: boolean) => {
    const result = await station.desk.ask('waves.plan', { job: randomUUID(), shop, singles })
    must(result.ok || result.error.code !== 'core.bug', 'a plan broke the core', result)
  }
  const act = async (call: 'orders.hold' | 'orders.release', number: string) => {
    const id = standing(number)?.id
    if (id === undefined) return
    const result = await station.desk.ask(call, { id, reason: 'random' })
    must(result.ok || result.error.code === 'orderGone', `${call} was refused`, result)
    if (call === 'orders.release') changed.add(number)
  }

  const take = async (step: Step): Promise<void> => {
    switch (step.kind) {
      case 'open': {
        const number = pick(names, step.order) ?? ''
        const slot = file.all<{ wave: number; slot: number | null }>(
          'SELECT wave.number AS wave, w.slot FROM wave_order w JOIN wave ON wave.id = w.wave_id WHERE w.order_id = ?',
          standing(number)?.id ?? '',
        )[0]
        const code =
          step.by === 'slot' && slot !== undefined && slot.slot !== null
            ? slotCode(slot.wave, slot.slot)
            : number
        return void (await scan(step.bench, 'pack', code))
      }
      case 'wave':
        return void (await scan(step.bench, 'pack', waveCode(pick(waves(), step.wave) ?? 1)))
      case 'needed':
        return void (await scanNeeded(step.bench, step.pack))
      case 'finish': {
        const number = pick(names, step.order) ?? ''
        await finish(step.bench, number)
        if (step.ships) await scan(step.bench, 'handover', waybillOf(number) ?? 'SF-NONE')
        return
      }
      case 'code':
        return void (await scan(step.bench, 'pack', step.code))
      case 'badge':
        return void (await scan(step.bench, 'pack', step.boss ? badges.boss : badges.packer))
      case 'partial': {
        await scan(step.bench, 'pack', commandCode('PARTIAL'))
        const closed = await scan(step.bench, 'pack', badges.boss)
        if (step.ships && closed.label !== null) await scan(step.bench, 'handover', closed.label.waybill)
        return
      }
      case 'rest':
        return rest(step)
      case 'label':
        return void (await scan(step.bench, 'pack', waybillOf(pick(names, step.order) ?? '') ?? 'SF-NONE'))
      case 'ship':
        return void (await scan(
          step.bench,
          'handover',
          waybillOf(pick(names, step.order) ?? '') ?? 'SF-NONE',
        ))
      case 'shipCode':
        return void (await scan(step.bench, 'handover', step.code))
      case 'shipWave':
        return void (await scan(step.bench, 'handover', waveCode(pick(waves(), step.wave) ?? 1)))
      case 'upstream':
        return bring(step.order, step.change, step.more)
      case 'hold':
        return act('orders.hold', pick(names, step.order) ?? '')
      case 'release':
        return act('orders.release', pick(names, step.order) ?? '')
      case 'repeat':
        return repeat(step.back)
      case 'plan':
        return plan(step.singles)
    }
  }

  await importOrders(station, upstream, shop)
  for (const [index, rules] of plays.benches.entries())
    await station.desk.call('packing.setBench', { bench: benches[index === 0 ? 0 : 1], ...rules })
  if (plays.planned) await plan(true)
  try {
    for (const step of plays.steps) await take(step)
    const found = faultsOf(file, shop)
    must(found.length === 0, 'the file is wrong:', found)
    count.sequences += 1
  } finally {
    // What is left of this day is nobody's next item.
    for (const number of names) {
      const id = standing(number)?.id
      if (id !== undefined) await station.desk.ask('orders.hold', { id, reason: 'over' })
    }
  }
}

/** What must hold of one shop's parcels whatever was scanned. Each rule is a statement that finds its breakers. */
export function faultsOf(file: DataFile, shop: string): string[] {
  const mine = `SELECT p.id FROM parcel p JOIN "order" o ON o.id = p.order_id JOIN shop ON shop.id = o.shop_id WHERE shop.name = ?`
  const rules: readonly (readonly [string, string])[] = [
    [
      'a parcel shipped twice',
      `SELECT parcel_id FROM shipment WHERE parcel_id IN (${mine}) GROUP BY 1 HAVING count(*) > 1`,
    ],
    [
      'a waybill shipped twice',
      `SELECT a.waybill FROM shipment a JOIN shipment b ON b.courier_id = a.courier_id AND b.waybill = a.waybill AND b.id <> a.id WHERE a.parcel_id IN (${mine})`,
    ],
    [
      'two live labels on a parcel',
      `SELECT parcel_id FROM label WHERE state <> 'void' AND parcel_id IN (${mine}) GROUP BY 1 HAVING count(*) > 1`,
    ],
    [
      'a number on two labels',
      `SELECT a.waybill FROM label a JOIN label b ON b.courier_id = a.courier_id AND b.waybill = a.waybill AND b.id <> a.id WHERE a.parcel_id IN (${mine})`,
    ],
    ['fewer than no units', `SELECT * FROM parcel_line WHERE quantity < 0 AND parcel_id IN (${mine})`],
    [
      'a kit counted in part',
      `SELECT seq, code, units FROM scan WHERE parcel_id IN (${mine})
         AND code IN ('GIFT', 'TRIO', ${kitCodes.map((code) => `'${code}'`).join(', ')}) AND units NOT IN (0, 3)`,
    ],
    [
      'a box that is not the sum of its scans',
      `WITH mine AS (${mine}), put AS (
         SELECT scan.parcel_id, json_extract(j.value, '$[0]') AS line_id, sum(json_extract(j.value, '$[1]')) AS units
         FROM scan, json_each(scan.puts) j WHERE scan.parcel_id IN mine GROUP BY 1, 2)
       SELECT pl.parcel_id, pl.line_id, pl.quantity, put.units FROM parcel_line pl
         LEFT JOIN put ON put.parcel_id = pl.parcel_id AND put.line_id = pl.line_id
         WHERE pl.parcel_id IN mine AND pl.quantity <> coalesce(put.units, 0)
       UNION ALL SELECT put.parcel_id, put.line_id, pl.quantity, put.units FROM put
         LEFT JOIN parcel_line pl ON put.parcel_id = pl.parcel_id AND put.line_id = pl.line_id
         WHERE coalesce(pl.quantity, 0) <> put.units`,
    ],
    [
      'a live box with more of a line than a free order asks for',
      `SELECT l.id, l.quantity, sum(pl.quantity) AS boxed FROM order_line l JOIN parcel_line pl ON pl.line_id = l.id
         JOIN parcel q ON q.id = pl.parcel_id JOIN "order" o ON o.id = l.order_id WHERE q.id IN (${mine}) AND o.stop IS NULL
         AND l.dropped = 0 AND q.state IN ('open', 'packed', 'handedOver')
         GROUP BY l.id HAVING boxed > l.quantity AND sum(pl.quantity * (q.state <> 'handedOver')) > 0`,
    ],
    [
      'an order that asks the packer for more or less of a SKU than is missing',
      `WITH gone AS (SELECT pl.line_id, sum(pl.quantity) AS units FROM parcel_line pl JOIN parcel q ON q.id = pl.parcel_id
         WHERE q.id IN (${mine}) AND q.state = 'handedOver' GROUP BY 1)
       SELECT o.number, l.sku, sum((1 - l.dropped) * max(0, l.quantity - coalesce(gone.units, 0))) AS asks,
           max(0, sum((1 - l.dropped) * l.quantity) - sum(coalesce(gone.units, 0))) AS missing
         FROM "order" o JOIN order_line l ON l.order_id = o.id LEFT JOIN gone ON gone.line_id = l.id
         WHERE o.id IN (SELECT l.order_id FROM gone JOIN order_line l ON l.id = gone.line_id) AND o.state <> 'handedOver'
         GROUP BY o.id, l.sku HAVING asks <> missing`,
    ],
    [
      'open although all that it asks for has left',
      `SELECT o.number FROM "order" o WHERE o.id IN (SELECT order_id FROM parcel WHERE id IN (${mine}) AND state = 'handedOver')
         AND o.state = 'open' AND o.stop IS NULL AND o.hold IS NULL
         AND NOT EXISTS (SELECT 1 FROM parcel q WHERE q.order_id = o.id AND q.state IN ('open', 'packed'))
         AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.dropped = 0 AND l.quantity > coalesce(
           (SELECT sum(pl.quantity) FROM parcel_line pl JOIN parcel q ON q.id = pl.parcel_id
             WHERE pl.line_id = l.id AND q.state = 'handedOver'), 0))`,
    ],
    [
      'gone without a shipment, or a shipment that has not gone',
      `SELECT q.id FROM parcel q WHERE q.id IN (${mine})
         AND (q.state = 'handedOver') <> EXISTS (SELECT 1 FROM shipment s WHERE s.parcel_id = q.id)`,
    ],
    [
      'two live boxes for one order',
      `SELECT order_id FROM parcel WHERE state IN ('open', 'packed') AND id IN (${mine}) GROUP BY 1 HAVING count(*) > 1`,
    ],
    [
      'a box on two benches or one that is not live',
      `SELECT q.id FROM parcel q WHERE q.id IN (${mine}) AND ((SELECT count(*) FROM bench WHERE parcel_id = q.id) > 1
         OR (q.state NOT IN ('open', 'packed') AND EXISTS (SELECT 1 FROM bench WHERE parcel_id = q.id)))`,
    ],
  ]
  return rules.flatMap(([what, text]) => file.all(text, shop).map((row) => `${what}: ${JSON.stringify(row)}`))
}
