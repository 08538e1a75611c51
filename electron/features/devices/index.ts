export { devicesHandlers } from './handlers.ts'
