/** Makes papers, one at a time. */
import { parentPort } from 'node:worker_threads'
import { createDocumentPress } from '#electron/documents/index.ts'
import type { DocumentPress } from '#electron/ports/document-press.ts'
import { giveWay } from './threads.ts'

giveWay()

export interface PaperWanted {
  readonly id: number
  readonly paper: keyof DocumentPress
  readonly about: readonly unknown[]
}

export type PaperMade = { readonly id: number } & ({ readonly file: Uint8Array } | { readonly error: string })

const press = createDocumentPress()
let before = Promise.resolve()

parentPort?.on('message', (wanted: PaperWanted) => {
  before = before.then(() => make(wanted))
})

async function make({ id, paper, about }: PaperWanted): Promise<void> {
  const print = press[paper] as (...parameters: readonly unknown[]) => Promise<Uint8Array>
  let made: PaperMade
  try {
    made = { id, file: await print(...about) }
  } catch (error) {
    made = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(made)
}
