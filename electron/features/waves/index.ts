export { wavesHandlers } from './handlers.ts'
export { leaveWave } from './repository.ts'
