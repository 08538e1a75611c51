import type {
  BenchRules,
  LabelFacts,
  LineFacts,
  Meaning,
  OrderFacts,
  Pending,
  ScannedProduct,
  Situation,
  WaveFacts,
} from '#shared/domain/packing/situation.ts'

/** Facts to decide on; override what a case is about. */
export const now = '2026-11-22T03:00:00.000Z'
export const rules: BenchRules = {
  id: 'bench-1',
  printMode: 'last',
  countdownMs: 0,
  errorsWait: false,
  checkLabel: false,
}
export const wave: WaveFacts = { id: 'wave-1', number: 1, kind: 'multi' }
export const label: LabelFacts = { id: 'label-1', waybill: 'SF1', courier: 'SF', state: 'sent' }

export const line = (over: Partial<LineFacts> = {}): LineFacts => ({
  id: 1,
  sku: 'RED',
  title: 'Red cup',
  spec: '',
  picture: null,
  productId: 1,
  quantity: 2,
  packed: 0,
  shipped: 0,
  kit: null,
  ...over,
})
export const order = (over: Partial<OrderFacts> = {}): OrderFacts => ({
  id: 'order-1',
  number: 'O-1',
  shop: 'Shop',
  state: 'open',
  stop: null,
  stopNote: '',
  hold: null,
  knownAt: '2026-11-22T02:59:00.000Z',
  stalePolicy: 'allowFresh',
  freshMinutes: 60,
  wave: null,
  slot: null,
  lines: [line(), line({ id: 2, sku: 'TEA', title: 'Tea', productId: 2, quantity: 1 })],
  parcel: null,
  ...over,
})
export const boxed = (
  over: Partial<NonNullable<OrderFacts['parcel']>> = {},
): NonNullable<OrderFacts['parcel']> => ({
  id: 'parcel-1',
  state: 'open',
  bench: { id: 'bench-1', name: 'Bench 1' },
  label: null,
  undoable: null,
  ...over,
})
/** Two gifts of one RED and two TEA each, sold beside a RED of its own; so many of each part and of the RED are in. */
export const gifts = (red: number, tea: number, own = 1, over: Partial<OrderFacts> = {}): OrderFacts => {
  const kit = { id: 7, sku: 'GIFT', title: 'Gift', quantity: 2, parts: 2 }
  return order({
    lines: [
      line({ quantity: 2, packed: red, kit: { ...kit, units: 1 } }),
      line({ id: 2, sku: 'TEA', productId: 2, quantity: 4, packed: tea, kit: { ...kit, units: 2 } }),
      line({ id: 3, quantity: 1, packed: own }),
    ],
    parcel: boxed(),
    ...over,
  })
}

/** An order of which so many RED and TEA lie in its box. */
export const filled = (red: number, tea: number, over: Partial<OrderFacts> = {}): OrderFacts =>
  order({
    lines: [
      line({ packed: red }),
      line({ id: 2, sku: 'TEA', title: 'Tea', productId: 2, quantity: 1, packed: tea }),
    ],
    parcel: boxed(),
    ...over,
  })
export const packed = (over: Partial<OrderFacts> = {}): OrderFacts =>
  filled(2, 1, { state: 'packed', parcel: boxed({ state: 'packed', bench: null, label }), ...over })

export const goods = (sku: string, units = 1): ScannedProduct => ({
  sku,
  title: sku,
  spec: '',
  picture: null,
  productId: 1,
  units,
})
export const item = (sku: string, units = 1, candidate: OrderFacts | null = null): Meaning => ({
  kind: 'product',
  products: [goods(sku, units)],
  candidate,
})

export const at = (
  meaning: Meaning,
  over: {
    bench?: Partial<BenchRules>
    pending?: Pending | null
    wave?: WaveFacts | null
    current?: OrderFacts | null
    scanner?: Situation['scanner']
    printing?: Situation['printing']
    stuck?: Situation['stuck']
    weight?: Situation['weight']
  } = {},
): Situation => ({
  now,
  bench: { ...rules, ...over.bench },
  pending: over.pending ?? null,
  wave: over.wave ?? null,
  current: over.current ?? null,
  meaning,
  scanner: over.scanner ?? 'any',
  printing: over.printing ?? new Set(),
  stuck: over.stuck ?? new Set(),
  weight: over.weight ?? null,
})
