/** Makes the printed papers. Every method gives a whole PDF file, or rejects with the reason of its aborted signal. */
export interface DocumentPress {
  pickList(
    list: PickListDocument,
    paper: 'A4' | '80mm',
    language: DocumentLanguage,
    work?: PaperWork,
  ): Promise<Uint8Array>
  /** Several lists as one file, one after the other: they share their fonts, and one print gives them all. */
  pickLists(
    lists: readonly PickListDocument[],
    paper: 'A4' | '80mm',
    language: DocumentLanguage,
    work?: PaperWork,
  ): Promise<Uint8Array>
  packingSlip(
    slips: readonly PackingSlipDocument[],
    paper: 'A5' | 'A6' | '80mm',
    language: DocumentLanguage,
    work?: PaperWork,
  ): Promise<Uint8Array>
  /** One courier after the other, each beginning on a page of its own. */
  manifest(
    manifests: readonly ManifestDocument[],
    language: DocumentLanguage,
    work?: PaperWork,
  ): Promise<Uint8Array>
  commandSheet(commands: readonly CommandSheetEntry[], language: DocumentLanguage): Promise<Uint8Array>
}

/** How a paper of many pages is followed, and given up. */
export interface PaperWork {
  readonly signal: AbortSignal
  /** Pages that are written; `total` is 0 while they are still laid out. */
  progress(done: number, total: number): void
}

export type DocumentLanguage = 'zh-CN' | 'en'

export interface PickListDocument {
  /** `W-0142` */
  readonly wave: string
  /** What the wave's barcode says, for example `PB-W-142`. */
  readonly waveCode: string
  readonly kind: 'single' | 'multi'
  /** 1 for the first list of a wave; one of a higher number replaces those before it. */
  readonly revision: number
  /** One of several lists for pickers who split the wave; null where it is not split. */
  readonly part: { readonly part: number; readonly parts: number } | null
  /** Who walks it; empty where nobody was named. */
  readonly picker: string
  /** Metres of the walk; null where no floor is known and the list follows the shelf codes, which it says. */
  readonly walkM: number | null
  /** The floor with this walk drawn in; null where no floor is known. */
  readonly map: PickListMap | null
  /** What a picker must know of this wave, in the language of the paper: who joined it and why, what was short. */
  readonly notes: readonly string[]
  /** The wave's labels lie in the order of this list, or in reverse so that the top label is of the last order. */
  readonly labels: 'list' | 'reversed'
  /** ISO-8601 UTC; printed in `zone`. */
  readonly printedAt: string
  readonly zone: string
  readonly shipBy: string | null
  readonly orders: number
  readonly units: number
  readonly couriers: readonly { readonly name: string; readonly orders: number }[]
  /** Empty for single-item waves. */
  readonly slots: readonly {
    readonly slot: number
    /** `PB-S-142-7` */
    readonly code: string
    readonly order: string
    readonly units: number
    readonly courier: string
  }[]
  /** In walking order. */
  readonly stops: readonly {
    /** Counts the places where the picker stops, from 1, as on the map; several lines of one shelf share it. Null without a place on the map. */
    readonly number: number | null
    /** Where to turn for it, on the first line after a change of aisle and on no other; null also where no floor is known. */
    readonly turn: PickListTurn | null
    readonly mark: 'heavy' | 'fragile' | null
    /** As printed on the shelf; null where the product has no shelf. */
    readonly location: string | null
    readonly zone: string
    readonly aisle: string
    readonly sku: string
    readonly name: string
    readonly quantity: number
    /** Barcode of one unit, printed small, or null. */
    readonly barcode: string | null
    readonly slots: readonly { readonly slot: number; readonly quantity: number }[]
  }[]
  /** Orders left out of the wave, with the reason in the language of the paper. */
  readonly leftOut: readonly { readonly order: string; readonly reason: string }[]
}

/** Seen on the plan, whose y grows upwards: across to which side, and in which direction the aisle is walked then. */
export interface PickListTurn {
  readonly across: 'left' | 'right' | 'none'
  readonly along: 'up' | 'down' | 'none'
}

/** All lengths in millimetres, y upwards. */
export interface PickListMap {
  readonly crossAisles: readonly { readonly name: string; readonly yMm: number }[]
  readonly aisles: readonly {
    readonly names: readonly string[]
    readonly xMm: number
    /** One a block, from the lowest y: `forward` is towards larger y. */
    readonly ways: readonly ('both' | 'forward' | 'backward' | 'closed')[]
  }[]
  readonly crossWays: readonly {
    readonly cross: number
    readonly aisle: number
    readonly way: 'both' | 'forward' | 'backward' | 'closed'
  }[]
  readonly depots: readonly {
    readonly name: string
    readonly xMm: number
    readonly yMm: number
    readonly role: 'start' | 'drop' | 'both'
  }[]
  readonly stops: readonly { readonly number: number; readonly xMm: number; readonly yMm: number }[]
  /** Corners of the walk, from the start to the drop. */
  readonly path: readonly (readonly [number, number])[]
}

export interface PackingSlipDocument {
  readonly shop: string
  readonly order: string
  /** What the barcode says that opens the order. */
  readonly orderCode: string
  readonly paidAt: string | null
  readonly zone: string
  readonly receiver: string
  readonly lines: readonly {
    readonly sku: string
    readonly name: string
    readonly spec: string
    readonly quantity: number
    /** The kit that the shop sold and that this is a part of. */
    readonly kit: { readonly name: string; readonly quantity: number } | null
  }[]
  readonly buyerNote: string
  readonly returnsText: string
  readonly slot: string
}

export interface ManifestDocument {
  readonly courier: string
  /** YYYY-MM-DD in the warehouse's zone. */
  readonly day: string
  readonly printedAt: string
  readonly zone: string
  readonly warehouse: string
  readonly parcels: readonly {
    readonly waybill: string
    readonly order: string
    readonly shop: string
    /** Grams, null where nothing was weighed or known. */
    readonly weightG: number | null
  }[]
}

export interface CommandSheetEntry {
  /** `PB-CMD-OK` */
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly icon:
    /** The number of a choice. */
    | number
    | 'ok'
    | 'undo'
    | 'hold'
    | 'reprint'
    | 'missing'
    | 'short'
    | 'next'
    | 'cancel'
    | 'print'
    | 'void'
    | 'finish'
    | 'weigh'
}
