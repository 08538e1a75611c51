import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { benchName } from './bench-name.ts'
import { useClient } from './core.tsx'
import { listenForScans } from './scan-listener.ts'
import { gestureId } from './uuid.ts'
import { currentWedge } from './wedge.ts'

export interface Scan {
  readonly code: string
  /** Milliseconds since 1970, when the last key of the burst was pressed. */
  readonly at: number
  /** Made here, where the scan happens: a repeat of the same gesture counts once. */
  readonly gesture: string
  /** What the scanner is there for, where the core drives it. */
  readonly role?: 'any' | 'item' | 'label'
  /** `]C0`, where the scanner gives it. */
  readonly aim?: string
}

type Sink = (scan: Scan) => void

interface Scans {
  /** The newest taker gets the scans; it gives them back when it leaves the screen. */
  readonly take: (sink: Sink, strict: boolean) => () => void
  /** The on-screen scanner: a code as if a scanner had read it now. */
  readonly inject: (code: string) => void
}

const ScanContext = createContext<Scans | null>(null)

export function ScanProvider({ children }: { children: ReactNode }) {
  const takers = useRef<{ sink: Sink; strict: boolean }[]>([])
  const [scans] = useState<Scans>(() => {
    const deliver = (scan: Scan) => takers.current.at(-1)?.sink(scan)
    return {
      take(sink, strict) {
        const taker = { sink, strict }
        takers.current.push(taker)
        return () => {
          takers.current = takers.current.filter((one) => one !== taker)
        }
      },
      inject: (code) => deliver({ code, at: Date.now(), gesture: gestureId() }),
    }
  })
  useEffect(
    () =>
      listenForScans(window, {
        onCode: (code, at) => takers.current.at(-1)?.sink({ code, at, gesture: gestureId() }),
        strict: () => takers.current.at(-1)?.strict ?? false,
        wedge: currentWedge,
      }),
    [],
  )
  // A scanner that the core drives means the same as one that types, wherever the focus is.
  const client = useClient()
  useEffect(
    () =>
      client.subscribe((event) => {
        // Asked at each scan: a bench that nobody named is called differently in another language.
        if (event.type !== 'scanned' || (event.bench !== null && event.bench !== benchName())) return
        const { code, gesture, role, aim } = event
        takers.current
          .at(-1)
          ?.sink({ code, gesture, at: Date.parse(event.at), role, ...(aim !== undefined && { aim }) })
      }),
    [client],
  )
  return <ScanContext value={scans}>{children}</ScanContext>
}

export function useScans(): Scans {
  const scans = useContext(ScanContext)
  if (scans === null) throw new Error('ScanProvider is missing')
  return scans
}

/** Takes every scan while the calling part is on the screen. `strict`: no key combination reaches the page. */
export function useScan(sink: Sink, strict = false): void {
  const { take } = useScans()
  const latest = useRef(sink)
  useEffect(() => {
    latest.current = sink
  })
  useEffect(() => take((scan) => latest.current(scan), strict), [take, strict])
}
