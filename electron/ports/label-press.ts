import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import type { LabelLayout, LayoutField, LayoutKind } from '#shared/domain/labels/layout.ts'

/** Draws labels: layout and data in, one bit a dot out, and the printer's language over it. */
export interface LabelPress {
  /** Milliseconds of font loading are paid here and not at the first label. */
  warm(): void
  /** With this layout, or with the ready one of the label's kind that covers most of the paper. */
  render(label: LabelData, media: LabelMedia, layout?: LabelLayout): RenderedLabel
  /** The layouts that every bench has. */
  readonly readyLayouts: readonly LabelLayout[]
  /** A label with everything on it, for previews. */
  example(kind: LayoutKind): LabelData
  /** Whether a layout's image (base64) can be drawn: a grey PNG of one bit a dot within the limits. */
  canDraw(png: string): boolean
  /**
   * The dots as they leave the printer, turned and moved. An offset moves ink to the paper's edge and no farther, so that
   * a label is never cut. This is what a preview for one printer shows.
   */
  place(bitmap: Bitmap, placement: Placement): Bitmap
  /** A whole job in the printer's language for a rendered label, which is placed first. The same bytes every time. */
  encode(bitmap: Bitmap, language: PrinterLanguage, options: PrintOptions): Uint8Array
  /**
   * The dots of a job that `encode` made, copies left out; undefined for any other job and for one that was damaged.
   * White dots fill the width up to whole bytes where the language does not tell it in dots (TSPL, ESC/POS).
   */
  decode(job: Uint8Array, language: PrinterLanguage): Bitmap | undefined
  /** The same dots as a PNG, for previews: what is shown is what is printed. */
  toPng(bitmap: Bitmap): Uint8Array
}

/** One bit a dot, rows padded to whole bytes with white, most significant bit left, 1 = black. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly bytesPerRow: number
  readonly data: Uint8Array
}

export interface LabelMedia {
  /** Millimetres that can be printed. */
  readonly widthMm: number
  readonly heightMm: number
  readonly dpi: 203 | 300
  /** The side on which the paper has no end, of which the length is the most: a label ends past its last ink. */
  readonly endless?: 'width' | 'height'
}

/** Where the picture goes on the paper. */
export interface Placement {
  readonly dpi: LabelMedia['dpi']
  /** Degrees clockwise, done before the offset; 0 when undefined. */
  readonly rotation?: 0 | 90 | 180 | 270
  /** Mm to the right and down as the label leaves the printer, either may be negative; 0 when undefined. */
  readonly offsetXMm?: number
  readonly offsetYMm?: number
}

/** What is undefined stays as the printer has it; what its language cannot say is left out. */
export interface PrintOptions extends Placement {
  readonly copies: number
  /** On the printer's own scale, which `languageScales` has and which it is kept within. */
  readonly darkness?: number
  /** Inches a second or the language's own steps, likewise. */
  readonly speed?: number
  /** How the printer finds the next label: a gap, a black mark on the back, or not at all. */
  readonly media?: 'gap' | 'mark' | 'continuous'
  /** Mm between two labels, or mm that a mark is long; 3 when undefined. Only with `media`. */
  readonly gapMm?: number
  /** ZPL only. `z64` is small; `acs` and `hex` are for clones that cannot inflate. */
  readonly compression?: 'z64' | 'acs' | 'hex'
}

/** What a label is of. An order's label has no `kind`: courier labels and slips are drawn from the same. */
export type LabelData = ShippingLabel | ProductLabel | LocationLabel

export interface ProductLabel {
  readonly kind: 'product'
  readonly name: string
  readonly spec: string
  readonly sku: string
  /** Empty where the product has none. */
  readonly barcode: string
}

export interface LocationLabel {
  readonly kind: 'location'
  readonly code: string
  readonly zone: string
  readonly aisle: string
  readonly bay: string
  readonly level: string
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
  /** Fields whose text had to be cut to fit, or of which a code could not be drawn while one of what the label is of was. */
  readonly cut: readonly LabelField[]
  /** Why this label must not be printed, absent when it may. The bitmap is then a preview that shows the fault. */
  readonly refused?: LabelRefusal
}

/** The fields of a label, by their path: not the parts of them that a layout can place. */
export type LabelField = Exclude<LayoutField, 'waybill.tail' | 'slot.number' | 'slot.wave'>

export type LabelRefusal =
  /** The order brought no waybill number. */
  | 'waybillEmpty'
  /** The waybill number has characters other than visible ASCII, which waybill barcodes never have. */
  | 'waybillCharacters'
  /** The barcode would need bars finer than the printer's dots or scanners allow. */
  | 'waybillTooLong'
  /** The same of what another label is of: a product's barcode, a shelf's code, an order's number. */
  | 'codeEmpty'
  | 'codeCharacters'
  | 'codeTooLong'
  /** No layout fits on this paper. */
  | 'mediaTooSmall'
