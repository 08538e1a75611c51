export { catalogHandlers } from './handlers.ts'
export { importCatalog, isFloor, previewCatalog } from './import-catalog.ts'
export { anyKit, partsOfKit, saveKit, saveProduct, saveShelf, saveStock, saveWaybill } from './repository.ts'
