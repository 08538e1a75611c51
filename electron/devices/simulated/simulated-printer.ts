import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabelPrinter } from '#electron/ports/label-printer.ts'

/** `refuse`: no connection. `lose`: the connection breaks and nothing comes out. `doubt`: it comes out, and the
 * connection breaks before that is known. `slow`: half a second a job. */
export type SimulatedFault = 'refuse' | 'lose' | 'doubt' | 'slow'

export interface SimulatedPrinterOptions {
  /** Gets one file a job, `000001.job` and so on, each written whole or not at all. Made when it is missing. */
  readonly folder: string
  /** Asked before each job. */
  readonly fault?: () => SimulatedFault | undefined
}

/** A printer without paper: what it printed are the files in its folder, in order of their names. */
export function createSimulatedPrinter({ folder, fault }: SimulatedPrinterOptions): LabelPrinter {
  return {
    async send(job) {
      const wrong = fault?.()
      if (wrong === 'refuse') return { kind: 'notSent', reason: 'the simulated printer refuses' }
      if (wrong === 'lose') return { kind: 'unknown', reason: 'the simulated printer lost the job' }
      if (wrong === 'slow') await sleep(500)
      try {
        keep(folder, job)
      } catch (error) {
        return { kind: 'notSent', reason: `the simulated printer has no paper: ${String(error)}` }
      }
      if (wrong === 'doubt') return { kind: 'unknown', reason: 'the simulated printer went silent' }
      return { kind: 'sent' }
    },
  }
}

function keep(folder: string, job: Uint8Array): void {
  mkdirSync(folder, { recursive: true })
  const numbers = readdirSync(folder).map((name) => Number(/^(\d{6})\.job$/.exec(name)?.[1] ?? 0))
  const name = String(Math.max(0, ...numbers) + 1).padStart(6, '0')
  const unfinished = join(folder, `${name}.part`)
  writeFileSync(unfinished, job)
  renameSync(unfinished, join(folder, `${name}.job`))
}
