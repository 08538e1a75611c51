import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type CallName, contract } from '#shared/contract/index.ts'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import { fail, type Result } from '#shared/support/result.ts'
import { DataFolderInUseError, lockDataFolder } from '#electron/db/data-folder-lock.ts'
import { migrate } from '#electron/db/migrate.ts'
import { newestId } from '#electron/db/newest-id.ts'
import { openDatabase } from '#electron/db/open.ts'
import { createDeviceFinder } from '#electron/devices/find/device-finder.ts'
import { createInputFinder } from '#electron/devices/find/input-finder.ts'
import { createOpenScale } from '#electron/devices/open-scale.ts'
import { createOpenScanner } from '#electron/devices/open-scanner.ts'
import { createOpenComponent } from '#electron/devices/print-components/open-component.ts'
import { createDocumentPrinter } from '#electron/devices/print/document-printer.ts'
import { createPrinterFinder } from '#electron/devices/print/find/printer-finder.ts'
import { createOpenPrinter, createSimulatedJobs } from '#electron/devices/print/open-printer.ts'
import { loadPrinterProfiles } from '#electron/devices/printer-profiles.ts'
import type { AreaContext, CallContext, Caller, Handlers } from '#electron/features/area.ts'
import { backupHandlers } from '#electron/features/backup/index.ts'
import { catalogHandlers } from '#electron/features/catalog/index.ts'
import {
  createInputService,
  createLookout,
  createPrinterWatch,
  devicesHandlers,
  type WatchPaces,
} from '#electron/features/devices/index.ts'
import { createPrintService, labelsHandlers, layoutsHandlers } from '#electron/features/labels/index.ts'
import { activeOperator, operatorsHandlers, supervisors } from '#electron/features/operators/index.ts'
import { importHandlers, ordersHandlers } from '#electron/features/orders/index.ts'
import { packingArea } from '#electron/features/packing/index.ts'
import { settingsHandlers } from '#electron/features/settings/index.ts'
import { shipmentsHandlers } from '#electron/features/shipments/index.ts'
import { wavesHandlers } from '#electron/features/waves/index.ts'
import { createLabelPress } from '#electron/labels/index.ts'
import type { Clock } from '#electron/ports/clock.ts'
import type { LabelPress } from '#electron/ports/label-press.ts'
import type { OpenPrinter } from '#electron/ports/label-printer.ts'
import { picturesFolder } from '#electron/ports/pictures.ts'
import type { DeviceFinder } from '#electron/ports/device-finder.ts'
import type { DocumentPrinter } from '#electron/ports/document-printer.ts'
import type { OpenComponent } from '#electron/ports/print-component.ts'
import type { OpenScale } from '#electron/ports/scale.ts'
import type { OpenScanner } from '#electron/ports/scanner.ts'
import type { Secrets } from '#electron/ports/secrets.ts'
import { createDispatcher } from '#electron/rpc/dispatcher.ts'
import { createTableFiles } from '#electron/tabular/index.ts'
import { appHandlers } from './app-handlers.ts'
import { createCheckpointer } from './checkpointer.ts'
import { documentsAside } from './documents-aside.ts'
import { fileSecrets } from './file-secrets.ts'
import { heldFiles } from './held-files.ts'
import { createLog } from './log.ts'
import { createOrderReader } from './order-reader.ts'
import { pdfPagesAside } from './pdf-pages-aside.ts'
import { keptPictures } from './pictures.ts'
import { planDeskAside } from './plan-desk.ts'
import { systemClock, systemIds } from './system-ids.ts'

export { DataFolderInUseError }

/** What the outside is to the core; everything but the folder has its real self when it is left out. */
export interface AppOptions {
  /** The data folder; made if it is not there. */
  readonly dataDir: string
  readonly version?: string
  readonly clock?: Clock
  readonly secrets?: Secrets
  readonly openPrinter?: OpenPrinter
  readonly documentPrinter?: DocumentPrinter
  readonly openComponent?: OpenComponent
  readonly openScanner?: OpenScanner
  readonly openScale?: OpenScale
  readonly deviceFinder?: DeviceFinder
  readonly watchPaces?: WatchPaces
  readonly labelPress?: LabelPress
  /** Parses answers as well as questions: tests and development. */
  readonly checkAnswers?: boolean
}

/** One caller: a page, a command line. */
export interface Session {
  /** Never rejects: a bug inside becomes the failure `core.bug`. */
  dispatch(name: string, input: unknown): Promise<Result<unknown>>
  subscribe(listener: (event: CoreEvent) => void): () => void
  close(): void
}

export interface App {
  connect(kind?: Caller['kind']): Session
  /** Lets running prints finish and closes the database. */
  close(): Promise<void>
}

