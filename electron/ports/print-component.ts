import type { ComponentPlatform } from '#shared/domain/devices/component-address.ts'
import type { SendOutcome } from './label-printer.ts'

/** A marketplace's own print program on this machine or in the network, spoken to over a WebSocket. */
export interface PrintComponent {
  /** Its printers; a failure says why none could be asked. Never throws. */
  printers(): Promise<ComponentPrinters>
  /**
   * One waybill, one task. `printed` when the component's own word on this very waybill says so, `unknown` when the
   * connection broke or the answer stayed away after the task had left. Never throws, never repeats a task by itself.
   */
  print(task: ComponentTask, onAccepted?: () => void): Promise<SendOutcome>
  close(): void
}

export type ComponentPrinters =
  | { readonly kind: 'printers'; readonly printers: readonly ComponentPrinter[] }
  | { readonly kind: 'absent'; readonly reason: string }

export interface ComponentPrinter {
  readonly name: string
  readonly enabled: boolean
  readonly isDefault: boolean
}

export interface ComponentTask {
  /** Ours, and new for every print of a label, so that an answer belongs to one print only. */
  readonly id: string
  readonly printer: string
  /** The waybill number; the component's document id where it has one. */
  readonly waybill: string
  /** What the marketplace gave with the waybill (`print_data`), as it came: encrypted, signed, with its template. */
  readonly printData: Readonly<Record<string, unknown>>
  /** The area under the waybill. */
  readonly custom?: { readonly templateUrl: string; readonly data: Readonly<Record<string, unknown>> }
  /** What a platform wants fresh for each print (Douyin's signed `params`). */
  readonly params?: string
}

/** `address` is `ws://host:port/path`; empty: the platform's usual one on this machine. */
export type OpenComponent = (platform: ComponentPlatform, address: string) => PrintComponent
