import { Worker } from 'node:worker_threads'
import { createPdfPages } from '#electron/documents/pdf-pages.ts'
import type { GreyPage, PdfPages } from '#electron/ports/pdf-pages.ts'
import type { FromPages, PageWanted } from './pdf-pages-thread.ts'
import { threadProgram } from './threads.ts'

/** Draws each file on a thread of its own, which goes away with it: a scan waits for no page, and nothing stays loaded. */
export function pdfPagesAside(): PdfPages {
  const program = threadProgram('pdf-pages')
  return program === null ? createPdfPages() : { open: (pdf) => openAside(program, pdf) }
}

async function openAside(program: string, pdf: Uint8Array): ReturnType<PdfPages['open']> {
  const thread = new Worker(program, { workerData: pdf })
  /** What was asked for, in the order of the answers. */
  const asked: PromiseWithResolvers<FromPages>[] = []
  let over: string | undefined
  const end = (reason: string) => {
    over ??= reason
    for (const one of asked.splice(0)) one.reject(new Error(over))
  }
  thread.on('message', (message: FromPages) => {
    const one = asked.shift()
    if (message.type === 'broken') one?.reject(new Error(message.error))
    else one?.resolve(message)
  })
  thread.once('error', (error) => end(String(error)))
  thread.once('exit', () => end('the thread that draws pages ended'))
  const answer = () => {
    if (over !== undefined) return Promise.reject(new Error(over))
    const one = Promise.withResolvers<FromPages>()
    asked.push(one)
    return one.promise
  }
  const close = () => void thread.terminate()
  const opened = await answer().catch((error: unknown) => {
    close()
    throw error
  })
  return {
    pages: opened.type === 'open' ? opened.pages : 0,
    async draw(index, dpi): Promise<GreyPage> {
      const page = answer()
      const wanted: PageWanted = { index, dpi }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage(wanted)
      const drawn = await page
      if (drawn.type !== 'page') throw new Error('no page came')
      return drawn.page
    },
    close,
  }
}
