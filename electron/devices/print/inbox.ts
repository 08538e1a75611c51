/** Keeps what comes in until somebody reads it. */
export interface Inbox {
  put(bytes: Uint8Array): void
  /** Nothing more can come. */
  end(): void
  /** As `PrinterSession.read`. */
  read(milliseconds: number): Promise<Uint8Array | undefined>
}

/** A printer that talks without being asked is not kept for ever. */
const limit = 64 * 1024

export function createInbox(): Inbox {
  let kept: Uint8Array = Buffer.alloc(0)
  let ended = false
  let wake: () => void = () => undefined
  return {
    put(bytes) {
      kept = Buffer.concat([kept, bytes]).subarray(-limit)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    async read(milliseconds) {
      if (kept.length === 0 && !ended && milliseconds > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      if (kept.length === 0 && ended) return undefined
      const taken = kept
      kept = Buffer.alloc(0)
      return taken
    },
  }
}
