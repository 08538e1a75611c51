import { Worker } from 'node:worker_threads'
import { createDocumentPress } from '#electron/documents/index.ts'
import type { DocumentPress, PaperWork } from '#electron/ports/document-press.ts'
import type { FromPress, PaperWanted } from './document-thread.ts'
import { threadProgram } from './threads.ts'

/** A thread with nothing to print goes away after this, with its fonts. */
const idleMs = 120_000

interface Waiting {
  readonly wanted: PaperWanted
  readonly work: PaperWork | undefined
  readonly resolve: (file: Uint8Array) => void
  readonly reject: (reason: unknown) => void
}

/** Makes papers on a thread of its own, so that a scan does not wait for a pick list. */
export function documentsAside(): DocumentPress & { close(): void } {
  const program = threadProgram('document')
  if (program === null) return { ...createDocumentPress(), close: () => undefined }
  /** In the order in which they are made. */
  const waiting = new Map<number, Waiting>()
  let thread: Worker | null = null
  let leaving: NodeJS.Timeout | undefined
  let last = 0

  const end = (error: Error) => {
    thread = null
    for (const paper of waiting.values()) paper.reject(error)
    waiting.clear()
  }
  const take = (from: Worker, message: FromPress) => {
    if (from !== thread) return
    const paper = waiting.get(message.id)
    if (message.type === 'progress') {
      paper?.work?.progress(message.done, message.total)
      return
    }
    waiting.delete(message.id)
    if (message.type === 'made') paper?.resolve(message.file)
    else paper?.reject(new Error(message.error))
    if (waiting.size > 0) return
    from.unref()
    leaving = setTimeout(() => void from.terminate(), idleMs).unref()
  }
  const start = (): Worker => {
    const started = new Worker(program)
    started.on('message', (message: FromPress) => take(started, message))
    started.once('error', (error) => {
      if (thread === started) end(error instanceof Error ? error : new Error(String(error)))
    })
    started.once('exit', () => {
      if (thread === started) end(new Error('the thread that makes papers ended'))
    })
    return started
  }
  const order = (wanted: PaperWanted) => {
    clearTimeout(leaving)
    thread ??= start()
    thread.ref()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(wanted)
  }
  /** A thread at work hears nothing: it ends, and another makes what others wait for. */
  const giveUp = (id: number, reason: unknown) => {
    const paper = waiting.get(id)
    if (paper === undefined) return
    waiting.delete(id)
    paper.reject(reason)
    const ended = thread
    thread = null
    void ended?.terminate()
    for (const { wanted } of waiting.values()) order(wanted)
  }

  const make = async (
    paper: keyof DocumentPress,
    about: readonly unknown[],
    work?: PaperWork,
  ): Promise<Uint8Array> => {
    work?.signal.throwIfAborted()
    const id = (last += 1)
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    const wanted: PaperWanted = { id, paper, about }
    waiting.set(id, { wanted, work, resolve, reject })
    const onAbort = () => giveUp(id, work?.signal.reason)
    work?.signal.addEventListener('abort', onAbort)
    try {
      order(wanted)
      return await promise
    } finally {
      work?.signal.removeEventListener('abort', onAbort)
    }
  }
  return {
    pickList: (list, paper, language, work) => make('pickList', [list, paper, language], work),
    pickLists: (lists, paper, language, work) => make('pickLists', [lists, paper, language], work),
    packingSlip: (slips, paper, language, work) => make('packingSlip', [slips, paper, language], work),
    manifest: (manifests, language, work) => make('manifest', [manifests, language], work),
    commandSheet: (commands, language) => make('commandSheet', [commands, language]),
    close: () => {
      clearTimeout(leaving)
      void thread?.terminate()
    },
  }
}
