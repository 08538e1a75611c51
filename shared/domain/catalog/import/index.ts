/** Our own files about goods, shelves, stock and waybill numbers. */
export { catalogFormats, detectCatalog, planCatalog } from '#shared/domain/catalog/import/formats.ts'
export type { CatalogField, CatalogKind, CatalogPlan } from '#shared/domain/catalog/import/formats.ts'
export { codeMax, readCatalogRow } from '#shared/domain/catalog/import/rows.ts'
export type {
  CatalogRejection,
  CatalogResult,
  CatalogRows,
  ProductRow,
  ShelfRow,
  StockRow,
  WaybillRow,
} from '#shared/domain/catalog/import/rows.ts'
export {
  collectProducts,
  collectShelves,
  collectStock,
  collectWaybills,
} from '#shared/domain/catalog/import/collect.ts'
export type { CatalogProblem, Collected, ImportedProduct } from '#shared/domain/catalog/import/collect.ts'
