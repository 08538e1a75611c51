import type { CallName, Output, ParsedInput } from '#shared/contract/index.ts'
import type { PrinterProfile } from '#shared/domain/devices/printer-profiles.ts'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { OpenDatabase } from '#electron/db/open.ts'
import type { Clock } from '#electron/ports/clock.ts'
import type { DeviceFinder } from '#electron/ports/device-finder.ts'
import type { DocumentPrinter } from '#electron/ports/document-printer.ts'
import type { DocumentPress, PaperWork } from '#electron/ports/document-press.ts'
import type { HeldFiles } from '#electron/ports/held-files.ts'
import type { Ids } from '#electron/ports/ids.ts'
import type { LabelPress } from '#electron/ports/label-press.ts'
import type { OpenPrinter } from '#electron/ports/label-printer.ts'
import type { OrderReader } from '#electron/ports/order-reader.ts'
import type { PlanDesk } from '#electron/ports/plan-desk.ts'
import type { Pictures } from '#electron/ports/pictures.ts'
import type { Secrets } from '#electron/ports/secrets.ts'
import type { OpenComponent } from '#electron/ports/print-component.ts'
import type { OpenScale } from '#electron/ports/scale.ts'
import type { OpenScanner } from '#electron/ports/scanner.ts'
import type { SimulatedJobs } from '#electron/ports/simulated-jobs.ts'
import type { TableFiles } from '#electron/ports/table-files.ts'

/** What every area is given; nothing else reaches the outside. */
export interface AreaContext {
  readonly dataDir: string
  readonly db: OpenDatabase
  /** Long work waits here between its commits, so that the database's log does not grow without end. */
  logRoom(): Promise<void>
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: Secrets
  readonly tables: TableFiles
  readonly orderReader: OrderReader
  readonly labelPress: LabelPress
  readonly documents: DocumentPress
  readonly openPrinter: OpenPrinter
  readonly documentPrinter: DocumentPrinter
  readonly openComponent: OpenComponent
  readonly openScanner: OpenScanner
  readonly openScale: OpenScale
  readonly deviceFinder: DeviceFinder
  readonly printerProfiles: readonly PrinterProfile[]
  readonly simulatedJobs: SimulatedJobs
  readonly heldFiles: HeldFiles
  readonly pictures: Pictures
  readonly planDesk: PlanDesk
  /** Call it after the commit: whoever shows one of these topics asks again. */
  announce(...topics: readonly Topic[]): void
  /** Hands a scan to the pages. */
  emitScan(scan: Extract<CoreEvent, { type: 'scanned' }>): void
  log(
    level: 'info' | 'warn' | 'error',
    message: string,
    detail?: Readonly<Record<string, string | number | boolean>>,
  ): void
}

export type Topic =
  | 'orders'
  | 'catalog'
  | 'waves'
  | 'packing'
  | 'labels'
  | 'shipments'
  | 'imports'
  | 'devices'
  | 'scales'
  | 'operators'
  | 'settings'
  | 'backup'

export interface Caller {
  /** Who is signed in on this connection. */
  operator: {
    readonly id: string
    readonly name: string
    readonly role: 'picker' | 'packer' | 'supervisor'
  } | null
  /** `page`, or `cli`: a command line of the same user of the machine, which counts as a supervisor. */
  readonly kind: 'page' | 'cli'
}

export interface CallContext {
  readonly caller: Caller
  /** Set when the caller cancels the call by its job id. */
  readonly signal: AbortSignal
  progress(phase: string, done: number, total: number): void
}

/** Makes a paper for a call: its caller is told the pages, and may give it up. */
export async function makePaper(
  call: CallContext,
  make: (work: PaperWork) => Promise<Uint8Array>,
): Promise<Result<Uint8Array>> {
  try {
    return ok(
      await make({
        signal: call.signal,
        progress: (done, total) => call.progress('pages', done, total),
      }),
    )
  } catch (error) {
    if (!call.signal.aborted) throw error
    return fail('paperCancelled', 'Cancelled; no file was made')
  }
}

export type Handler<N extends CallName> = (
  input: ParsedInput<N>,
  call: CallContext,
) => Result<Output<N>> | Promise<Result<Output<N>>>

export type Handlers<N extends CallName> = { readonly [K in N]: Handler<K> }
