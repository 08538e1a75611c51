import { randomUUID } from 'node:crypto'
import { linesOf } from '#electron/rpc/lines.ts'
import type { CliCore } from './core.ts'
import { Refused } from './outcome.ts'

/** Cut off, two ids could become one, and the second scan would not count. */
const longestGesture = 100
/** No barcode is this long: what follows changes nothing about the answer. */
const longestNoise = 20_000

/**
 * Reads scans, one a line (`code`, or `GESTURE<TAB>code`), and writes one JSON object a line for each, in order and at
 * once. A gesture that was seen before is answered as before and counts once, also after a crash.
 */
export async function scanLines(core: CliCore, mode: 'pack' | 'handover', bench: string): Promise<void> {
  for await (const line of linesOf(process.stdin)) {
    if (line === '') continue
    const tab = line.indexOf('\t')
    if (tab > longestGesture) throw new Refused(`A gesture id has at most ${longestGesture} characters`)
    const answer = await core.call('packing.scan', {
      bench,
      mode,
      gesture: tab > 0 ? line.slice(0, tab) : randomUUID(),
      code: (tab > 0 ? line.slice(tab + 1) : line).slice(0, longestNoise),
      waitForLabel: true,
      unattended: true,
    })
    process.stdout.write(
      `${JSON.stringify({
        verdict: answer.verdict,
        order: answer.order?.number ?? null,
        expected: answer.expected.map(({ sku, title, quantity, location }) => ({
          sku,
          name: title,
          quantity,
          location,
        })),
        remaining: answer.remaining,
        label: answer.label === null ? null : { waybill: answer.label.waybill, state: answer.label.state },
        reason: answer.reason === null ? null : answer.reason.code,
      })}\n`,
    )
  }
}
