import { randomFillSync } from 'node:crypto'
import type { Clock } from '#electron/ports/clock.ts'
import type { Ids } from '#electron/ports/ids.ts'

/**
 * UUIDv7 (RFC 9562 §5.7) with a 12-bit counter within a millisecond, so that they sort in the order they were made.
 *
 * @param newest none is made that sorts before it: the clock may have been set back since
 */
export function systemIds(clock: Clock, newest: string | null = null): Ids {
  // Its milliseconds count as full, so that the next id has later ones.
  let lastMs = millisecondsIn(newest ?? '')
  let counter = 0xfff
  // Filled many ids at a time: asking the system for each costs more than the rest of an id.
  const random = Buffer.alloc(4096)
  let used = random.length
  const sixteen = () => {
    if (used === random.length) {
      randomFillSync(random)
      used = 0
    }
    used += 16
    return random.subarray(used - 16, used)
  }
  return {
    next: () => {
      const now = Date.parse(clock.now())
      if (now > lastMs) {
        lastMs = now
        counter = sixteen().readUInt16BE() & 0x7ff
      } else {
        counter += 1
        if (counter > 0xfff) {
          lastMs += 1
          counter = 0
        }
      }
      const bytes = sixteen()
      bytes.writeUIntBE(lastMs, 0, 6)
      bytes.writeUInt16BE(0x7000 | counter, 6)
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
      const hex = bytes.toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}

/** When a UUIDv7 was made; 0 for any other text. */
function millisecondsIn(id: string): number {
  const [, high = '', low = '0'] = /^([\da-f]{8})-([\da-f]{4})-7/.exec(id) ?? []
  return Number.parseInt(`${high}${low}`, 16)
}

export const systemClock: Clock = { now: () => new Date().toISOString() }
