/** Order files of marketplaces and our own: which file it is, what its rows say, which orders they make. */
export { canonicalOrder } from '#shared/domain/orders/import/order.ts'
export type {
  ImportedLine,
  ImportedOrder,
  ImportedReceiver,
  OrderStatus,
  OrderStop,
  SourceRow,
} from '#shared/domain/orders/import/order.ts'
export { orderFields, presetIds, presetOf, presets } from '#shared/domain/orders/import/presets.ts'
export type { OrderField, OrderPreset, PresetId } from '#shared/domain/orders/import/presets.ts'
export { detectFor, detectPreset, findHeader, sureConfidence } from '#shared/domain/orders/import/detect.ts'
export type { Detection } from '#shared/domain/orders/import/detect.ts'
export { OrderRowReader, planColumns } from '#shared/domain/orders/import/rows.ts'
export type {
  ColumnMapping,
  ColumnPlan,
  OrderRow,
  RowOptions,
  RowRejection,
  RowResult,
} from '#shared/domain/orders/import/rows.ts'
export { OrderCensus, OrderCollector } from '#shared/domain/orders/import/collect.ts'
export type { CollectedOrders, OrderProblem, OrderProblemCode } from '#shared/domain/orders/import/collect.ts'
