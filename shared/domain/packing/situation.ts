import type { Command, ReleaseReason } from './codes.ts'
import type { Followed, ScaleNow, ScaleTrouble } from './follow-scale.ts'
import type { GateFacts } from './stop-gate.ts'
import type { Expected, KnownWeights } from './weight.ts'

/** All that a decision about one scan may look at: gathered first, so that deciding is a pure function. */
export interface Situation {
  /** ISO-8601 UTC. */
  readonly now: string
  readonly bench: BenchRules
  readonly pending: Pending | null
  /** The wave that this bench works on. */
  readonly wave: WaveFacts | null
  /** The order whose box stands on the bench. */
  readonly current: OrderFacts | null
  readonly meaning: Meaning
  /** What the scanner that read this is there for; `any` for one that types. */
  readonly scanner: ScannerRole
  /** Ids of labels whose printer may still say what became of them. */
  readonly printing: ReadonlySet<string>
  /** Ids of labels that a printer has taken which says itself that it cannot print now. */
  readonly stuck: ReadonlySet<string>
  /** Null where this bench checks no weights, unless the box was stopped for its weight before. */
  readonly weight: WeightFacts | null
}

export interface WeightFacts {
  readonly scale: ScaleNow
  /** Of the goods in the order on the bench, or of the order that this scan opens. */
  readonly known: KnownWeights
  /** How far that order's box was followed; null where it never stood on a scale. */
  readonly weighing: Weighing | null
}

export interface Weighing {
  /** What the scale said under the box before anything was in; null where that was not seen. */
  readonly baseG: number | null
  readonly followed: Followed
  /** Null until all units were in; and again when one is put in or taken out after that. */
  readonly result: Weighed | null
  /** Null where the box was never stopped, or was right after that. `baseG` is known wherever this is set. */
  readonly stopped: Stopped | null
}

/**
 * A box that stood still and weighed something else. It stays so whatever is scanned, wherever it goes and whatever the
 * scale or the settings become: only the right weight or a supervisor lets it go.
 */
export interface Stopped {
  readonly gotG: number
  readonly expected: Expected
}

/** What a box was found to weigh without what stood there before. Nothing is said that was not seen. */
export type Weighed =
  | { readonly verdict: 'ok'; readonly netG: number; readonly expectedG: number; readonly bandG: number }
  | {
      readonly verdict: 'released'
      readonly netG: number | null
      readonly expectedG: number
      readonly bandG: number
      readonly reason: ReleaseReason
      readonly by: string
    }
  /** Goods of unknown weight are in. */
  | { readonly verdict: 'unknown'; readonly netG: number | null }
  | { readonly verdict: 'notWeighed'; readonly why: NotWeighed }

/** `noBase`: nobody saw what stood on the scale before the first unit. */
export type NotWeighed = ScaleTrouble | 'noBase'

export type ScannerRole = 'any' | 'item' | 'label'

export interface BenchRules {
  readonly id: string
  readonly printMode: 'first' | 'last'
  /** Milliseconds between the last scan and the label; 0 prints at once. */
  readonly countdownMs: number
  /** An error stays until OK is scanned. */
  readonly errorsWait: boolean
  /** The label must be scanned on the box before the next job. */
  readonly checkLabel: boolean
}

export interface WaveFacts {
  readonly id: string
  readonly number: number
  readonly kind: 'single' | 'multi'
}

export interface ProductFacts {
  readonly sku: string
  readonly title: string
  readonly spec: string
  readonly picture: string | null
  /** Null when the catalogue does not know the SKU. */
  readonly productId: number | null
}

export interface LineFacts extends ProductFacts {
  readonly id: number
  readonly quantity: number
  /** Units in the parcel on the bench. */
  readonly packed: number
  /** Units in parcels that are closed already. */
  readonly shipped: number
  /** Set where the line is a part of a kit that the shop sold as one. */
  readonly kit: KitFacts | null
}

/** The kit that a line is a part of; all lines of one kit name the same `id`. */
export interface KitFacts {
  readonly id: number
  readonly sku: string
  readonly title: string
  /** Kits that were sold. */
  readonly quantity: number
  /** Different parts of one kit. */
  readonly parts: number
  /** Units of this line's part in one kit. */
  readonly units: number
}

export interface OrderFacts extends GateFacts {
  readonly id: string
  readonly number: string
  readonly shop: string
  readonly wave: WaveFacts | null
  readonly slot: number | null
  readonly lines: readonly LineFacts[]
  readonly parcel: ParcelFacts | null
}

