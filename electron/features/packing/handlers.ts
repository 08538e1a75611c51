import type { ScanAnswer } from '#shared/contract/packing.ts'
import { type Command, commandCode } from '#shared/domain/packing/codes.ts'
import type { Pending } from '#shared/domain/packing/situation.ts'
import { fail, ok } from '#shared/support/result.ts'
import type { AreaContext, Caller, Handlers } from '#electron/features/area.ts'
import type { InputService, PrinterWatch } from '#electron/features/devices/index.ts'
import type { PrintService } from '#electron/features/labels/index.ts'
import { actsAsSupervisor } from '#electron/features/operators/index.ts'
import { findWave as waveOf } from '#electron/features/waves/index.ts'
import { benchState } from './bench-state.ts'
import {
  type BenchRow,
  benchByName,
  benchesGoingOn,
  benchNames,
  firstPrinter,
  insertBench,
  printerByName,
  saveBenchRules,
} from './repository.ts'
import { printWave } from './print-wave.ts'
import { createWeighDesk } from './weigh-desk.ts'
import { weightHandlers } from './weight-handlers.ts'
import { weighingOf } from './weights.ts'
import { handOverScan, packScan, type Scan, type Scanned } from './scan.ts'

type Calls =
  | 'packing.benches'
  | 'packing.bench'
  | 'packing.weight'
  | 'packing.setBench'
  | 'packing.printWave'
  | 'packing.scan'
  | 'weights.list'
  | 'weights.forget'

/** A person stands at the screen: errors wait for OK, the label for a moment, the box for its label. */
const attended = { countdown_ms: 2000, errors_wait: 1, check_label: 1 }
/** A command line is nobody who could look: it is answered and goes on. */
const unattended = { countdown_ms: 0, errors_wait: 0, check_label: 0, weigh: 'off' } as const

export interface PackingArea {
  readonly handlers: Handlers<Calls>
  /** After a start: what was waited for while the core was away is waited for again, and countdowns are finished. */
  recover(): void
  close(): void
}

