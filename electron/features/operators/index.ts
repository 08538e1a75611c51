export { operatorsHandlers } from './handlers.ts'
export { activeOperator, supervisors } from './repository.ts'
