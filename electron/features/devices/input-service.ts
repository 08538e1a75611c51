import type { InputDevice } from '#shared/contract/devices.ts'
import { visibleCode } from '#shared/domain/devices/codes/visible-code.ts'
import { cleanCode } from '#shared/domain/packing/codes.ts'
import type { AreaContext } from '#electron/features/area.ts'
import type { ScaleReading } from '#electron/ports/scale.ts'
import type { LinkState, OpenInput, RawScan } from '#electron/ports/scanner.ts'
import { benchNames, type InputRow, inputs } from './repository.ts'

/** Holds the scanners and scales that are driven directly open, and passes on what they say. */
export interface InputService {
  /** Opens what is set up and lets go what is no longer; call it again after every change. */
  refresh(): Promise<void>
  stateOf(id: string): Pick<InputDevice, 'link' | 'last' | 'weight'>
  /** What the scale of a bench says now; undefined without a scale, or when it is silent. */
  weightAt(bench: string): Heard | undefined
  /** Told after everything that a bench's scale says, and when it comes or goes. Returns what ends it. */
  onWeight(listener: (bench: string) => void): () => void
  close(): Promise<void>
}

export interface Heard {
  readonly reading: ScaleReading
  /** ISO-8601 UTC. */
  readonly at: string
}

interface Opened {
  readonly row: InputRow
  readonly input: OpenInput
  link: LinkState | null
  last: InputDevice['last']
  reading: Heard | undefined
}

export function createInputService(core: AreaContext): InputService {
  const opened = new Map<string, Opened>()
  const weightListeners = new Set<(bench: string) => void>()
  const scaleOf = (bench: string | null) =>
    [...opened.values()].find(({ row }) => row.kind === 'scale' && row.bench === bench)
  /** A scale of no bench, as they could be set up once, is that of each bench that has none of its own. */
  const scaleAt = (bench: string) => scaleOf(bench) ?? scaleOf(null)
  const benchesOf = ({ bench }: InputRow) =>
    bench === null
      ? benchNames(core.db, {}).flatMap(({ name }) => (scaleOf(name) === undefined ? [name] : []))
      : [bench]
  const tellWeight = (row: InputRow) => {
    if (row.kind !== 'scale') return
    for (const bench of benchesOf(row)) for (const listener of weightListeners) listener(bench)
  }
  let turn: Promise<unknown> = Promise.resolve()

  function open(row: InputRow): void {
    const settings = JSON.parse(row.settings) as InputDevice['settings']
    const link = (state: LinkState) => {
      const one = opened.get(row.id)
      if (one === undefined || JSON.stringify(one.link) === JSON.stringify(state)) return
      one.link = state
      one.reading = undefined
      core.log(state.kind === 'open' ? 'info' : 'warn', 'input', { name: row.name, link: state.kind })
      core.announce('devices', ...(row.kind === 'scale' ? (['scales'] as const) : []))
      tellWeight(row)
    }
    const place = { address: row.address, ...(settings.serial && { serial: given(settings.serial) }) }
    const late: { input?: OpenInput } = {}
    opened.set(row.id, {
      row,
      input: { close: async () => late.input?.close() },
      link: null,
      last: null,
      reading: undefined,
    })
    if (row.kind === 'scale') {
      const way = row.way === 'hidScale' ? 'hidScale' : 'serial'
      late.input = core.openScale(
        { way, protocol: settings.protocol ?? (way === 'hidScale' ? 'hid' : 'toledo'), ...place },
        { link, reading: (reading) => weigh(row, reading) },
      )
    } else if (row.way !== 'hidScale') {
      late.input = core.openScanner({ way: row.way, ...place }, { link, scan: (scan) => hear(row, scan) })
    }
  }

  function hear(row: InputRow, scan: RawScan): void {
    // The rest of a suffix behind its Enter, or a line's noise when it is plugged in: nobody scanned anything.
    if (cleanCode(scan.text) === '') return
    const at = core.clock.now()
    const one = opened.get(row.id)
    if (one !== undefined) one.last = { at, text: visibleCode(scan.text, 60) }
    core.emitScan({
      type: 'scanned',
      bench: row.bench,
      device: row.name,
      role: row.role,
      code: scan.text,
      ...(scan.aim !== undefined && { aim: scan.aim }),
      at,
      gesture: core.ids.next(),
    })
  }

  function weigh(row: InputRow, reading: ScaleReading): void {
    const one = opened.get(row.id)
    if (one === undefined) return
    const before = one.reading?.reading
    one.reading = { reading, at: core.clock.now() }
    // Pages are told of a weight that stands and of its leaving, not of every swing.
    if (JSON.stringify(before) === JSON.stringify(reading)) return
    if (before === undefined || !swings(before) || !swings(reading)) core.announce('scales')
    tellWeight(row)
  }

  async function refresh(): Promise<void> {
    const rows = inputs(core.db, {})
    for (const one of opened.values()) {
      const row = rows.find(({ id }) => id === one.row.id)
      if (row !== undefined && JSON.stringify(row) === JSON.stringify(one.row)) continue
      opened.delete(one.row.id)
      await one.input.close()
      tellWeight(one.row)
    }
    for (const row of rows) if (!opened.has(row.id)) open(row)
    core.announce('devices', 'scales')
  }

  return {
    refresh: () => (turn = turn.then(refresh)) as Promise<void>,
    stateOf: (id) => {
      const { link, last, reading } = opened.get(id) ?? {}
      if (link === undefined || link === null)
        return { link: { kind: 'waiting', reason: '' }, last: null, weight: null }
      return {
        link: { kind: link.kind, reason: link.kind === 'gone' ? link.reason : '' },
        last: last ?? null,
        weight: reading === undefined ? null : weightShown(reading),
      }
    },
    weightAt: (bench) => scaleAt(bench)?.reading,
    onWeight: (listener) => {
      weightListeners.add(listener)
      return () => weightListeners.delete(listener)
    },
    close: async () => {
      await turn
      await Promise.all([...opened.values()].map(({ input }) => input.close()))
      opened.clear()
    },
  }
}

/** The same settings without what was left open. */
function given<T extends object>(settings: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

const swings = (reading: ScaleReading): boolean =>
  reading.kind === 'moving' || (reading.kind === 'weight' && !reading.stable)

const weightShown = ({ reading, at }: Heard): InputDevice['weight'] =>
  reading.kind === 'weight'
    ? { kind: 'weight', grams: reading.grams, stable: reading.stable, at }
    : { kind: reading.kind, grams: null, stable: false, at }
