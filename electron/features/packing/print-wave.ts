import { setImmediate } from 'node:timers/promises'
import { stopGate } from '#shared/domain/packing/stop-gate.ts'
import type { Writer } from '#electron/db/query.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { type PrintService, requestLabel } from '#electron/features/labels/index.ts'
import { type BenchRow, insertParcel, orderFacts, ordersOfWave } from './repository.ts'

export interface WavePrinted {
  printed: number
  /** Orders without a label from this, with the reason. */
  left: { order: string; reason: { code: string; params?: Record<string, string | number> } }[]
}

/**
 * Prints the labels of a wave before it is packed, in the order of its list or in reverse, so that the stack of labels
 * and the list agree. Each order gets its box and its number now; what is stopped gets none. An order that has a label
 * already is left as it is.
 */
export async function printWave(
  core: AreaContext,
  call: CallContext,
  printing: PrintService,
  bench: BenchRow,
  { wave, reversed }: { readonly wave: string; readonly reversed: boolean },
): Promise<WavePrinted> {
  const all = ordersOfWave(core.db, { wave })
  const done: WavePrinted = { printed: 0, left: [] }
  for (const [at, { id }] of (reversed ? all.toReversed() : all).entries()) {
    if (call.signal.aborted) break
    const label = core.db.transaction((tx) => labelFor(tx, core, bench, id, done))
    if (label !== null) {
      printing.print(label)
      done.printed += 1
    }
    call.progress('labels', at + 1, all.length)
    await setImmediate()
  }
  core.announce('packing', 'orders', 'waves', 'labels')
  return done
}

function labelFor(
  tx: Writer,
  core: AreaContext,
  bench: BenchRow,
  id: string,
  done: WavePrinted,
): string | null {
  const order = orderFacts(tx, id)
  if (order === null || order.state !== 'open' || order.parcel !== null) return null
  const now = core.clock.now()
  const gate = stopGate(order, 'label', now)
  if (gate.kind === 'stop') {
    done.left.push({ order: order.number, reason: { code: gate.code } })
    return null
  }
  const parcel = core.ids.next()
  insertParcel(tx, { id: parcel, order: id, bench: bench.id, at: now, operator: bench.operator_id })
  const label = requestLabel(tx, core, {
    id: parcel,
    orderId: id,
    printerId: bench.printer_id,
    operatorId: bench.operator_id,
  })
  // The box is open without a label then: the bench asks for one when it is packed.
  if (label.ok) return label.value.id
  const { code, params } = label.error
  done.left.push({
    order: order.number,
    reason: params === undefined ? { code } : { code, params: { ...params } },
  })
  return null
}
