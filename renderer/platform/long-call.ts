import { useEffect, useState } from 'react'
import { type Progress, useClient, useProgress } from './core.tsx'

/** A call that is over sooner shows nothing: what flashes by only unsettles. */
export const slowMs = 400

export interface LongCall {
  readonly running: boolean
  /** Set once the call takes long; `total` is 0 while it is unknown. */
  readonly shown: Pick<Progress, 'phase' | 'done' | 'total'> | null
  /** Gives `work` the id under which its call is followed and cancelled. */
  run<T>(work: (job: string) => Promise<T>): Promise<T>
  cancel(): void
}

/** One long call of a screen at a time. */
export function useLongCall(): LongCall {
  const client = useClient()
  const [job, setJob] = useState<string | null>(null)
  const [slow, setSlow] = useState<string | null>(null)
  const progress = useProgress(job)
  useEffect(() => {
    if (job === null) return undefined
    const timer = setTimeout(() => setSlow(job), slowMs)
    return () => clearTimeout(timer)
  }, [job])
  return {
    running: job !== null,
    shown: job === null || slow !== job ? null : (progress ?? { phase: '', done: 0, total: 0 }),
    run: async (work) => {
      const id = crypto.randomUUID()
      setJob(id)
      try {
        return await work(id)
      } finally {
        setJob((now) => (now === id ? null : now))
      }
    },
    cancel: () => {
      if (job !== null) void client.call('app.cancel', { job })
    },
  }
}
