import { cainiaoFamily } from './cainiao-family.ts'

/**
 * Cainiao CloudPrint, also Xiaohongshu's component. It is asked to tell when a label is drawn, which it does before the
 * label reaches the printer: a task that fails without it put nothing out.
 */
export const cainiao = cainiaoFamily({
  usualAddress: 'ws://localhost:13528',
  oneTaskAt: 'printer',
  notify: 'notifyPrintResult',
  failure: 'ifRendered',
  taskFields: { notifyType: ['render', 'print'] },
  customData: 'data',
})
