import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabelPrinter } from '#electron/ports/label-printer.ts'
import type { SimulatedJob } from '#electron/ports/simulated-jobs.ts'

/** `refuse`: no connection. `lose`: the connection breaks and nothing comes out. `doubt`: it comes out, and the
 * connection breaks before that is known. `slow`: half a second a job. */
export type SimulatedFault = 'refuse' | 'lose' | 'doubt' | 'slow'

export interface SimulatedPrinterOptions {
  /** Gets one file a job, `000001 NAME.job` and so on, each written whole or not at all. Made when it is missing. */
  readonly folder: string
  /** Asked before each job. */
  readonly fault?: () => SimulatedFault | undefined
}

/** A printer without paper: what it printed are the files in its folder, in order of their names. */
export function createSimulatedPrinter({ folder, fault }: SimulatedPrinterOptions): LabelPrinter {
  return {
    status: () => Promise.resolve({ kind: 'ready' }),
    async send(job, { name = '', onSent } = {}) {
      const wrong = fault?.()
      if (wrong === 'refuse') return { kind: 'notSent', reason: 'the simulated printer refuses' }
      if (wrong === 'lose') return { kind: 'unknown', reason: 'the simulated printer lost the job' }
      if (wrong === 'slow') await sleep(500)
      try {
        keep(folder, job, name)
      } catch (error) {
        return { kind: 'notSent', reason: `the simulated printer has no paper: ${String(error)}` }
      }
      onSent?.()
      if (wrong === 'doubt') return { kind: 'unknown', reason: 'the simulated printer went silent' }
      return { kind: 'sent' }
    },
  }
}

function keep(folder: string, job: Uint8Array, name: string): void {
  mkdirSync(folder, { recursive: true })
  const number = String((listJobs(folder).at(-1)?.number ?? 0) + 1).padStart(6, '0')
  const unfinished = join(folder, `${number}.part`)
  writeFileSync(unfinished, job)
  const named = name.replaceAll(/[^\w-]/g, '').slice(0, 80)
  renameSync(unfinished, join(folder, `${[number, named].join(' ').trim()}.job`))
}

/** The newest jobs that lie in a simulated printer's folder, newest first; none when it has never printed. */
export function newestJobs(folder: string, limit: number): SimulatedJob[] {
  return listJobs(folder)
    .slice(-limit)
    .toReversed()
    .map(({ file, number, name }) => {
      const path = join(folder, file)
      return { number, name, at: statSync(path).mtime.toISOString(), bytes: readFileSync(path) }
    })
}

function listJobs(folder: string): { file: string; number: number; name: string }[] {
  return filesOf(folder)
    .flatMap((file) => {
      const [, number, name = ''] = /^(\d{6})(?: ([\w-]+))?\.job$/.exec(file) ?? []
      return number === undefined ? [] : [{ file, number: Number(number), name }]
    })
    .toSorted((one, other) => one.number - other.number)
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
