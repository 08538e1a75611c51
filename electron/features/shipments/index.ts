export { recordShipment } from './record-shipment.ts'
