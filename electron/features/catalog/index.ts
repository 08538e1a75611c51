export { catalogHandlers } from './handlers.ts'
export { importCatalog, previewCatalog } from './import-catalog.ts'
export { partsOfKit, saveKit, saveProduct, saveShelf, saveStock, saveWaybill } from './repository.ts'
