export { readReceiver } from './receiver.ts'
