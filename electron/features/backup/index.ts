export { auditAct } from './audit.ts'
export { backupHandlers } from './handlers.ts'
