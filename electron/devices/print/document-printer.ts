import type { PaperWork } from '#electron/ports/document-press.ts'
import type { DocumentPrinter, DocumentPrintOptions } from '#electron/ports/document-printer.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import type { OpenPdf, PdfPages } from '#electron/ports/pdf-pages.ts'
import { giveToCups } from './cups-printer.ts'
import { drawWork } from './driver-job.ts'
import { gdi } from './gdi.ts'
import { paperOptions } from './media.ts'
import { winspool } from './winspool.ts'

/** The documents' way to paper on this system. A document is sent when its queue has it: a driver draws as long as it likes. */
export const createDocumentPrinter = (
  pages: PdfPages,
  platform: NodeJS.Platform = process.platform,
): DocumentPrinter => (platform === 'win32' ? createGdiDocuments(pages) : cupsDocuments)

/** CUPS takes PDF as it is. */
const cupsDocuments: DocumentPrinter = {
  async print(pdf, { queue, name, widthMm, heightMm, copies = 1 }) {
    const options = [...paperOptions(widthMm, heightMm), `copies=${copies}`]
    const given = await giveToCups({ queue, name, bytes: pdf, options })
    return given.kind === 'given' ? { kind: 'sent' } : given
  },
}

/** Milliseconds that a driver of Windows has for one page. */
const usualPatience = 120_000

/**
 * Windows takes no PDF: each page is drawn here as a picture, and the queue's driver prints pictures. A queue whose driver
 * has not come back gets no second job beside the first: each holds one of the few threads that files need too.
 */
export function createGdiDocuments(
  pages: PdfPages,
  connect: typeof winspool = winspool,
  draw: typeof gdi = gdi,
  patience = usualPatience,
): DocumentPrinter {
  const busy = new Set<string>()
  return {
    async print(pdf, options, work) {
      const { queue } = options
      const notSent = (reason: string): SendOutcome => ({ kind: 'notSent', reason: `${queue}: ${reason}` })
      const [spooler, drawing] = [connect(), draw()]
      if ('reason' in spooler) return notSent(spooler.reason)
      if ('reason' in drawing) return notSent(drawing.reason)
      if (busy.has(queue)) return notSent('its driver still works on the paper before')
      busy.add(queue)
      let file: OpenPdf
      try {
        file = await pages.open(pdf)
      } catch (error) {
        busy.delete(queue)
        return notSent(`this paper cannot be drawn: ${String(error)}`)
      }
      const attempt: Attempt = { options, work, isBegun: false, isGivenUp: false, onPage: () => undefined }
      const printing = printFile({ spooler, drawing }, file, attempt)
        .catch((error: unknown) => failed(attempt, String(error)))
        .finally(() => {
          busy.delete(queue)
          file.close()
        })
      return Promise.race([printing, lateFor(attempt, patience, printing)])
    },
  }
}

/** A paper on its way. Given up, it is broken off before its next page. */
interface Attempt {
  readonly options: DocumentPrintOptions
  readonly work: PaperWork | undefined
  isBegun: boolean
  isGivenUp: boolean
  onPage: () => void
}

const failed = ({ options, isBegun }: Attempt, reason: string): SendOutcome => ({
  kind: isBegun ? 'unknown' : 'notSent',
  reason: `${options.queue}: ${reason}`,
})

/** What is said of a paper of which no page has come along for so long. */
function lateFor(attempt: Attempt, patience: number, printing: Promise<unknown>): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const late = () => {
      attempt.isGivenUp = true
      resolve(failed(attempt, 'its driver does not answer'))
    }
    let timer = setTimeout(late, patience)
    attempt.onPage = () => {
      clearTimeout(timer)
      timer = setTimeout(late, patience)
    }
    void printing.finally(() => clearTimeout(timer))
  })
}

interface Windows {
  readonly spooler: Exclude<ReturnType<typeof winspool>, { readonly reason: string }>
  readonly drawing: Exclude<ReturnType<typeof gdi>, { readonly reason: string }>
}

async function printFile(
  { spooler, drawing }: Windows,
  file: OpenPdf,
  attempt: Attempt,
): Promise<SendOutcome> {
  const { options, work } = attempt
  const { copies = 1, ...about } = options
  const total = file.pages * copies
  const printer = await spooler.open(options.queue)
  if (printer === undefined) return failed(attempt, 'the spooler opens no queue of this name')
  try {
    const drawn = await drawWork(drawing, spooler, printer, {
      ...about,
      pages: total,
      async page(index, dpi) {
        const own = pageDpi(dpi)
        return { ...(await file.draw(index % file.pages, own)), bits: 8, dpi: own }
      },
      isWanted: () => !attempt.isGivenUp && work?.signal.aborted !== true,
      onBegin: () => {
        attempt.isBegun = true
      },
      onPage(done) {
        attempt.onPage()
        work?.progress(done, total)
      },
    })
    return drawn.kind === 'drawn' ? { kind: 'sent' } : drawn
  } finally {
    await spooler.close(printer)
  }
}

/** Finer than this no eye and no scanner sees, and a page would be many times as large. */
const fineEnough = 300

/** The printer's own dots, or a whole part of them where they are finer than anybody needs. */
export const pageDpi = (printer: number): number => printer / Math.max(1, Math.floor(printer / fineEnough))
