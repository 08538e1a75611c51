/** How waves are made and lists are walked. Plain data: a supervisor edits it, tries it, compares it. */
export interface Strategy {
  /** Orders of one SKU in waves of their own, where any item opens its order. */
  readonly singles: boolean
  /** Most orders in a wave without slots. */
  readonly singleOrders: number
  /** So many orders with the very same goods make a wave of their own; 0 = never. */
  readonly identical: number
  /** Orders of nothing but the goods that carry this share of all lines (in percent) go together; 0 = never. */
  readonly hotShare: number
  /** Orders that lie in one zone are not mixed with those of other zones. */
  readonly zones: boolean
  /** What one cart takes, each 0 = no limit but slots: orders, units, grams, millilitres, goods per order. */
  readonly slots: number
  readonly units: number
  readonly weightG: number
  readonly volumeMl: number
  readonly stops: number
  /** Orders of one buyer travel on one cart. */
  readonly buyersTogether: boolean
  /** Goods from this weight on come first on a list; 0 = as they lie on the way. */
  readonly heavyFirstG: number
  /** Fragile goods come last on a list. */
  readonly fragileLast: boolean
  /** `shortest` searches for the batches that walk least, `firstCome` fills carts in the order of the deadlines. */
  readonly batching: 'shortest' | 'firstCome'
  readonly walk: 'shortest' | 'serpentine' | 'byCode'
  /** Names of the depots where walks begin and end; empty for the first of the plan that is one. */
  readonly start: string
  readonly drop: string
  /** Orders without enough stock are left out, with the reason. */
  readonly needStock: boolean
  /** How long a plan may be searched for. */
  readonly seconds: number
  /** People who pick at the same time, and their pace. */
  readonly pickers: number
  readonly speedMmPerS: number
  readonly secondsPerStop: number
  readonly secondsPerUnit: number
  readonly secondsPerWave: number
}

/** A strategy under the name that a supervisor gave it. */
export interface NamedStrategy {
  readonly name: string
  readonly strategy: Strategy
}

export const plainStrategy: Strategy = {
  singles: true,
  singleOrders: 50,
  identical: 0,
  hotShare: 0,
  zones: false,
  slots: 12,
  units: 0,
  weightG: 0,
  volumeMl: 0,
  stops: 0,
  buyersTogether: true,
  heavyFirstG: 0,
  fragileLast: false,
  batching: 'shortest',
  walk: 'shortest',
  start: '',
  drop: '',
  needStock: true,
  seconds: 1,
  pickers: 2,
  speedMmPerS: 1_000,
  secondsPerStop: 8,
  secondsPerUnit: 2,
  secondsPerWave: 90,
}

/** What a new warehouse finds; names are keys of the screens' own words until a supervisor changes them. */
export const builtInStrategies: readonly NamedStrategy[] = [
  { name: 'shortest', strategy: plainStrategy },
  { name: 'firstCome', strategy: { ...plainStrategy, batching: 'firstCome' } },
  { name: 'identical', strategy: { ...plainStrategy, identical: 4, hotShare: 30 } },
  { name: 'zones', strategy: { ...plainStrategy, zones: true } },
  {
    name: 'byHand',
    strategy: { ...plainStrategy, batching: 'firstCome', walk: 'byCode', buyersTogether: false },
  },
]
