/** Draws the pages of one PDF file, as they are asked for. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPdfPages } from '#electron/documents/pdf-pages.ts'
import type { GreyPage } from '#electron/ports/pdf-pages.ts'
import { giveWay } from './threads.ts'

giveWay()

export interface PageWanted {
  readonly index: number
  readonly dpi: number
}

/** First `open`, or `broken`; then an answer to each page, in the order in which they were asked for. */
export type FromPages =
  | { readonly type: 'open'; readonly pages: number }
  | { readonly type: 'page'; readonly page: GreyPage }
  | { readonly type: 'broken'; readonly error: string }

const tell = (message: FromPages, moved: ArrayBuffer[] = []) => parentPort?.postMessage(message, moved)
const broken = (error: unknown) => tell({ type: 'broken', error: String(error) })

async function work(): Promise<void> {
  const file = await createPdfPages().open(workerData as Uint8Array)
  let before = Promise.resolve()
  const draw = async ({ index, dpi }: PageWanted) => {
    const { width, height, data } = await file.draw(index, dpi)
    const own = new Uint8Array(data)
    tell({ type: 'page', page: { width, height, data: own } }, [own.buffer])
  }
  parentPort?.on('message', (wanted: PageWanted) => {
    before = before.then(() => draw(wanted)).catch(broken)
  })
  tell({ type: 'open', pages: file.pages })
}

work().catch(broken)
