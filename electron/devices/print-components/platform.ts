import type { ComponentPrinter, ComponentTask } from '#electron/ports/print-component.ts'
import type { Fields } from './fields.ts'

/** What one print component speaks: how it is asked, and what its answers mean. Pure data and functions. */
export interface Platform {
  /** Where it listens on this machine. */
  readonly usualAddress: string
  /** What must be over before a task is written: the one before it on the same printer, or any on this connection. */
  readonly oneTaskAt: 'printer' | 'connection'
  askPrinters(request: string): Fields
  /** The message for a task, whose own id names the request as well; or why this component could not print it. */
  askPrint(task: ComponentTask): Asked
  /** Absent where the component knows no such question. */
  readonly askStatus?: (request: string, task: string) => Fields
  /** Nothing for a message that says nothing of a request or a task. `waybillOf`: what a task of ours prints. */
  read(message: Fields, waybillOf: WaybillOf): readonly Answer[]
}

/** Undefined for a task that nobody waits for. */
export type WaybillOf = (task: string) => string | undefined

export type Asked =
  | { readonly ok: true; readonly message: Fields }
  | { readonly ok: false; readonly reason: string }

export interface Answer {
  /** The id of the request or the task that it is about. */
  readonly about: string
  readonly says: Saying
}

export type Saying =
  | { readonly kind: 'printers'; readonly printers: readonly ComponentPrinter[] }
  | { readonly kind: 'noPrinters'; readonly reason: string }
  /** The task is taken; nothing is said of paper yet. */
  | { readonly kind: 'accepted' }
  /** The label is drawn and on its way to the printer. */
  | { readonly kind: 'rendered' }
  | { readonly kind: 'printed' }
  /** The task is taken or behind the component, which will never say whether its label is out. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly paper: Paper; readonly reason: string }

/**
 * Whether a failed task may have put something out. none: it ended before its label was drawn · ifRendered: only when
 * the component had said, or may have said unheard, that it was drawn · maybe: nobody can tell.
 */
export type Paper = 'none' | 'ifRendered' | 'maybe'
