export { general, type General } from './general.ts'