/**
 * The one composition root.
 *
 * @throws DataFolderInUseError when another core owns the folder.
 * @throws DatabaseFromFutureError when the database is of a newer version; it is not touched.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { dataDir } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockDataFolder(dataDir)
  try {
    return await startApp(options, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function startApp(options: AppOptions, unlock: () => void): Promise<App> {
  const { dataDir } = options
  const clock = options.clock ?? systemClock
  const file = join(dataDir, 'packbench.sqlite')
  const db = openDatabase(file)
  await migrate(db, join(dataDir, 'backups'), clock.now()).catch((error: unknown) => {
    db.close()
    throw error
  })
  const ids = systemIds(clock, newestId(db, {})?.id)
  const log = createLog(dataDir)
  const listeners = new Set<(event: CoreEvent) => void>()
  const emit = (event: CoreEvent) => {
    for (const listener of listeners) listener(event)
  }
  const tables = createTableFiles()
  const orderReader = createOrderReader(tables)
  const documents = documentsAside()
  const checkpointer = createCheckpointer(db, file)
  const simulatedFolder = join(dataDir, 'simulated')
  const closing = new AbortController()
  let profiles: AreaContext['printerProfiles'] | undefined
  const note = (text: string) => log('info', 'component', { note: text })
  const core: AreaContext = {
    dataDir,
    db,
    logRoom: () => checkpointer.room(),
    clock,
    ids,
    secrets: options.secrets ?? fileSecrets(dataDir),
    tables,
    orderReader,
    labelPress: options.labelPress ?? createLabelPress(),
    documents,
    openPrinter: options.openPrinter ?? createOpenPrinter({ simulatedFolder }),
    documentPrinter: options.documentPrinter ?? createDocumentPrinter(pdfPagesAside()),
    openComponent: options.openComponent ?? createOpenComponent({ note, signal: closing.signal }),
    openScanner: options.openScanner ?? createOpenScanner(),
    openScale: options.openScale ?? createOpenScale(),
    deviceFinder: options.deviceFinder ?? createDeviceFinder([createPrinterFinder(), createInputFinder()]),
    // Read when somebody looks for printers: no start waits for a table.
    get printerProfiles() {
      profiles ??= loadPrinterProfiles()
      return profiles
    },
    simulatedJobs: createSimulatedJobs(simulatedFolder),
    heldFiles: heldFiles(join(dataDir, 'files'), ids),
    pictures: keptPictures(join(dataDir, picturesFolder)),
    planDesk: planDeskAside(file),
    announce: (...topics) => emit({ type: 'changed', topics }),
    emitScan: emit,
    log,
  }

  const watch = createPrinterWatch(core, options.watchPaces)
  const listening = createInputService(core)
  const lookout = createLookout(core)
  const printing = createPrintService(core, watch)
  const packing = packingArea(core, printing, watch, listening)
  const jobs = new Map<string, AbortController>()
  const handlers: Handlers<CallName> = {
    ...appHandlers(core, options.version ?? '0.1.0', jobs),
    ...ordersHandlers(core),
    ...importHandlers(core),
    ...catalogHandlers(core),
    ...wavesHandlers(core),
    ...packing.handlers,
    ...labelsHandlers(core, printing),
    ...layoutsHandlers(core),
    ...shipmentsHandlers(core),
    ...settingsHandlers(core),
    ...devicesHandlers(core, watch, listening, lookout),
    ...operatorsHandlers(core),
    ...backupHandlers(core),
  }
  const dispatch = createDispatcher<CallContext>({
    handlers,
    mayCall: (name, call) => refusal(core, name, call.caller),
    onBug: (name, error) =>
      log('error', 'bug', {
        call: name,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    checkAnswers: options.checkAnswers ?? false,
  })

  let pages = 0
  printing.recover()
  packing.recover()

  return {
    connect: (kind = 'page') => {
      // A command line is gone in a moment: it wakes no scanner and asks no printer.
      if (kind === 'page' && pages++ === 0) {
        watch.start()
        printing.start()
        void listening.refresh()
      }
      const caller: Caller = { kind, operator: null }
      const own = new Set<(event: CoreEvent) => void>()
      return {
        dispatch: async (name, input) => {
          // A call that only speaks of a job (`app.cancel`) is not that job, and neither is a second one of its name.
          const named = name === 'app.cancel' ? null : jobOf(input)
          const job = named === null || jobs.has(named) ? null : named
          const controller = new AbortController()
          if (job !== null) jobs.set(job, controller)
          try {
            return await dispatch(name, input, {
              caller,
              signal: controller.signal,
              progress: (phase, done, total) => {
                if (job === null) return
                for (const listener of own) listener({ type: 'progress', job, phase, done, total })
              },
            })
          } finally {
            if (job !== null) jobs.delete(job)
          }
        },
        subscribe: (listener) => {
          listeners.add(listener)
          own.add(listener)
          return () => {
            listeners.delete(listener)
            own.delete(listener)
          }
        },
        close: () => {
          for (const listener of own) listeners.delete(listener)
          own.clear()
        },
      }
    },
    close: async () => {
      for (const controller of jobs.values()) controller.abort()
      packing.close()
      watch.close()
      lookout.close()
      await listening.close()
      orderReader.close()
      documents.close()
      await printing.close()
      closing.abort()
      await core.planDesk.close()
      await checkpointer.close()
      db.close()
      unlock()
    },
  }
}

const jobOf = (input: unknown): string | null => {
  const job = typeof input === 'object' && input !== null ? (input as { job?: unknown }).job : undefined
  return typeof job === 'string' ? job : null
}

/** Roles, at the core's edge: a page that forgets to hide a button gives nobody a right. */
function refusal(core: AreaContext, name: CallName, caller: Caller): Result<never> | null {
  const { access } = contract[name]
  // Who was sent away or demoted since signing in is so on every page at once.
  if (caller.operator !== null) caller.operator = activeOperator(core.db, { id: caller.operator.id }) ?? null
  if (access === 'anyone' || caller.kind === 'cli' || !signInNeeded(core)) return null
  if (caller.operator === null) return fail('signInFirst', 'Sign in first')
  if (access === 'supervisor' && caller.operator.role !== 'supervisor') {
    return fail('supervisorOnly', 'Only a supervisor may do this')
  }
  return null
}

/** Before the first supervisor exists the bench is being set up, and everybody may. */
export const signInNeeded = (core: Pick<AreaContext, 'db'>): boolean =>
  (supervisors(core.db, {})?.count ?? 0) > 0
