/** Our own files about goods, kits, shelves, stock and waybill numbers. */
export { catalogFormats, detectCatalog, planCatalog } from '#shared/domain/catalog/import/formats.ts'
export type { CatalogField, CatalogKind, CatalogPlan } from '#shared/domain/catalog/import/formats.ts'
export { codeMax, kitOfRow, readCatalogRow } from '#shared/domain/catalog/import/rows.ts'
export type {
  CatalogRejection,
  CatalogResult,
  CatalogRows,
  KitRow,
  ProductRow,
  ShelfRow,
  StockRow,
  WaybillRow,
} from '#shared/domain/catalog/import/rows.ts'
export {
  collectKits,
  collectProducts,
  collectShelves,
  collectStock,
  collectWaybills,
} from '#shared/domain/catalog/import/collect.ts'
export type {
  CatalogProblem,
  Collected,
  ImportedKit,
  ImportedProduct,
} from '#shared/domain/catalog/import/collect.ts'
