import type { WaveRow } from '#shared/contract/waves.ts'
import type { Reader } from '#electron/db/query.ts'
import { waveIdByNumber, waveRowById } from './repository.ts'

export type StoredWave = NonNullable<ReturnType<typeof waveRowById>>

/** A wave by its id, its number (142) or its name (W-0142). */
export function findWave(db: Reader, id: string | number): StoredWave | undefined {
  const text = String(id)
  const number = /^(?:W-)?0*([1-9]\d*)$/.exec(text)?.[1]
  const found = number === undefined ? text : waveIdByNumber(db, { number: Number(number) })?.id
  return found === undefined ? undefined : waveRowById(db, { id: found })
}

export function rowOf(db: Reader, id: string): WaveRow | undefined {
  const row = waveRowById(db, { id })
  return row === undefined ? undefined : waveRow(row)
}

export function waveRow(row: StoredWave): WaveRow {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    theme: row.theme,
    state: row.state,
    strategy: row.strategy,
    createdAt: row.created_at,
    shipBy: row.ship_by,
    dueAt: row.due_at ?? row.ship_by,
    picker: row.picker,
    revision: row.revision,
    orders: row.orders,
    packed: row.packed,
    stopped: row.stopped,
    lines: row.lines,
    units: row.units,
    picked: row.picked,
    distanceMm: row.distance_mm,
    seconds: row.seconds,
    couriers: Object.entries(JSON.parse(row.couriers) as Record<string, number>)
      .filter(([name]) => name !== '')
      .map(([name, orders]) => ({ name, orders })),
  }
}
