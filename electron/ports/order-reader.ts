import type { ColumnMapping } from '#shared/domain/orders/import/index.ts'
import type { Result } from '#shared/support/result.ts'
import type { TextEncodingName } from '#electron/ports/table-files.ts'

/**
 * Reads files of orders into what is to be saved of them, away from the thread that answers scans. The files are read
 * twice: first to see that they are sound to the end and how many rows each order has, then to hand out every order
 * with its last row, so that a broken file changes nothing and memory does not grow with the file.
 */
export interface OrderReader {
  read(job: OrderReadJob, hooks: OrderReadHooks): Promise<Result<OrdersRead>>
  close(): void
}

export interface OrderReadJob {
  readonly files: readonly { readonly name: string; readonly path: string }[]
  readonly encoding: TextEncodingName | undefined
  /** IANA zone of the shop. */
  readonly zone: string
  readonly preset: string | undefined
  readonly mapping: ColumnMapping | undefined
  /** Mappings that a person once made, by the signature of the headers. */
  readonly remembered: Readonly<Record<string, ColumnMapping>>
  readonly masterKey: Uint8Array
  /** Whether each order says which rows it was made of. */
  readonly tellRows: boolean
}

export interface OrderReadHooks {
  readonly signal: AbortSignal
  /** Bytes, over both passes. */
  progress(done: number, total: number): void
  /** Takes orders in the packing of `ready-order.ts`; reading waits while too many are on their way. */
  take(batch: OrderBatch): Promise<void>
}

/** Flat, because it crosses threads: a copy of few large things is much cheaper than one of many small ones. */
export interface OrderBatch {
  readonly orders: number
  readonly cells: readonly (string | number | null)[]
  readonly bytes: Uint8Array
  /** How many orders the files hold, at most. */
  readonly total: number
}

export interface OrdersRead {
  readonly preset: string | null
  /** The headers of each file, without the space around them. */
  readonly files: readonly { readonly file: string; readonly headers: readonly string[] }[]
  readonly cancellations: readonly Cancellation[]
  readonly rejected: readonly Rejected[]
}

/** An order that the files only take back, with the rows that say so. */
export interface Cancellation {
  readonly number: string
  readonly rows: readonly { readonly file: string; readonly row: number }[]
}

/** A row that was not taken, with its cells for a second try. */
export interface Rejected {
  readonly file: string
  readonly row: number
  readonly column: string
  /** The order that it belongs to, where that much could be read. */
  readonly order?: string | null
  readonly reason: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }
  readonly cells: readonly string[]
}
