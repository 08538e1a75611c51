import { cainiaoFamily } from './cainiao-family.ts'

/**
 * Douyin's component. Every waybill needs `params`, a signed `logistics.getShopKey` call that is valid for a short
 * time: a label cannot be printed long after its token, and never without the network that signs.
 */
export const douyin = cainiaoFamily({
  usualAddress: 'ws://localhost:13888',
  oneTaskAt: 'printer',
  notify: 'notifyPrintResult',
  failure: 'maybe',
  refuses: ({ params }) => (params === undefined || params.trim() === '' ? 'noFreshParams' : undefined),
  waybillFields: ({ params }) => ({ params }),
  customData: 'data',
})
