export { labelsHandlers } from './handlers.ts'
export { layoutsHandlers } from './layouts.ts'
export { markLabel, reprintLabel, requestLabel, voidLabel } from './ledger.ts'
export { createPrintService, type PrintService } from './print-service.ts'