export interface ParcelFacts {
  readonly id: string
  readonly state: 'open' | 'packed'
  /** The bench on which the box stands now; null while it is parked. */
  readonly bench: { readonly id: string; readonly name: string } | null
  readonly label: LabelFacts | null
  /** What the last scan that still counts put in: what UNDO takes out. */
  readonly undoable: { readonly seq: number; readonly puts: readonly Put[] } | null
}

export interface Put {
  readonly lineId: number
  readonly units: number
}

export interface LabelFacts {
  readonly id: string
  readonly waybill: string
  readonly courier: string
  readonly state:
    | 'requested'
    | 'rendered'
    | 'sending'
    | 'notSent'
    | 'sent'
    | 'unknown'
    | 'printed'
    | 'checked'
    | 'handedOver'
    | 'void'
}

/** What the bench waits for. */
export type Pending =
  | { readonly kind: 'error'; readonly verdict: ErrorVerdict }
  | { readonly kind: 'choice'; readonly choices: readonly ScannedProduct[] }
  | { readonly kind: 'countdown'; readonly until: string }
  | { readonly kind: 'label'; readonly labelId: string; readonly waybill: string; readonly orderId: string }
  | { readonly kind: 'badge'; readonly act: 'partial' | 'void' }
  /** Why the label is printed once more: PB-PICK-n of `reprintReasons`. */
  | { readonly kind: 'reason'; readonly labelId: string; readonly orderId: string }
  | WeightPending
  /** Why the box goes although it weighs something else: PB-PICK-n of `releaseReasons`. */
  | { readonly kind: 'release'; readonly weight: WeightPending; readonly by: Releaser }

/** All units are in: the scale must stand still within the band. */
export interface WeightPending {
  readonly kind: 'weight'
  readonly orderId: string
  readonly baseG: number
  /** Null where the goods are unknown: then one look at them all is waited for, and nothing is checked. */
  readonly expected: Expected | null
  /** What it weighs instead: the bench stops until WEIGH or a supervisor. Null while it still waits. */
  readonly gotG: number | null
  /** Why the rest stays behind, where a supervisor ships only a part. */
  readonly short: string | null
}

export interface Releaser {
  readonly operatorId: string
  readonly name: string
}

export type ErrorVerdict = 'wrongItem' | 'tooMany' | 'unknown' | 'stopped' | 'alreadyShipped'

export interface ScannedProduct extends ProductFacts {
  readonly units: number
  /** Not there where the code named no single unit. */
  readonly mark?: UnitMark
}

/** What the GS1 code on a unit says beside what it is. */
export interface UnitMark {
  /** 14 digits. */
  readonly gtin: string
  readonly lot: string | null
  /** YYYY-MM-DD: not to be used after. */
  readonly expiry: string | null
  /** That day is over in the warehouse's zone. */
  readonly expired: boolean
  /** What stands in the code where that day should and names none; null where a day stands there, or nothing. */
  readonly unreadExpiry: string | null
  readonly serial: string | null
  /** The order in whose box a unit of this number and serial is, not handed over yet. */
  readonly alreadyIn: string | null
}

/** What a code stands for, looked up in the database. */
export type Meaning =
  /**
   * `last`: what REPRINT and MISSING mean beside the box that is open: for MISSING the order whose label the bench asks
   * about; with no box open, else that of the newest scan at this bench.
   */
  | { readonly kind: 'command'; readonly command: Command; readonly last?: OrderFacts | null }
  | {
      readonly kind: 'pick'
      readonly choice: number
      readonly candidate: OrderFacts | null
      /** The order whose label waits for a reason. */
      readonly about?: OrderFacts | null
    }
  | {
      readonly kind: 'badge'
      readonly role: 'picker' | 'packer' | 'supervisor' | null
      readonly name: string
      readonly operatorId: string | null
    }
  | { readonly kind: 'wave'; readonly wave: WaveFacts | null; readonly left: number }
  | { readonly kind: 'slot'; readonly wave: WaveFacts | null; readonly order: OrderFacts | null }
  | { readonly kind: 'order'; readonly orders: readonly OrderFacts[] }
  | {
      readonly kind: 'label'
      readonly label: LabelFacts
      readonly order: OrderFacts
      readonly handedOver: boolean
    }
  | {
      readonly kind: 'product'
      readonly products: readonly ScannedProduct[]
      /** The most urgent order that this product opens, when none stands on the bench. */
      readonly candidate: OrderFacts | null
    }
  | { readonly kind: 'unknown' }
