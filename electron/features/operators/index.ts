export { operatorsHandlers, supervisors } from './handlers.ts'
