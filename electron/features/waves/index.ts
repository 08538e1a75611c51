export { saveFloorPlan } from './floor.ts'
export { wavesHandlers } from './handlers.ts'
export { leaveWave } from './repository.ts'
export { findWave } from './wave-row.ts'
