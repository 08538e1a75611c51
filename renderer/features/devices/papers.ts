import type { Draft } from './printer-draft.ts'

export interface Paper {
  readonly what: 'waybill' | 'twoPart' | 'oneHand' | 'a6' | 'product' | 'shelf' | 'roll'
  readonly widthMm: number
  readonly heightMm: number
  readonly media: Draft['media']
}

/** What lies in most label printers. A roll is as long as the longest slip may get. */
export const papers: readonly Paper[] = [
  { what: 'waybill', widthMm: 100, heightMm: 150, media: 'gap' },
  { what: 'twoPart', widthMm: 100, heightMm: 180, media: 'gap' },
  { what: 'oneHand', widthMm: 76, heightMm: 130, media: 'gap' },
  { what: 'a6', widthMm: 105, heightMm: 148, media: 'gap' },
  { what: 'product', widthMm: 60, heightMm: 40, media: 'gap' },
  { what: 'shelf', widthMm: 40, heightMm: 30, media: 'gap' },
  { what: 'roll', widthMm: 80, heightMm: 200, media: 'continuous' },
]
