export { packingArea } from './handlers.ts'
