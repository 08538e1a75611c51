import type { BenchState } from '#shared/contract/packing.ts'
import { inBox } from '#shared/domain/packing/decide-weight.ts'
import type { Pending } from '#shared/domain/packing/situation.ts'
import { expectedWeight } from '#shared/domain/packing/weight.ts'
import { dayBounds, dayIn } from '#shared/support/zoned-day.ts'
import type { AreaContext } from '#electron/features/area.ts'
import { heldLabels, reasonOfLabel } from '#electron/features/labels/index.ts'
import { general } from '#electron/features/settings/index.ts'
import { answerOf } from './answer.ts'
import { stateShown, type PrinterWatch } from '#electron/features/devices/index.ts'
import {
  type BenchRow,
  labelsInDoubt,
  operatorById,
  orderFacts,
  orderNotes,
  orderOfParcel,
  orderWeight,
  packedSince,
  printerName,
  queueHead,
  scanBySeq,
  shelvesOf,
  waveById,
  waveProgress,
} from './repository.ts'
import type { WeighDesk } from './weigh-desk.ts'
import { knownWeights } from './weights.ts'

/** All that the bench screen shows. Nothing of it lives only in memory: a core that restarts says the same. */
export function benchState(
  core: AreaContext,
  watch: PrinterWatch,
  desk: WeighDesk,
  bench: BenchRow,
): BenchState {
  const { db, clock } = core
  const { zone } = general(db)
  const parcelOrder = bench.parcel_id === null ? undefined : orderOfParcel(db, { parcel: bench.parcel_id })
  const facts = parcelOrder === undefined ? null : orderFacts(db, parcelOrder.order_id)
  const last = bench.last_scan === null ? undefined : scanBySeq(db, { seq: bench.last_scan })
  const operator = bench.operator_id === null ? undefined : operatorById(db, { id: bench.operator_id })
  const queue = queueHead(db, {})
  const today = dayBounds(zone, dayIn(zone, clock.now())).from
  return {
    id: bench.id,
    name: bench.name,
    printMode: bench.print_mode,
    countdownMs: bench.countdown_ms,
    errorsWait: bench.errors_wait === 1,
    checkLabel: bench.check_label === 1,
    weigh: bench.weigh,
    printer: bench.printer_id === null ? null : (printerName(db, { id: bench.printer_id })?.name ?? null),
    printerState: bench.printer_id === null ? null : stateShown(watch.known(bench.printer_id)),
    doubts: labelsInDoubt(db, { bench: bench.id }).map(({ waybill, order, slot }) => ({
      waybill,
      order,
      slot,
    })),
    operator: operator ?? null,
    wave: waveState(core, bench.wave_id),
    order: facts === null ? null : orderState(core, desk, bench, facts),
    pending: pendingState(core, bench, facts),
    label: labelState(core, facts),
    unprinted: heldLabels(db, {})?.count ?? 0,
    last: last === undefined ? null : answerOf(db, last),
    packedToday: packedSince(db, { bench: bench.id, at: today })?.packed ?? 0,
    nextShipBy: queue?.ship_by ?? null,
    waiting: queue?.waiting ?? 0,
  }
}

function waveState({ db }: AreaContext, id: string | null): BenchState['wave'] {
  const wave = id === null ? undefined : waveById(db, { id })
  if (wave === undefined) return null
  const progress = waveProgress(db, { wave: wave.id })
  return {
    id: wave.id,
    number: wave.number,
    kind: wave.kind,
    done: progress?.done ?? 0,
    orders: progress?.orders ?? 0,
    shipBy: wave.ship_by,
  }
}

type Facts = NonNullable<ReturnType<typeof orderFacts>>

function labelState({ db }: AreaContext, facts: Facts | null): BenchState['label'] {
  const label = facts?.parcel?.label ?? null
  return label === null
    ? null
    : { ...label, reason: '', notWhole: '', ...reasonOfLabel(db, { label: label.id }) }
}

function orderState(
  { db }: AreaContext,
  desk: WeighDesk,
  bench: BenchRow,
  facts: Facts,
): BenchState['order'] {
  const notes = orderNotes(db, { id: facts.id })
  const weight = orderWeight(db, { id: facts.id })
  return {
    id: facts.id,
    number: facts.number,
    shop: facts.shop,
    slot: facts.slot,
    shipBy: notes?.ship_by ?? null,
    courier: notes?.courier ?? null,
    buyerNote: notes?.buyer_note ?? '',
    sellerNote: notes?.seller_note ?? '',
    knownAt: facts.knownAt,
    stop: facts.stop,
    hold: facts.hold,
    lines: items(db, facts),
    expectedWeightG: weight === undefined || weight.unknown > 0 ? null : weight.grams,
    inBox:
      bench.weigh === 'off'
        ? null
        : expectedWeight(inBox(facts.lines), knownWeights(db, facts.id), desk.look(bench.name).stepG),
  }
}

function items(db: AreaContext['db'], facts: Facts) {
  const shelves = shelvesOf(
    db,
    facts.lines.flatMap((line) => line.productId ?? []),
  )
  const kits = [...new Set(facts.lines.flatMap((line) => line.kit?.id ?? []))]
  return facts.lines.map((line) => ({
    sku: line.sku,
    title: line.title,
    spec: line.spec,
    picture: line.picture,
    location: line.productId === null ? null : (shelves.get(line.productId) ?? null),
    quantity: line.quantity - line.shipped,
    packed: line.packed,
    kit:
      line.kit === null
        ? null
        : {
            nth: kits.indexOf(line.kit.id) + 1,
            sku: line.kit.sku,
            title: line.kit.title,
            quantity: line.kit.quantity,
          },
  }))
}

function pendingState({ db }: AreaContext, bench: BenchRow, facts: Facts | null): BenchState['pending'] {
  const pending = bench.pending === null ? null : (JSON.parse(bench.pending) as Pending)
  switch (pending?.kind) {
    case undefined:
      return null
    case 'error':
      return { kind: 'error' }
    case 'countdown':
      return { kind: 'countdown', until: pending.until }
    case 'badge':
      return { kind: 'badge', act: pending.act }
    case 'reason':
      return { kind: 'reason', waybill: facts?.parcel?.label?.waybill ?? '' }
    case 'weight':
      return { kind: 'weight', expected: pending.expected, got: pending.gotG }
    case 'release':
      return { kind: 'release', expected: pending.weight.expected, got: pending.weight.gotG }
    case 'choice': {
      const shelves = shelvesOf(
        db,
        pending.choices.flatMap((choice) => choice.productId ?? []),
      )
      return {
        kind: 'choice',
        choices: pending.choices.map(({ productId, sku, title, spec, picture }) => ({
          sku,
          title,
          spec,
          picture,
          location: productId === null ? null : (shelves.get(productId) ?? null),
        })),
      }
    }
    case 'label':
      return {
        kind: 'label',
        waybill: pending.waybill,
        contents:
          facts === null
            ? []
            : items(db, facts)
                .filter((item) => item.packed > 0)
                .map(({ packed, kit: _kit, ...item }) => ({ ...item, quantity: packed })),
      }
  }
}
