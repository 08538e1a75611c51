import { type Koffi, onWindows, threaded } from './windows-library.ts'

/** A queue as Windows describes it (winspool.h, PRINTER_INFO_2W). */
export interface SpoolerQueue {
  readonly name: string
  readonly driver: string
  readonly port: string
  readonly attributes: number
  readonly status: number
}

/** An open printer; opaque. */
export type SpoolerHandle = unknown

/**
 * The spooler's calls, on the threads that Node also reads files with (there are four): a queue on a dead server answers
 * after minutes. They reject only where a call cannot be made at all.
 */
export interface Winspool {
  /** Undefined where there is no such queue or it may not be used. */
  open(queue: string): Promise<SpoolerHandle | undefined>
  /** The job's number; 0 where it was not taken. */
  startDocument(printer: SpoolerHandle, name: string): Promise<number>
  startPage(printer: SpoolerHandle): Promise<boolean>
  /** How many bytes were taken. */
  write(printer: SpoolerHandle, bytes: Uint8Array): Promise<number>
  endPage(printer: SpoolerHandle): Promise<boolean>
  endDocument(printer: SpoolerHandle): Promise<boolean>
  /** Whether the queue still has a job. */
  isListed(printer: SpoolerHandle, job: number): Promise<boolean>
  describe(printer: SpoolerHandle): Promise<SpoolerQueue | undefined>
  close(printer: SpoolerHandle): Promise<void>
  queues(): Promise<SpoolerQueue[]>
}

/** Windows' print spooler; a reason where this machine has none. */
export const winspool = onWindows('spooler', bind)

const texts = [
  'pServerName',
  'pPrinterName',
  'pShareName',
  'pPortName',
  'pDriverName',
  'pComment',
  'pLocation',
]
const numbers = [
  'Attributes',
  'Priority',
  'DefaultPriority',
  'StartTime',
  'UntilTime',
  'Status',
  'cJobs',
  'AveragePPM',
]
/** PRINTER_ENUM_LOCAL and PRINTER_ENUM_CONNECTIONS. */
const everyQueue = 0x2 | 0x4

function bind(native: Koffi): Winspool {
  const library = native.load('winspool.drv')
  const fields = (names: readonly string[], type: string) => names.map((name) => [name, type])
  const info = native.struct(
    'PRINTER_INFO_2W',
    Object.fromEntries([
      ...fields(texts, 'str16'),
      ['pDevMode', 'void *'],
      ...fields(['pSepFile', 'pPrintProcessor', 'pDatatype', 'pParameters'], 'str16'),
      ['pSecurityDescriptor', 'void *'],
      ...fields(numbers, 'uint32'),
    ]) as Record<string, string>,
  )
  native.struct('DOC_INFO_1W', { pDocName: 'str16', pOutputFile: 'str16', pDatatype: 'str16' })
  const call = (declaration: string) => threaded(library, declaration)
  const openPrinter = call('int __stdcall OpenPrinterW(str16 name, _Out_ void **printer, void *defaults)')
  const startDoc = call(
    'uint32 __stdcall StartDocPrinterW(void *printer, uint32 level, DOC_INFO_1W *document)',
  )
  const startPage = call('int __stdcall StartPagePrinter(void *printer)')
  const write = call(
    'int __stdcall WritePrinter(void *printer, void *bytes, uint32 count, _Out_ uint32 *written)',
  )
  const endPage = call('int __stdcall EndPagePrinter(void *printer)')
  const endDoc = call('int __stdcall EndDocPrinter(void *printer)')
  const closePrinter = call('int __stdcall ClosePrinter(void *printer)')
  const getPrinter = call(
    'int __stdcall GetPrinterW(void *printer, uint32 level, _Out_ void *info, uint32 size, _Out_ uint32 *needed)',
  )
  const getJob = call(
    'int __stdcall GetJobW(void *printer, uint32 job, uint32 level, _Out_ void *info, uint32 size, _Out_ uint32 *needed)',
  )
  const enumPrinters = call(
    'int __stdcall EnumPrintersW(uint32 flags, str16 name, uint32 level, _Out_ void *info, uint32 size, _Out_ uint32 *needed, _Out_ uint32 *count)',
  )

  function queueAt(memory: Buffer, index: number): SpoolerQueue {
    const row = native.decode(memory, index * info.size, info) as Readonly<Record<string, unknown>>
    const text = (name: string) => (typeof row[name] === 'string' ? row[name] : '')
    return {
      name: text('pPrinterName'),
      driver: text('pDriverName'),
      port: text('pPortName'),
      attributes: Number(row['Attributes']),
      status: Number(row['Status']),
    }
  }

  return {
    async open(queue) {
      const printer: unknown[] = [null]
      return (await openPrinter(queue, printer, null)) !== 0 ? printer[0] : undefined
    },
    async startDocument(printer, name) {
      return Number(await startDoc(printer, 1, { pDocName: name, pOutputFile: null, pDatatype: 'RAW' }))
    },
    startPage: async (printer) => (await startPage(printer)) !== 0,
    async write(printer, bytes) {
      const written = [0]
      const done = await write(printer, Buffer.from(bytes), bytes.length, written)
      return done !== 0 ? (written[0] ?? 0) : 0
    },
    endPage: async (printer) => (await endPage(printer)) !== 0,
    endDocument: async (printer) => (await endDoc(printer)) !== 0,
    async isListed(printer, job) {
      // Without room for its answer the call fails in any case; it wants room only for a job that there is.
      const needed = [0]
      await getJob(printer, job, 1, null, 0, needed)
      return (needed[0] ?? 0) > 0
    },
    async describe(printer) {
      const needed = [0]
      await getPrinter(printer, 2, null, 0, needed)
      const memory = Buffer.alloc(needed[0] ?? 0)
      if (memory.length < info.size) return undefined
      return (await getPrinter(printer, 2, memory, memory.length, needed)) !== 0
        ? queueAt(memory, 0)
        : undefined
    },
    async close(printer) {
      await closePrinter(printer)
    },
    async queues() {
      const [needed, count] = [[0], [0]]
      await enumPrinters(everyQueue, null, 2, null, 0, needed, count)
      const memory = Buffer.alloc(needed[0] ?? 0)
      if (memory.length === 0) return []
      const done = await enumPrinters(everyQueue, null, 2, memory, memory.length, needed, count)
      return done !== 0 ? Array.from({ length: count[0] ?? 0 }, (_, index) => queueAt(memory, index)) : []
    },
  }
}
