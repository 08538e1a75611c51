import type { LinkState, OpenInput } from '#electron/ports/scanner.ts'

interface Listener {
  link(state: LinkState): void
}

/** Inputs that are plugged in and out and made to speak by hand; everything is plugged in at the beginning. */
export interface SimulatedInputs<Heard extends Listener> {
  open(address: string, heard: Heard): OpenInput
  /** Speaks to all who listen to this address, while it is plugged in. */
  say(address: string, what: (heard: Heard) => void): void
  plug(address: string): void
  unplug(address: string): void
}

const gone: LinkState = { kind: 'gone', reason: 'the simulated device is unplugged' }

export function createSimulatedInputs<Heard extends Listener>(): SimulatedInputs<Heard> {
  const listeners = new Map<Heard, string>()
  const unplugged = new Set<string>()
  const at = (address: string) =>
    [...listeners].flatMap(([heard, where]) => (where === address ? [heard] : []))
  return {
    open(address, heard) {
      listeners.set(heard, address)
      // Later, as with a real device: nobody is called before `open` has returned.
      queueMicrotask(() => {
        if (listeners.has(heard)) heard.link(unplugged.has(address) ? gone : { kind: 'open' })
      })
      return {
        close() {
          listeners.delete(heard)
          return Promise.resolve()
        },
      }
    },
    say(address, what) {
      if (!unplugged.has(address)) at(address).forEach(what)
    },
    plug(address) {
      if (unplugged.delete(address)) for (const heard of at(address)) heard.link({ kind: 'open' })
    },
    unplug(address) {
      if (unplugged.has(address)) return
      unplugged.add(address)
      for (const heard of at(address)) heard.link(gone)
    },
  }
}
