import { cainiaoFamily } from './cainiao-family.ts'

/** Pinduoduo's component. It tells how a task went without the request's id, and never at which stage one failed. */
export const pinduoduo = cainiaoFamily({
  usualAddress: 'ws://127.0.0.1:5000',
  oneTaskAt: 'printer',
  notify: 'PrintResultNotify',
  failure: 'maybe',
  customData: 'data',
})
