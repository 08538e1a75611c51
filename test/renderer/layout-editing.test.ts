import { describe, expect, it } from 'vitest'
import { labelLayout } from '#shared/contract/layouts.ts'
import { itemKinds, layoutFaults } from '#shared/domain/labels/check-layout.ts'
import { type LabelLayout, type LayoutKind, mainCode } from '#shared/domain/labels/layout.ts'
import {
  addItem,
  changeItem,
  draw,
  grabbedAt,
  itemAt,
  liftItem,
  nudgeItem,
  placeItem,
  removeItem,
} from '#renderer/features/labels/layout-editing.ts'
import { beginHistory } from '#renderer/ui/history.ts'

const layout: LabelLayout = {
  name: 'Mine',
  kind: 'shipping',
  paper: [100, 150],
  items: [
    { kind: 'frame', at: [0, 0, 100, 150], line: 0.5 },
    { kind: 'qr', field: 'waybill', at: [10, 20, 30, 30] },
    { kind: 'solid', at: [0, 100, 100, 0.25], when: 'note' },
  ],
}
const atOf = (from: LabelLayout, item: number) => from.items[item]?.at

describe('moving an item', () => {
  it('snaps to half a millimetre and stays on the paper', () => {
    expect(atOf(placeItem(layout, 1, 12.3, 20.2), 1)).toEqual([12.5, 20, 30, 30])
    expect(atOf(placeItem(layout, 1, -50, 500), 1)).toEqual([0, 120, 30, 30])
    expect(atOf(nudgeItem(layout, 1, 0.5, -0.5), 1)).toEqual([10.5, 19.5, 30, 30])
    expect(layoutFaults(placeItem(layout, 1, 500, 500))).toEqual([])
  })

  it('that goes nowhere is no change', () => {
    expect(placeItem(layout, 0, 9, 9)).toBe(layout)
    expect(nudgeItem(layout, 7, 1, 1)).toBe(layout)
  })
})

describe('changing an item', () => {
  it('drops what is undefined, so that the layout says only what it means', () => {
    const [, , changed] = changeItem(layout, 2, { when: undefined, at: [1, 1, 2, 2] }).items
    expect(changed).toStrictEqual({ kind: 'solid', at: [1, 1, 2, 2] })
  })

  it('adds every kind on every paper, with no fault but what comes to lie on the code', () => {
    for (const kind of ['shipping', 'slip', 'product', 'location'] satisfies LayoutKind[]) {
      for (const paper of [
        [40, 30],
        [100, 150],
      ] as const) {
        let next: LabelLayout = { name: 'x', kind, paper, items: [] }
        for (const item of itemKinds) if (item !== 'image') next = addItem(next, item)
        expect(next.items.length).toBe(itemKinds.length - 1)
        // In the middle lies the main code: what comes to lie on it is told until it is moved.
        expect(layoutFaults(next).map(({ what }) => what)).toEqual(['layoutCodeCovered'])
        const beside = next.items.filter((item) => ['qr', 'text', 'words'].includes(item.kind))
        expect(layoutFaults({ ...next, items: beside })).toEqual([])
        expect(labelLayout.safeParse(next).success).toBe(true)
      }
    }
  })

  it('lifts over and puts under, and removes the main code only with a fault', () => {
    expect(liftItem(layout, 0, 1).items.map(({ kind }) => kind)).toEqual(['qr', 'frame', 'solid'])
    expect(liftItem(layout, 2, 1)).toBe(layout)
    expect(layoutFaults(removeItem(layout, 1))).toEqual([{ item: 0, what: 'layoutNoCode' }])
    expect(mainCode('shipping')).toBe('waybill')
  })
})

describe('the item under the pointer', () => {
  it('is the smallest there, and a rule is as thick as a pointer', () => {
    expect(itemAt(layout, 15, 25)).toBe(1)
    expect(itemAt(layout, 80, 25)).toBe(0)
    expect(itemAt(layout, 50, 100.8)).toBe(2)
    expect(itemAt({ ...layout, items: [] }, 1, 1)).toBeNull()
  })

  it('is dragged though a smaller one lies over it, once it is chosen', () => {
    expect(grabbedAt(layout, null, 15, 25)).toBe(1)
    expect(grabbedAt(layout, 0, 15, 25)).toBe(0)
    expect(grabbedAt(layout, 2, 15, 25)).toBe(1)
    expect(grabbedAt({ ...layout, items: [] }, 3, 1, 1)).toBeNull()
  })
})

describe('undo', () => {
  it('takes a whole drag back at once, and redo brings it again', () => {
    let drawing = beginHistory(layout)
    for (const x of [11, 12, 13])
      drawing = draw(drawing, { act: 'edit', layout: placeItem(drawing.now, 1, x, 20), gesture: 'a' })
    drawing = draw(drawing, { act: 'edit', layout: removeItem(drawing.now, 0) })
    drawing = draw(drawing, { act: 'undo' })
    expect(atOf(drawing.now, 1)).toEqual([13, 20, 30, 30])
    drawing = draw(drawing, { act: 'undo' })
    expect(drawing.now).toBe(layout)
    expect(draw(drawing, { act: 'undo' })).toBe(drawing)
    drawing = draw(draw(drawing, { act: 'redo' }), { act: 'redo' })
    expect(drawing.now.items.length).toBe(2)
    expect(draw(drawing, { act: 'redo' })).toBe(drawing)
  })
})
