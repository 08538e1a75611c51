export { catalogHandlers } from './handlers.ts'
export { importCatalog, previewCatalog } from './import-catalog.ts'
export { saveProduct, saveShelf, saveStock, saveWaybill } from './repository.ts'
