import type { Input } from '#shared/contract/index.ts'

type Layout = Input<'layouts.save'>['layout']

/** A small layout of a bench's own: one QR code of the waybill; override what a test is about. */
export const exampleLayout = (over: Partial<Layout> = {}): Layout => ({
  name: 'Mine',
  kind: 'shipping',
  paper: [100, 150],
  items: [{ kind: 'qr', field: 'waybill', at: [30, 50, 40, 40] }],
  ...over,
})
