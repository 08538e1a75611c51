import type { PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import type { PrinterAnswer } from './dialect.ts'

/**
 * The one byte of the USB printer class' GET_PORT_STATUS (USB Device Class Definition for Printing Devices 1.1): bit 3
 * no error, bit 4 selected, bit 5 paper empty. Cheap printers always say 18h.
 */
export function readPortStatus(byte: number): PrinterAnswer {
  const troubles: PrinterTrouble[] =
    (byte & 0x20) !== 0 ? ['paperOut'] : (byte & 0x18) === 0x18 ? [] : ['other']
  return { troubles, busy: false }
}
