export { shipmentsHandlers } from './handlers.ts'
export { recordShipment } from './record-shipment.ts'
