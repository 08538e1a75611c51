import { describe, expect, it } from 'vitest'
import { type ComponentLabel, componentTask } from '#electron/features/labels/component-task.ts'

const label: ComponentLabel = {
  id: '0190b3c4',
  prints: 2,
  waybill: 'YD1',
  orderNumber: '5501',
  shop: '小满童装',
  slot: 'W-0142 · 7',
  bench: '3 号台',
  contents: ['KD-014 儿童雨鞋 ×2', 'KD-015 ×1'],
  note: '请轻放',
}
const kept = {
  printData: '{"encryptedData":"x","templateURL":"https://t/1"}',
  platform: 'cainiao',
  order: '5501',
}
const target = { platform: 'cainiao', printer: '面单机', customTemplate: 'https://t/custom' } as const

describe('the task of a label', () => {
  it('has what the marketplace gave, and the area under it', () => {
    expect(componentTask(label, kept, target)).toEqual({
      ok: true,
      task: {
        id: '0190b3c4-2',
        printer: '面单机',
        waybill: 'YD1',
        printData: { encryptedData: 'x', templateURL: 'https://t/1' },
        custom: {
          templateUrl: 'https://t/custom',
          data: {
            order: '5501',
            shop: '小满童装',
            slot: 'W-0142 · 7',
            bench: '3 号台',
            items: 'KD-014 儿童雨鞋 ×2\nKD-015 ×1',
            note: '请轻放',
          },
        },
      },
    })
  })

  it('is another for each print, and has no area without a template', () => {
    const again = componentTask(
      { ...label, prints: 3 },
      { ...kept, platform: null },
      { ...target, customTemplate: null },
      'p=1',
    )
    expect(again).toMatchObject({ ok: true, task: { id: '0190b3c4-3', params: 'p=1' } })
    expect(again).not.toHaveProperty('task.custom')
  })

  it.each([
    [{ ...kept, printData: null }, target, 'noPrintData'],
    [{ ...kept, printData: '[1]' }, target, 'printDataUnreadable'],
    [{ ...kept, printData: '{' }, target, 'printDataUnreadable'],
    [{ ...kept, platform: 'jd' }, target, 'printDataOfOtherPlatform'],
    [{ ...kept, order: '5502' }, target, 'printDataOfOtherOrder'],
    [{ ...kept, order: null }, target, 'printDataOfOtherOrder'],
    [kept, { ...target, printer: null }, 'noComponentPrinter'],
  ] as const)('is none with %j for %j', (data, to, reason) => {
    expect(componentTask(label, data, to)).toEqual({ ok: false, reason })
  })
})
