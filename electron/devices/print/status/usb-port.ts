import type { PrinterAnswer } from './dialect.ts'

/**
 * The one byte of the USB printer class' GET_PORT_STATUS (USB Device Class Definition for Printing Devices 1.1): bit 3
 * no error, bit 4 selected, bit 5 paper empty. Cheap printers always say the same, 18h or 00h: only missing paper is
 * believed, and undefined is what says nothing.
 */
export function readPortStatus(byte: number): PrinterAnswer | undefined {
  if ((byte & 0x20) !== 0) return { troubles: ['paperOut'], busy: false }
  return (byte & 0x18) === 0x18 ? { troubles: [], busy: false } : undefined
}
