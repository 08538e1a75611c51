/** Makes papers, one at a time. */
import { parentPort } from 'node:worker_threads'
import { createDocumentPress } from '#electron/documents/index.ts'
import type { DocumentPress, PaperWork } from '#electron/ports/document-press.ts'
import { giveWay } from './threads.ts'

giveWay()

export interface PaperWanted {
  readonly id: number
  readonly paper: keyof DocumentPress
  readonly about: readonly unknown[]
}

export type FromPress = { readonly id: number } & (
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'made'; readonly file: Uint8Array }
  | { readonly type: 'broken'; readonly error: string }
)

const press = createDocumentPress()
let before = Promise.resolve()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (message: FromPress) => parentPort?.postMessage(message)

parentPort?.on('message', (wanted: PaperWanted) => {
  before = before.then(() => make(wanted))
})

/** Nobody can speak to a thread that is at work: a paper that is given up ends the thread. */
const never = new AbortController().signal

async function make({ id, paper, about }: PaperWanted): Promise<void> {
  const print = press[paper] as (...parameters: readonly unknown[]) => Promise<Uint8Array>
  const work: PaperWork = {
    signal: never,
    progress: (done, total) => tell({ id, type: 'progress', done, total }),
  }
  try {
    tell({ id, type: 'made', file: await print(...about, work) })
  } catch (error) {
    tell({
      id,
      type: 'broken',
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}
