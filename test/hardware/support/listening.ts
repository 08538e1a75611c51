import type { LinkState, OpenInput, OpenScanner, RawScan, ScannerSettings } from '#electron/ports/scanner.ts'
import { eventually } from '#test/hardware/devices/wait.ts'

/** Keeps what an adapter says, in the order in which it said it. */
export interface Listening<Heard> {
  /** The next thing heard, each once. */
  next(): Promise<Heard>
  /** What was heard and not yet asked for. */
  readonly waiting: readonly Heard[]
  /** Waits until the adapter says that the device is there, or that it is gone. */
  linked(kind: LinkState['kind']): Promise<true>
  close(): Promise<void>
}

export const listenTo = (open: OpenScanner, settings: ScannerSettings): Listening<RawScan> =>
  listening((scan, link) => open(settings, { scan, link }))

export function listening<Heard>(
  open: (hear: (heard: Heard) => void, link: (state: LinkState) => void) => OpenInput,
): Listening<Heard> {
  const waiting: Heard[] = []
  let state: LinkState | undefined
  const input = open(
    (heard) => waiting.push(heard),
    (link) => {
      state = link
    },
  )
  return {
    next: () => eventually('the device to be heard', () => waiting.shift()),
    waiting,
    linked: (kind) =>
      eventually(`the device to be ${kind}`, () => (state?.kind === kind ? (true as const) : undefined)),
    close: () => input.close(),
  }
}
