import { cainiaoFamily } from './cainiao-family.ts'

/**
 * Kuaishou's component (its protocol as retold at mynw.cn/news/272254): the next task only after the word about the
 * one before, at most 10 documents in one, and the area under the waybill has a field name of its own.
 */
export const kuaishou = cainiaoFamily({
  usualAddress: 'ws://localhost:16888/ks/printer',
  oneTaskAt: 'connection',
  notify: 'notifyPrintResult',
  failure: 'maybe',
  documentFields: ({ waybill }) => ({ waybillCode: waybill, ksOrderFlag: true }),
  customData: 'customData',
})
