export { catalogHandlers } from './handlers.ts'
export { importCatalog, previewCatalog } from './import-catalog.ts'
export { anyKit, partsOfKit, saveKit, saveProduct, saveShelf, saveStock, saveWaybill } from './repository.ts'
