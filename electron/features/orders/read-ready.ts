import { createHash } from 'node:crypto'
import { ok, type Result } from '#shared/support/result.ts'
import type { OrderReadHooks, OrderReadJob, OrdersRead } from '#electron/ports/order-reader.ts'
import type { TableFiles } from '#electron/ports/table-files.ts'
import { streamOrders } from './import-orders.ts'
import { openFiles, withCells } from './read-source.ts'
import { packOrders, readyOrder, readyPart } from './ready-order.ts'
import { openMasterKey } from './receiver.ts'

/** Reads files of orders and makes all ready that can be without the database. Runs on any thread. */
export async function readReadyOrders(
  tables: TableFiles,
  job: OrderReadJob,
  hooks: OrderReadHooks,
): Promise<Result<OrdersRead>> {
  const opened = await openFiles(tables, job.files, job.encoding)
  if (!opened.ok) return opened
  const master = openMasterKey(job.masterKey)
  const options = {
    zone: job.zone,
    preset: job.preset,
    mapping: job.mapping,
    remembered: (headers: readonly string[]) => job.remembered[signature(headers)],
  }
  const call = {
    signal: hooks.signal,
    progress: (_phase: string, done: number, total: number) => hooks.progress(done, total),
  }
  const read = await streamOrders(opened.value, options, call, async (orders, total, whole) => {
    await hooks.take(
      packOrders(
        orders.map((order) => ({
          ...(whole ? readyOrder : readyPart)(master, order),
          rows: job.tellRows ? order.sourceRows : [],
        })),
        total,
      ),
    )
  })
  if (!read.ok) return read
  const { files, cancellations } = read.value
  const rejected = await withCells(opened.value, read.value.rejected, call)
  if (!rejected.ok) return rejected
  return ok({
    preset: files[0]?.plan.preset.id ?? null,
    files: files.map((file) => ({ file: file.name, headers: file.plan.headers })),
    cancellations,
    rejected: rejected.value,
  })
}

/** Files with the same headers are the same kind of file: a mapping made once is remembered by them. */
export const signature = (headers: readonly string[]): string =>
  createHash('sha256')
    .update(headers.map((header) => header.trim()).join('\u0000'))
    .digest('hex')
