import type { DeviceBinding } from '#shared/domain/devices/binding.ts'
import type { PrinterTransport } from './label-printer.ts'

/** Looks for what is plugged in or installed on this machine. */
export interface DeviceFinder {
  /** Everything that could be a printer, a scanner or a scale, by name. Never throws: a way that cannot be asked finds nothing. */
  find(): Promise<readonly FoundDevice[]>
  /** Calls when something was plugged in or out; returns how to stop. May be late by some seconds, never silent. */
  watch(changed: () => void): () => void
}

export type FoundDevice =
  | {
      readonly kind: 'printer'
      readonly name: string
      readonly transport: PrinterTransport
      /** As `PrinterAddress.address` takes it: a binding where the device has one, never a port that changes. */
      readonly address: string
      /** The printer's own words about itself (IEEE 1284 device id), where it has them. */
      readonly deviceId?: string
      /** What the driver of a queue is called; absent where it hands bytes on as they are, and of what is no queue. */
      readonly driver?: string
      readonly usb?: DeviceBinding
    }
  | {
      /** `input`: something that can be read; whether it is a scanner or a scale a person or the maker's table tells. */
      readonly kind: 'scanner' | 'scale' | 'input'
      readonly name: string
      readonly way: InputWay
      readonly address: string
      readonly usb?: DeviceBinding
    }

/** hidPos: USB page 8C · hidScale: USB page 8D · serial: RS-232 or USB-COM · keyboard: evdev, grabbed (Linux). */
export type InputWay = 'hidPos' | 'hidScale' | 'serial' | 'keyboard'