export function packingArea(
  core: AreaContext,
  printing: PrintService,
  watch: PrinterWatch,
  listening: InputService,
): PackingArea {
  const countdowns = new Map<string, NodeJS.Timeout>()
  const desk = createWeighDesk(listening, weighItself)
  const state = (row: BenchRow) => benchState(core, watch, desk, row)

  function bench(name: string, caller: Caller): BenchRow {
    const known = benchByName(core.db, { name })
    if (known !== undefined) return known
    return core.db.transaction((tx) => {
      const rules = caller.kind === 'cli' ? unattended : attended
      insertBench(tx, {
        id: core.ids.next(),
        name,
        printer: firstPrinter(tx, {})?.id ?? null,
        countdown: rules.countdown_ms,
        errors: rules.errors_wait,
        check: rules.check_label,
      })
      const made = benchByName(tx, { name })
      if (made === undefined) throw new Error(`bench ${name} was not made`)
      return made
    })
  }

  function scan(
    name: string,
    mode: 'pack' | 'handover',
    one: Scan & { readonly unattended: boolean },
    caller: Caller,
  ): Scanned {
    printing.start()
    const made = bench(name, caller)
    // Saying that nobody looks at a screen does away with checks as a setting does.
    const at = one.unattended && actsAsSupervisor(core, caller) ? { ...made, ...unattended } : made
    const done =
      mode === 'pack' ? packScan(core, at, one, desk.look(name), printing) : handOverScan(core, at, one)
    if (done.bench !== name) return done
    if (done.label !== null) printing.print(done.label)
    if (mode === 'pack') goOn(name, made.weigh === 'check', done.answer)
    core.announce('packing', 'orders', 'waves', 'shipments')
    return done
  }

  /** What a bench does by itself is a scan that nobody made: the same path, the same checks. */
  function itself(name: string, what: 'countdown' | 'weight', command: Command): void {
    const gesture = `${what}-${core.ids.next()}`
    const code = commandCode(command)
    scan(
      name,
      'pack',
      { gesture, code, unattended: false, scanner: 'any', at: core.clock.now() },
      { kind: 'page', operator: null },
    )
  }

  /** Unless the box was taken off the bench meanwhile: its order can be released from another page. */
  function weighItself(name: string): void {
    const pending = benchByName(core.db, { name })?.pending ?? null
    if (pending !== null && (JSON.parse(pending) as Pending).kind === 'weight')
      itself(name, 'weight', 'WEIGH')
    else desk.wait(name, null)
  }

  function goOn(name: string, weighs: boolean, answer?: ScanAnswer): void {
    clearTimeout(countdowns.get(name))
    countdowns.delete(name)
    // A command may leave a countdown running: a badge is scanned while it ticks.
    const mayCount = answer === undefined || answer.verdict === 'complete' || answer.verdict === 'command'
    if (!mayCount && !weighs) return
    const row = benchByName(core.db, { name })
    const pending = row?.pending === null || row === undefined ? null : (JSON.parse(row.pending) as Pending)
    if (weighs) desk.wait(name, pending?.kind === 'weight' ? pending : null)
    if (pending?.kind !== 'countdown' || !mayCount) return
    const left = Date.parse(pending.until) - Date.parse(core.clock.now())
    const timer = setTimeout(
      () => {
        countdowns.delete(name)
        itself(name, 'countdown', 'OK')
      },
      // A clock that was set back must not hold the label for an hour.
      Math.min(Math.max(0, left), row?.countdown_ms ?? 0),
    )
    countdowns.set(name, timer)
  }

  return {
    handlers: {
      'packing.benches': () => ok({ benches: benchNames(core.db, {}) }),
      'packing.bench': (input, call) => ok(state(bench(input.bench, call.caller))),
      'packing.weight': (input, call) => {
        const row = bench(input.bench, call.caller)
        const { reading } = desk.look(row.name)
        const grams = reading.kind === 'stable' ? reading.grams : null
        const weighing = row.parcel_id === null ? null : weighingOf(core.db, row.parcel_id)
        const baseG = weighing?.baseG ?? null
        return ok({
          kind: reading.kind === 'none' ? reading.why : reading.kind,
          grams,
          netGrams: grams === null || baseG === null ? null : grams - baseG,
        })
      },
      'packing.setBench': (input, call) => {
        const row = bench(input.bench, call.caller)
        const printer =
          input.printer === undefined
            ? row.printer_id
            : input.printer === null
              ? null
              : printerByName(core.db, { name: input.printer })?.id
        if (printer === undefined) {
          return fail('printerUnknown', `There is no printer ${input.printer}`, {
            printer: input.printer ?? '',
          })
        }
        const loosens =
          (input.weigh === 'off' && row.weigh === 'check') ||
          (input.checkLabel === false && row.check_label === 1)
        if (loosens && !actsAsSupervisor(core, call.caller))
          return fail('supervisorOnly', 'Only a supervisor may have a bench check less')
        core.db.transaction((tx) =>
          saveBenchRules(tx, {
            id: row.id,
            printer,
            mode: input.printMode ?? row.print_mode,
            countdown: input.countdownMs ?? row.countdown_ms,
            errors: input.errorsWait === undefined ? row.errors_wait : Number(input.errorsWait),
            check: input.checkLabel === undefined ? row.check_label : Number(input.checkLabel),
            weigh: input.weigh ?? row.weigh,
          }),
        )
        // Labels that waited for the bench to have a printer.
        if (input.printer !== undefined) printing.again()
        core.announce('packing')
        return ok(state(bench(input.bench, call.caller)))
      },
      'packing.printWave': async ({ bench: name, wave, reversed }, call) => {
        const found = waveOf(core.db, wave)
        if (found === undefined)
          return fail('waveUnknown', `There is no wave ${wave}`, { wave: String(wave) })
        const at = bench(name, call.caller)
        // Labels asked for now would wait in the ledger for a printer, and the stack of them would never come.
        if (at.printer_id === null) return fail('benchNoPrinter', `${name} has no printer`, { bench: name })
        return ok(await printWave(core, call, printing, at, { wave: found.id, reversed }))
      },
      'packing.scan': async (input, call) => {
        const { gesture, code, unattended = false, role: scanner, aim } = input
        const done = scan(
          input.bench,
          input.mode,
          { gesture, code, unattended, scanner, ...(aim !== undefined && { aim }), at: core.clock.now() },
          call.caller,
        )
        if (done.bench !== input.bench)
          return fail('countedElsewhere', `This scan was counted at ${done.bench} already`, {
            bench: done.bench,
          })
        if (input.waitForLabel !== true || done.answer.label === null) return ok(done.answer)
        await printing.settled(done.answer.label.id)
        const state = printing.stateOf(done.answer.label.id) ?? done.answer.label.state
        return ok({ ...done.answer, label: { ...done.answer.label, state } })
      },
      ...weightHandlers(core),
    },
    recover: () => {
      for (const { name } of benchesGoingOn(core.db, {})) goOn(name, true)
    },
    close: () => {
      for (const timer of countdowns.values()) clearTimeout(timer)
      desk.close()
    },
  }
}
