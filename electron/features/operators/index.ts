export { operatorsHandlers } from './handlers.ts'
export { activeOperator, supervisors } from './repository.ts'
export { actsAsSupervisor } from './rights.ts'
