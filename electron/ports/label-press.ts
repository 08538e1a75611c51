/** Draws labels: layout and data in, one bit a dot out, and the printer's language over it. */
export interface LabelPress {
  /** Milliseconds of font loading are paid here and not at the first label. */
  warm(): void
  render(label: ShippingLabel, media: LabelMedia): RenderedLabel
  /** The printer's own language for a rendered label. */
  encode(bitmap: Bitmap, language: PrinterLanguage, options: PrintOptions): Uint8Array
  /** The dots of a job that `encode` made; undefined for any other job and for one that was damaged. */
  decode(job: Uint8Array, language: PrinterLanguage): Bitmap | undefined
  /** The same dots as a PNG, for previews: what is shown is what is printed. */
  toPng(bitmap: Bitmap): Uint8Array
}

/** One bit a dot, rows padded to whole bytes, most significant bit left, 1 = black. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly bytesPerRow: number
  readonly data: Uint8Array
}

export interface LabelMedia {
  /** Millimetres. */
  readonly widthMm: number
  readonly heightMm: number
  readonly dpi: 203 | 300
}

export type PrinterLanguage = 'zpl'

export interface PrintOptions {
  readonly copies: number
  /** ZPL darkness 0..30 (~SD), or the printer's own setting when undefined. */
  readonly darkness?: number
  /** Inches a second (^PR), or the printer's own setting when undefined. */
  readonly speed?: number
  /** `z64` is small; `acs` is for clones that cannot inflate. */
  readonly compression?: 'z64' | 'acs' | 'hex'
}

export interface ShippingLabel {
  readonly waybill: string
  readonly courier: string
  readonly receiver: {
    readonly name: string
    readonly phone: string
    readonly address: string
  }
  readonly sender: string
  readonly orderNumber: string
  readonly shop: string
  /** `W-0142 · 7`, or empty outside waves. */
  readonly slot: string
  /** Lines such as `KD-014 儿童雨鞋 墨绿 28 ×2`, printed in the custom area as far as they fit. */
  readonly contents: readonly string[]
  readonly note: string
  /** ISO-8601 UTC; printed in `zone`. */
  readonly printedAt: string
  /** IANA name; `Asia/Shanghai` when undefined. */
  readonly zone?: string
}

export interface RenderedLabel {
  readonly bitmap: Bitmap
  /** Characters that no font of ours has: drawn as a box with their code, and told. */
  readonly missing: readonly string[]
  /** Fields whose text had to be cut to fit. */
  readonly cut: readonly LabelField[]
  /** Why this label must not be printed, absent when it may. The bitmap is then a preview that shows the fault. */
  readonly refused?: LabelRefusal
}

/** The fields of `ShippingLabel`, by their path. */
export type LabelField =
  | 'waybill'
  | 'courier'
  | 'receiver.name'
  | 'receiver.phone'
  | 'receiver.address'
  | 'sender'
  | 'orderNumber'
  | 'shop'
  | 'slot'
  | 'contents'
  | 'note'
  | 'printedAt'

export type LabelRefusal =
  /** The order brought no waybill number. */
  | 'waybillEmpty'
  /** The waybill number has characters other than visible ASCII, which waybill barcodes never have. */
  | 'waybillCharacters'
  /** The barcode would need bars finer than the printer's dots or scanners allow. */
  | 'waybillTooLong'
  /** No layout fits on this paper. */
  | 'mediaTooSmall'
