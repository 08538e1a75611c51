export { wavesHandlers } from './handlers.ts'
