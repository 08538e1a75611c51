import { Worker } from 'node:worker_threads'
import { createDocumentPress } from '#electron/documents/index.ts'
import type { DocumentPress } from '#electron/ports/document-press.ts'
import type { PaperMade, PaperWanted } from './document-thread.ts'
import { threadProgram } from './threads.ts'

/** A thread with nothing to print goes away after this, with its fonts. */
const idleMs = 120_000

/** Makes papers on a thread of its own, so that a scan does not wait for a pick list. */
export function documentsAside(): DocumentPress & { close(): void } {
  const program = threadProgram('document')
  const waiting = new Map<
    number,
    { readonly resolve: (file: Uint8Array) => void; readonly reject: (error: Error) => void }
  >()
  let thread: Worker | null = null
  let leaving: NodeJS.Timeout | undefined
  let last = 0

  const end = (error: Error) => {
    thread = null
    for (const paper of waiting.values()) paper.reject(error)
    waiting.clear()
  }
  const start = (path: string): Worker => {
    const started = new Worker(path)
    started.on('message', (made: PaperMade) => {
      const paper = waiting.get(made.id)
      waiting.delete(made.id)
      if ('file' in made) paper?.resolve(made.file)
      else paper?.reject(new Error(made.error))
      if (waiting.size > 0) return
      started.unref()
      leaving = setTimeout(() => void started.terminate(), idleMs).unref()
    })
    started.once('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
    started.once('exit', () => {
      if (thread === started) end(new Error('the thread that makes papers ended'))
    })
    return started
  }

  if (program === null) return { ...createDocumentPress(), close: () => undefined }
  const aside =
    <P extends readonly unknown[]>(paper: keyof DocumentPress) =>
    (...about: P): Promise<Uint8Array> => {
      clearTimeout(leaving)
      thread ??= start(program)
      thread.ref()
      const id = (last += 1)
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
      waiting.set(id, { resolve, reject })
      const wanted: PaperWanted = { id, paper, about }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage(wanted)
      return promise
    }
  return {
    pickList: aside('pickList'),
    packingSlip: aside('packingSlip'),
    manifest: aside('manifest'),
    commandSheet: aside('commandSheet'),
    close: () => {
      clearTimeout(leaving)
      void thread?.terminate()
    },
  }
}
