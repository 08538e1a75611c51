/** Runs in Wine: does the errands of the file named first and writes the answers to the file named second. */
import { pbkdf2 } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createPrinterFinder } from '#electron/devices/print/find/printer-finder.ts'
import { createDocumentPrinter } from '#electron/devices/print/document-printer.ts'
import { createPdfPages } from '#electron/documents/pdf-pages.ts'
import { createSpoolerDriver, createSpoolerPrinter } from '#electron/devices/print/spooler-printer.ts'
import { type Errand, inWine } from './errand.ts'

async function answer(errand: Errand): Promise<unknown> {
  if (errand.ask === 'find') return createPrinterFinder().find()
  if (errand.ask === 'paper') return printPaper(errand)
  const printer = 'driver' in errand ? createSpoolerDriver(errand.queue) : createSpoolerPrinter(errand.queue)
  if (errand.ask === 'status') return printer.status()
  const job = readFileSync(inWine(errand.file))
  const plenty = errand.scarce ? makeScarce(job.length) : () => undefined
  let told = 0
  const outcome = await printer.send(job, { name: errand.name, onSent: () => (told += 1) })
  plenty()
  return { outcome, told }
}

async function printPaper(errand: Extract<Errand, { ask: 'paper' }>): Promise<unknown> {
  const { queue, file, widthMm, heightMm, cancelAt } = errand
  const stop = new AbortController()
  if (cancelAt === 0) stop.abort()
  const told: (readonly [number, number])[] = []
  const outcome = await createDocumentPrinter(createPdfPages()).print(
    readFileSync(inWine(file)),
    { queue, name: 'paper', widthMm, heightMm },
    {
      signal: stop.signal,
      progress(done, total) {
        told.push([done, total])
        if (done === cancelAt) stop.abort()
      },
    },
  )
  return { outcome, told }
}

/**
 * Keeps the threads busy, so that a call waits for its turn, and meanwhile collects whatever nobody holds and writes over
 * it: a buffer that only a waiting call knows would be lost.
 */
function makeScarce(size: number): () => void {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('start with --expose-gc')
  let isOver = false
  const work = () => {
    if (!isOver) pbkdf2('', '', 30_000, 64, 'sha512', work)
  }
  for (let threads = 0; threads < 4; threads += 1) work()
  let used: Buffer[] = []
  const collecting = setInterval(() => {
    gc()
    used = Array.from({ length: 20 }, () => Buffer.alloc(size, 0xee))
  }, 2)
  return () => {
    isOver = true
    clearInterval(collecting)
    used.length = 0
  }
}

const [asked = '', answered = ''] = process.argv.slice(2)
const answers: unknown[] = []
for (const errand of JSON.parse(readFileSync(asked, 'utf8')) as Errand[]) answers.push(await answer(errand))
writeFileSync(answered, JSON.stringify(answers))
