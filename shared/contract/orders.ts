import { z } from 'zod'
import { command, count, heldFile, id, instant, job, name, note, nothing, query, reason } from './entry.ts'
import { labelState } from './label-state.ts'

export const stopReason = z.enum(['refund', 'cancel', 'addressChange', 'changed', 'risk', 'merge'])
export const orderState = z.enum(['open', 'packed', 'handedOver', 'cancelled'])

/** The kit that a line is a part of; `nth` tells two kits of one SKU in an order apart. */
export const soldKit = z.object({ nth: count, sku: z.string(), title: z.string(), quantity: count })
export type SoldKit = z.infer<typeof soldKit>

export const orderRow = z.object({
  id,
  number: z.string(),
  shop: z.string(),
  platform: z.string(),
  state: orderState,
  stop: stopReason.nullable(),
  hold: z.string().nullable(),
  knownAt: instant,
  paidAt: instant.nullable(),
  shipBy: instant.nullable(),
  courier: z.string().nullable(),
  lines: count,
  units: count,
  firstTitle: z.string(),
  wave: z.int().nullable(),
  slot: z.int().nullable(),
  waybill: z.string().nullable(),
})
export type OrderRow = z.infer<typeof orderRow>

export const orderStory = orderRow.extend({
  platformStatus: z.string(),
  stopNote: z.string(),
  buyerNote: z.string(),
  sellerNote: z.string(),
  receiverMasked: z.string(),
  currency: z.string(),
  amountMinor: z.int(),
  /** The label of the box that is here; null where there is none or the box is gone. */
  label: z.object({ id, waybill: z.string(), state: labelState, prints: count }).nullable(),
  orderLines: z.array(
    z.object({
      sku: z.string(),
      title: z.string(),
      spec: z.string(),
      quantity: count,
      packed: count,
      location: z.string().nullable(),
      picture: z.string().nullable(),
      known: z.boolean(),
      kit: soldKit.nullable(),
    }),
  ),
  /** Oldest first: everything that happened to this order. */
  events: z.array(
    z.object({
      at: instant,
      kind: z.enum(['imported', 'paid', 'wave', 'scan', 'label', 'handOver', 'audit', 'weight']),
      code: z.string(),
      text: z.string(),
      who: z.string().nullable(),
    }),
  ),
})
export type OrderStory = z.infer<typeof orderStory>

export const importKind = z.enum(['orders', 'catalog', 'kits', 'layout', 'stock', 'waybills'])
export type ImportKind = z.infer<typeof importKind>

export const rejectedRow = z.object({ file: z.string(), row: count, column: z.string(), reason })
export type RejectedRow = z.infer<typeof rejectedRow>

const source = z.object({
  kind: importKind,
  /** Files written before with `files.write`, or paths when the command line asks. */
  files: z
    .array(z.union([z.object({ upload: id }), z.object({ path: z.string().max(4096) })]))
    .min(1)
    .max(20),
  shop: name.optional(),
  courier: name.optional(),
  preset: name.optional(),
  /** field -> header, for the generic preset; remembered for files with the same headers. */
  mapping: z.record(z.string(), z.string()).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'shift_jis']).optional(),
})

/** What only a file of kits brings about. */
const kitNews = {
  /** Waiting orders that now hold the parts of their kits. */
  exploded: count,
  /** Rows that were taken and that somebody should know of. */
  notes: z.array(rejectedRow),
}

export const importPreview = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['csv', 'xlsx']),
      encoding: z.string().nullable(),
      preset: z.string().nullable(),
      headers: z.array(z.string()),
      mapping: z.record(z.string(), z.string()),
      missing: z.array(z.string()),
      sample: z.array(z.array(z.string())),
    }),
  ),
  rows: count,
  /** Orders, products, kits, shelves or numbers that the file holds. */
  things: count,
  created: count,
  updated: count,
  unchanged: count,
  held: count,
  rejected: z.array(rejectedRow),
  rejectedCount: count,
  ...kitNews,
})
export type ImportPreview = z.infer<typeof importPreview>

export const importResult = z.object({
  importId: id,
  created: count,
  updated: count,
  unchanged: count,
  held: count,
  rejected: z.array(rejectedRow),
  rejectedCount: count,
  ...kitNews,
})
export type ImportResult = z.infer<typeof importResult>

export const orders = {
  'orders.list': query(
    z.object({
      state: orderState.optional(),
      only: z.enum(['stopped', 'held', 'late', 'unplanned', 'pullOut', 'incomplete', 'unprinted']).optional(),
      shop: name.optional(),
      /** Order number, waybill or SKU, from its start. */
      find: z.string().max(200).optional(),
      offset: count,
      limit: z.int().min(1).max(500),
    }),
    z.object({ rows: z.array(orderRow), total: count }),
  ),
  'orders.story': query(z.object({ id }), orderStory.nullable()),
  'orders.hold': command(z.object({ id, reason: note.min(1) }), nothing),
  'orders.release': command(z.object({ id, reason: note.min(1) }), nothing, 'supervisor'),
  /** Today's river: the states sum to the total. */
  'orders.today': query(
    nothing,
    z.object({
      waiting: count,
      inWave: count,
      packing: count,
      packed: count,
      handedOver: count,
      stopped: count,
      total: count,
      late: count,
      /** Labels of boxes that are here which were not sent and wait for a person. */
      unprinted: count,
      couriers: z.array(
        z.object({
          courier: z.string().nullable(),
          left: count,
          cutoff: z.string().nullable(),
          shipBy: instant.nullable(),
        }),
      ),
      benches: z.array(
        z.object({
          name: z.string(),
          operator: z.string().nullable(),
          packed: count,
          errors: count,
          lastAt: instant.nullable(),
        }),
      ),
    }),
  ),
  'imports.preview': query(source.extend({ job }), importPreview, 'operator'),
  'imports.run': command(source.extend({ job }), importResult),
  'imports.list': query(
    nothing,
    z.object({
      imports: z.array(
        z.object({
          id,
          kind: importKind,
          file: z.string(),
          preset: z.string().nullable(),
          shop: z.string().nullable(),
          at: instant,
          created: count,
          updated: count,
          unchanged: count,
          held: count,
          rejected: count,
        }),
      ),
    }),
  ),
  /** The rows that were not taken; of their cells only the one at fault is told. */
  'imports.rejects': query(
    z.object({ importId: id }),
    z.object({
      rows: z.array(
        rejectedRow.extend({
          id: z.int(),
          value: z.string().nullable(),
          /** Whether the row can be tried again as it stands here. */
          again: z.boolean(),
        }),
      ),
    }),
    'operator',
  ),
  /** The rejected rows of one file as a workbook. They hold people's data in clear: only for who may see it. */
  'imports.rejectsFile': query(
    z.object({ importId: id, file: z.string().max(4096) }),
    heldFile,
    'supervisor',
  ),
  /** Imports the rejected rows once more, with what was mended of them. */
  'imports.retry': command(
    z.object({
      importId: id,
      job,
      mended: z.array(z.object({ id: z.int(), value: z.string().max(20_000) })).max(20_000),
    }),
    importResult,
  ),
}
