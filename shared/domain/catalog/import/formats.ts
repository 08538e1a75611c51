import { cleanCell, headerKey } from '#shared/domain/orders/import/cells.ts'

/** Our own files about goods, kits, shelves, stock and waybill numbers; written down in docs/formats.md. */
export const catalogFormats = {
  /** A row per barcode; a product without one has a row without. */
  products: {
    required: ['sku'],
    columns: {
      sku: [
        'sku',
        '商家编码',
        '商品编码',
        '货号',
        'sku编码',
        'sku code',
        'item code',
        'product code',
        'stock code',
      ],
      name: ['name', '商品名称', '品名', '名称', 'title', 'product name', 'description'],
      barcode: ['barcode', '条码', '条形码', '商品条码', '国标码', '69码', 'ean', 'upc', 'gtin', 'code'],
      units: [
        'units',
        '件数',
        '装箱数',
        '每码件数',
        '条码件数',
        '含量',
        'pack size',
        'units per barcode',
        'quantity per barcode',
      ],
      weight: [
        'weight_g',
        '重量(克)',
        '重量g',
        '重量',
        '克重',
        '重量_克',
        'weight',
        'weight g',
        'weight (g)',
        'grams',
      ],
      cost: ['cost', '成本', '成本价', '成本(元)', '进价', '采购价', 'unit cost'],
      volume: ['volume_ml', '体积(毫升)', '体积', '体积ml', 'volume', 'volume ml', 'volume (ml)'],
      fragile: ['fragile', '易碎', '是否易碎', '易碎品'],
      picture: ['picture', '图片', '图片地址', '主图', '图片链接', 'image', 'image url', 'photo'],
    },
  },
  /** A row per part of a kit. */
  kits: {
    required: ['kit', 'part', 'quantity'],
    columns: {
      kit: [
        'kit',
        '套装编码',
        '套装商家编码',
        '套装',
        '组合编码',
        '组合商品编码',
        '组合装编码',
        '组合装商家编码',
        'kit sku',
        'bundle',
        'bundle sku',
        'set',
      ],
      part: [
        'part',
        '组成编码',
        '组成商品编码',
        '子件编码',
        '子商品编码',
        '单品编码',
        '明细编码',
        '组成',
        '商家编码',
        'part sku',
        'component',
        'component sku',
        'sku',
      ],
      quantity: ['quantity', '数量', '组成数量', '子件数量', '件数', 'qty', 'units'],
    },
  },
  shelves: {
    required: ['location'],
    columns: {
      location: [
        'location',
        '库位',
        '货位',
        '库位编码',
        '货位编码',
        '货位号',
        'bin',
        'shelf',
        'location code',
        'slot',
      ],
      zone: ['zone', '库区', '区域', '分区', 'area'],
      aisle: ['aisle', '巷道', '通道', '排'],
      bay: ['bay', '货架', '架', '列', 'rack', 'section'],
      level: ['level', '层', '层号', 'tier', 'shelf level'],
      x: ['x_m', 'x(米)', 'x坐标', 'x', 'x (m)', 'x坐标(米)'],
      y: ['y_m', 'y(米)', 'y坐标', 'y', 'y (m)', 'y坐标(米)'],
    },
  },
  /** A row for each cross aisle, aisle, closed passage and depot: the floor that pickers walk. */
  floor: {
    required: ['what'],
    columns: {
      what: ['what', '类别', '种类', 'kind'],
      name: ['name', '名称', '编号'],
      zone: ['zone', '库区', '区域'],
      x: ['x_m', 'x(米)', 'x坐标', 'x', 'x (m)', 'x坐标(米)'],
      y: ['y_m', 'y(米)', 'y坐标', 'y', 'y (m)', 'y坐标(米)'],
      from: ['from', '从', '起'],
      to: ['to', '到', '止'],
      way: ['way', '方向', '通行'],
    },
  },
  stock: {
    required: ['sku', 'location', 'quantity'],
    columns: {
      sku: [
        'sku',
        '商家编码',
        '商品编码',
        '货号',
        'sku编码',
        'sku code',
        'item code',
        'product code',
        'stock code',
      ],
      location: [
        'location',
        '库位',
        '货位',
        '库位编码',
        '货位编码',
        '货位号',
        'bin',
        'shelf',
        'location code',
      ],
      quantity: ['quantity', '数量', '库存', '库存数量', '现有量', 'qty', 'stock', 'on hand'],
    },
  },
  waybills: {
    required: ['waybill'],
    columns: {
      waybill: [
        'waybill',
        '运单号',
        '快递单号',
        '面单号',
        '物流单号',
        '运单号码',
        'waybill number',
        'tracking number',
        'tracking no',
      ],
      printData: ['print_data', '电子面单数据', '面单数据', '打印数据', 'print data', 'waybill print data'],
      platform: ['platform', '平台', '电子面单平台', '面单平台', 'print platform', 'waybill platform'],
      order: [
        'order_number',
        '订单号',
        '订单编号',
        '平台订单号',
        '交易订单号',
        'order',
        'order no',
        'order id',
      ],
    },
  },
} as const

export type CatalogKind = keyof typeof catalogFormats

export type CatalogField<K extends CatalogKind> = keyof (typeof catalogFormats)[K]['columns'] & string

/** A format laid over a file's headers. */
export interface CatalogPlan<K extends CatalogKind> {
  readonly kind: K
  readonly headers: readonly string[]
  /** Column per field, -1 where the file has none. */
  readonly columns: Readonly<Record<CatalogField<K>, number>>
  /** Required fields without a column; rows can be read only when this is empty. */
  readonly missing: readonly CatalogField<K>[]
}

/** Lays a format over headers. `mapping` names the header of a field where a person chose it. */
export function planCatalog<K extends CatalogKind>(
  kind: K,
  headers: readonly string[],
  mapping: Readonly<Record<string, string>> = {},
): CatalogPlan<K> {
  const format: {
    readonly required: readonly string[]
    readonly columns: Readonly<Record<string, readonly string[]>>
  } = catalogFormats[kind]
  const keys = headers.map(headerKey)
  const place = (names: readonly string[]) => {
    for (const name of names) {
      const at = keys.indexOf(headerKey(name))
      if (at >= 0) return at
    }
    return -1
  }
  const columns = Object.fromEntries(
    Object.entries(format.columns).map(([field, names]) => {
      const own = mapping[field]
      return [field, place(own === undefined ? names : [own])]
    }),
  ) as Record<CatalogField<K>, number>
  const missing = format.required.filter(
    (field) => columns[field as CatalogField<K>] < 0,
  ) as CatalogField<K>[]
  return { kind, headers: headers.map(cleanCell), columns, missing }
}

/**
 * Which of our files has these headers: of those that can be read, the one that uses most of them. Null when none
 * can, or when two say the same.
 */
export function detectCatalog(headers: readonly string[]): CatalogKind | null {
  const ranked = (Object.keys(catalogFormats) as CatalogKind[])
    .map((kind) => ({ kind, plan: planCatalog(kind, headers) }))
    .filter(({ plan }) => plan.missing.length === 0)
    .map(({ kind, plan }) => ({
      kind,
      used: Object.values<number>(plan.columns).filter((at) => at >= 0).length,
    }))
    .sort((a, b) => b.used - a.used)
  const [first, second] = ranked
  return first === undefined || first.used === second?.used ? null : first.kind
}
