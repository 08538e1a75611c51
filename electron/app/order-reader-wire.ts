import type { OrderBatch, OrderReadJob, OrdersRead } from '#electron/ports/order-reader.ts'
import type { Result } from '#shared/support/result.ts'

export type ToThread =
  | { readonly type: 'read'; readonly job: OrderReadJob }
  /** A batch was saved: another may come. */
  | { readonly type: 'taken' }
  | { readonly type: 'cancel' }

export type FromThread =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'batch'; readonly batch: OrderBatch }
  | { readonly type: 'done'; readonly result: Result<OrdersRead> }

/** Batches on their way at once: the reader stays ahead of the saver, and memory flat. */
export const ahead = 4
