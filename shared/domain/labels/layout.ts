/** A label as data: boxes in millimetres from the top left corner, drawn in order. It holds no printer command. */
export interface LabelLayout {
  readonly name: string
  readonly kind: LayoutKind
  /** Millimetres: width, and height; of a roll the height is the most, the label ends below its last ink. */
  readonly paper: readonly [number, number]
  readonly roll?: boolean | undefined
  readonly items: readonly LayoutItem[]
}

/** What a label is of: it decides which fields its layout can show. */
export type LayoutKind = keyof typeof layoutFields

/** The closed list of fields. The first code of a kind is the one that the label exists for. */
export const layoutFields = {
  /** A courier's label. */
  shipping: {
    texts: [
      'waybill',
      'waybill.tail',
      'courier',
      'receiver.name',
      'receiver.phone',
      'receiver.address',
      'sender',
      'orderNumber',
      'shop',
      'slot',
      'slot.number',
      'slot.wave',
      'contents',
      'note',
      'printedAt',
    ],
    codes: ['waybill', 'orderNumber'],
  },
  /** A paper that goes into the box. */
  slip: {
    texts: [
      'orderNumber',
      'waybill',
      'courier',
      'receiver.name',
      'sender',
      'shop',
      'slot',
      'slot.number',
      'slot.wave',
      'contents',
      'note',
      'printedAt',
    ],
    codes: ['orderNumber', 'waybill'],
  },
  product: {
    texts: ['name', 'spec', 'sku', 'barcode'],
    codes: ['barcode', 'sku'],
  },
  /** A shelf's label. */
  location: {
    texts: ['code', 'zone', 'aisle', 'bay', 'level'],
    codes: ['code'],
  },
} as const

export type LayoutField = (typeof layoutFields)[keyof typeof layoutFields]['texts'][number]

export type LayoutItem = TextItem | WordsItem | CodeItem | SolidItem | FrameItem | LineItem | ImageItem

interface Placed {
  /** [x, y, width, height] */
  readonly at: readonly [number, number, number, number]
  /** Drawn only when this field has a text, or only when it has none. */
  readonly when?: LayoutField | undefined
  readonly unless?: LayoutField | undefined
}

export interface Lettering {
  /** Mm an em, largest and smallest; the largest that fits is taken. */
  readonly size: readonly [number, number]
  /** Default regular, left, middle and black. */
  readonly weight?: 'regular' | 'bold' | undefined
  readonly align?: 'left' | 'center' | 'right' | undefined
  readonly anchor?: 'top' | 'middle' | 'bottom' | undefined
  readonly ink?: 'black' | 'white' | undefined
}

export interface TextItem extends Placed, Lettering {
  readonly kind: 'text'
  readonly field: LayoutField
  /** Words before the field's text; not drawn alone. */
  readonly before?: string | undefined
}

/** Words of the layout itself. */
export interface WordsItem extends Placed, Lettering {
  readonly kind: 'words'
  readonly words: string
}

export const codeKinds = ['code128', 'ean13', 'qr', 'datamatrix'] as const
export type CodeKind = (typeof codeKinds)[number]

export interface CodeItem extends Placed {
  readonly kind: CodeKind
  readonly field: LayoutField
  /** Drawn in its place when the text does not go into this kind, or not into this width. */
  readonly orElse?: CodeKind | undefined
}

export interface SolidItem extends Placed {
  readonly kind: 'solid'
}

export interface FrameItem extends Placed {
  readonly kind: 'frame'
  /** Thickness in mm. */
  readonly line: number
}

/** Along the longer side of its box, in the middle of the shorter. */
export interface LineItem extends Placed {
  readonly kind: 'line'
  /** Thickness in mm. */
  readonly line: number
  /** Length of a dash and of the gap behind it in mm; unbroken when undefined. */
  readonly dash?: number | undefined
}

export interface ImageItem extends Placed {
  readonly kind: 'image'
  /** A grey PNG of one bit a dot, base64; kept in proportion in the middle of its box. */
  readonly png: string
}

/** What a layout may be at most: whoever sends one is a stranger. */
export const layoutLimits = {
  /** Characters of a layout as text, images included. */
  text: 200_000,
  items: 120,
  name: 60,
  words: 200,
  /** Mm: the sides of the paper. */
  paper: [15, 300],
  /** Mm an em: Chinese below 2.2 mm is not read from 203 dots an inch. */
  size: [2.2, 60],
  /** Mm: lines and frames. */
  line: [0.1, 5],
  dash: [0.5, 20],
  /** Pixels: the longer side of an image. */
  image: 1200,
  /** How often all images together may cover the paper. */
  imageArea: 2,
  /** Characters of base64. */
  png: 60_000,
} as const

export const isCode = (item: LayoutItem): item is CodeItem =>
  (codeKinds as readonly string[]).includes(item.kind)

/** The code that a label of this kind exists for. */
export const mainCode = (kind: LayoutKind): MainCode => layoutFields[kind].codes[0]
export type MainCode = (typeof layoutFields)[LayoutKind]['codes'][0]
