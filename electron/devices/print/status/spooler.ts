import type { PrinterStatus } from '#shared/domain/devices/printer-status.ts'
import { troublesOfBits } from './dialect.ts'

/**
 * A Windows queue's `Status` and `Attributes` (winspool.h, PRINTER_INFO_2). A queue of which nothing is known says 0, and
 * so does one whose printer is switched off: that is no health.
 */
export function readSpoolerStatus(status: number, attributes: number): PrinterStatus {
  const workOffline = (attributes & 0x400) !== 0
  if (workOffline || (status & 0x80) !== 0) return { kind: 'absent', reason: 'the queue is offline' }
  if ((status & 0x1000) !== 0) return { kind: 'absent', reason: 'the printer is not available' }
  const troubles = troublesOfBits(status, [
    [0x1, 'paused'],
    [0x10, 'paperOut'],
    [0x40, 'paperOut'],
    [0x400000, 'headOpen'],
    [0x8, 'jam'],
    [0x40000, 'ribbonOut'],
    [0x200000, 'memory'],
    [0x2, 'other'],
    [0x800, 'other'],
    [0x100000, 'other'],
  ])
  if (troubles.length > 0) return { kind: 'trouble', troubles }
  return { kind: (status & 0x4700) === 0 ? 'unasked' : 'busy' }
}
