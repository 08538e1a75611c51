export { activeOperator, operatorsHandlers, supervisors } from './handlers.ts'
