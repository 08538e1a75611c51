/** Makes the printed papers. Every method gives a whole PDF file, or rejects with the reason of its aborted signal. */
export interface DocumentPress {
  pickList(
    list: PickListDocument,
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
    | 'ok'
    | 'undo'
    | 'hold'
    | 'reprint'
    | 'short'
    | 'next'
    | 'cancel'
    | 'print'
    | 'void'
    | 'finish'
}
