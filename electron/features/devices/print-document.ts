import { readFileSync } from 'node:fs'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'

/** Millimetres of a PDF's first page; undefined where the file says none. Our own papers have one size throughout. */
export function pageSizeOf(pdf: Uint8Array): { widthMm: number; heightMm: number } | undefined {
  const text = Buffer.from(pdf).toString('latin1')
  const [, left, top, right, bottom] =
    /\/MediaBox\s*\[\s*(-?[\d.]+)\s+(-?[\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(text) ?? []
  if (left === undefined) return undefined
  const millimetres = (from: string | undefined, to: string | undefined) =>
    Math.round(((Number(to) - Number(from)) / 72) * 25.4)
  return { widthMm: millimetres(left, right), heightMm: millimetres(top, bottom) }
}

/** Prints a paper that the core holds through the system's own driver, silently and in its own size. */
export async function printDocument(
  core: AreaContext,
  { file, queue }: { readonly file: string; readonly queue: string },
  call: CallContext,
): Promise<Result<{ outcome: 'sent' }>> {
  const held = core.heldFiles.path(file)
  const pdf = held === null ? undefined : readFileSync(held.path)
  const size = pdf === undefined ? undefined : pageSizeOf(pdf)
  if (held === null || pdf === undefined || size === undefined)
    return fail('paperGone', 'The paper is not there any more')
  const far = { done: 0, total: 0 }
  const outcome = await core.documentPrinter.print(
    pdf,
    { queue, name: held.name, ...size },
    {
      signal: call.signal,
      progress(done, total) {
        Object.assign(far, { done, total })
        call.progress('printing', done, total)
      },
    },
  )
  if (outcome.kind === 'sent' || outcome.kind === 'printed') return ok({ outcome: 'sent' })
  const { reason } = outcome
  const isCancelled = call.signal.aborted
  if (outcome.kind === 'unknown') {
    // A way to paper that counts no pages was not stopped by the cancelling.
    if (isCancelled && far.total > 0) return fail('paperStopped', reason, { queue, ...far })
    if (ofDriver.test(reason)) return fail('paperDriverDoubt', reason, { queue })
    return fail('paperDoubt', reason, { queue, reason })
  }
  if (isCancelled) return fail('paperNotPrinted', reason)
  const known = refusals.find(([words]) => words.test(reason))?.[1]
  if (known !== undefined) return fail(known, reason, { queue, width: size.widthMm, height: size.heightMm })
  if (ofDriver.test(reason)) return fail('paperDriverFails', reason, { queue })
  return fail('paperNotSent', reason, { queue, reason })
}

/** A driver of Windows that does not do what it is told: how exactly is news for nobody who stands at the printer. */
const ofDriver = /: its driver /

/** Why a queue took nothing, by what the system's own programs and our adapters say; what is not here is quoted. */
const refusals = [
  [/has no paper of/, 'paperSizeMissing'],
  [/opens no queue of this name|does not exist|no such (?:queue|printer)/i, 'paperQueueMissing'],
  [/is offline|is not available/, 'paperQueueOff'],
  [/still works on the paper before/, 'paperQueueBusy'],
] as const
