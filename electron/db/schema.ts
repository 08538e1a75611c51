import type { Generated } from 'kysely'

/** The tables as Kysely sees them. Times are ISO-8601 UTC, weights grams, money minor units, JSON as text. */
export interface Database {
  setting: { key: string; value: string }
  operator: {
    id: string
    name: string
    role: 'picker' | 'packer' | 'supervisor'
    pin_hash: string
    badge: string
    active: Generated<number>
    failures: Generated<number>
    locked_until: string | null
  }
  shop: {
    id: string
    name: string
    platform: string
    zone: string
    courier_id: string | null
    promise_hours: Generated<number>
    stale_policy: Generated<'block' | 'allowFresh' | 'quarantine'>
    fresh_minutes: Generated<number>
    sender: Generated<string>
    returns_text: Generated<string>
  }
  courier: { id: string; name: string; cutoff: string | null }
  waybill: {
    id: Generated<number>
    courier_id: string
    number: string
    state: Generated<'free' | 'used' | 'void'>
    /** JSON, as the marketplace gave it. */
    print_data: Generated<string | null>
    platform: Generated<string | null>
    order_number: Generated<string | null>
  }
  printer: {
    id: string
    name: string
    transport: 'tcp' | 'serial' | 'usbLp' | 'usb' | 'spooler' | 'cups' | 'component' | 'simulated'
    address: string
    language: 'zpl' | 'tspl' | 'epl' | 'cpcl' | 'escpos' | 'driver'
    width_mm: number
    height_mm: number
    dpi: 203 | 300
    darkness: number | null
    speed: number | null
    compression: Generated<'z64' | 'acs' | 'hex'>
    media: Generated<'gap' | 'mark' | 'continuous' | null>
    confirms: Generated<0 | 1>
    gap_mm: Generated<number>
    offset_x_mm: Generated<number>
    offset_y_mm: Generated<number>
    rotation: Generated<0 | 90 | 180 | 270>
    profile: Generated<string | null>
    layout: Generated<string | null>
    component_printer: Generated<string | null>
    component_template: Generated<string | null>
    spare_id: Generated<string | null>
    retired_at: Generated<string | null>
  }
  input_device: {
    id: string
    name: string
    kind: 'scanner' | 'scale'
    way: 'hidPos' | 'hidScale' | 'serial' | 'keyboard'
    address: string
    role: 'any' | 'item' | 'label'
    /** JSON. */
    settings: string
    bench_id: string | null
  }
  label_layout: {
    id: string
    name: string
    /** JSON. */
    layout: string
    at: string
    who: string
  }
  product: {
    id: Generated<number>
    sku: string
    name: string
    weight_g: number | null
    cost_fen: number | null
    picture: string | null
    volume_ml: number | null
    fragile: Generated<number>
  }
  barcode: { code: string; product_id: number; units: number }
  location: {
    id: Generated<number>
    code: string
    zone: string
    aisle: string
    bay: string
    level: string
    x_mm: number | null
    y_mm: number | null
  }
  kit: { sku: string; part: string; quantity: number; position: number }
  stock: { product_id: number; location_id: number; quantity: number; counted_at: Generated<string> }
  floor_plan: { id: number; plan: string; at: string; who: string }
  strategy: { name: string; position: number; options: string }
  order: {
    id: string
    shop_id: string
    number: string
    state: OrderState
    platform_status: string
    stop: StopReason | null
    stop_note: Generated<string>
    hold: string | null
    hold_by: string | null
    known_at: string
    paid_at: string | null
    ship_by: string | null
    courier_id: string | null
    currency: string
    amount_minor: number
    buyer_note: string
    seller_note: string
    receiver_masked: string
    receiver_hash: string
    content_hash: string
    revision: Generated<number>
    created_at: string
  }
  receiver: { order_id: string; sealed: Uint8Array }
  receiver_key: { order_id: string; wrapped: Uint8Array }
  order_line: {
    id: Generated<number>
    order_id: string
    position: number
    external_id: string
    sku: string
    title: string
    spec: string
    quantity: number
    dropped: Generated<number>
    kit_id: Generated<number | null>
    kit_units: Generated<number | null>
  }
  order_kit: {
    id: Generated<number>
    order_id: string
    sku: string
    title: string
    spec: string
    quantity: number
    parts: number
  }
  import: {
    id: string
    kind: string
    file: string
    preset: string | null
    shop_id: string | null
    at: string
    created: number
    updated: number
    unchanged: number
    held: number
    courier: string | null
  }
  import_file: { import_id: string; file: string; headers: string }
  import_reject: {
    id: Generated<number>
    import_id: string
    file: string
    row: number
    column: string
    reason: string
    cells: string
    sealed: Uint8Array | null
    order_number: Generated<string>
  }
  column_mapping: { signature: string; kind: string; mapping: string; at: string }
  wave: {
    id: string
    number: number
    kind: 'single' | 'multi'
    state: 'open' | 'picking' | 'packing' | 'done'
    created_at: string
    ship_by: string | null
    strategy: string
    distance_mm: number | null
    theme: Generated<string>
    picker: Generated<string>
    seconds: number | null
    due_at: string | null
    revision: Generated<number>
  }
  wave_event: {
    id: Generated<number>
    wave_id: string
    at: string
    kind: 'joined' | 'left' | 'short' | 'moved' | 'replanned' | 'picker'
    about: string
    reason: string
    who: string
  }
  wave_order: { order_id: string; wave_id: string; slot: number | null; position: number }
  pick: {
    id: Generated<number>
    wave_id: string
    position: number
    location_id: number | null
    product_id: number
    order_id: string
    quantity: number
    picked: Generated<number>
    short: Generated<number>
    made_at: Generated<string>
  }
  bench: {
    id: string
    name: string
    printer_id: string | null
    print_mode: Generated<'first' | 'last'>
    countdown_ms: Generated<number>
    errors_wait: Generated<number>
    check_label: Generated<number>
    weigh: Generated<'off' | 'check'>
    wave_id: string | null
    handover_wave_id: string | null
    parcel_id: string | null
    pending: string | null
    last_scan: number | null
    operator_id: string | null
  }
  parcel: {
    id: string
    order_id: string
    bench_id: string
    state: 'open' | 'packed' | 'handedOver' | 'aside' | 'abandoned'
    aside_reason: string | null
    short_reason: string | null
    opened_at: string
    packed_at: string | null
    handed_over_at: string | null
    operator_id: string | null
  }
  parcel_line: { parcel_id: string; line_id: number; quantity: number }
  scan: {
    seq: Generated<number>
    gesture: string
    bench_id: string
    mode: 'pack' | 'handover'
    code: string
    at: string
    operator_id: string | null
    verdict: string
    order_id: string | null
    parcel_id: string | null
    units: Generated<number>
    puts: Generated<string>
    undoes: number | null
    answer: string
  }
  unit_mark: {
    scan_seq: number
    gtin: string
    lot: string | null
    expiry: string | null
    serial: string | null
  }
  scan_weight: { scan_seq: number; gain_g: number; odd: 'twice' | 'notIn' | 'two' | 'other' | null }
  parcel_weight: {
    parcel_id: string
    base_g: number | null
    /** JSON. */
    followed: string
    verdict: 'ok' | 'released' | 'unknown' | 'notWeighed' | null
    net_g: number | null
    expected_g: number | null
    band_g: number | null
    reason: string | null
    released_by: string | null
    at: string
  }
  sku_weight: {
    product_id: number
    samples: number
    mean_g: number
    m2: number
    wrong_g: Generated<number | null>
    at: string
  }
  label: {
    id: string
    parcel_id: string
    courier_id: string
    waybill: string
    printer_id: string | null
    state: LabelState
    prints: Generated<number>
    requested_at: string
  }
  label_event: {
    id: Generated<number>
    label_id: string
    at: string
    state: string
    reason: string
    operator_id: string | null
  }
  shipment: {
    id: string
    parcel_id: string
    order_id: string
    courier_id: string
    waybill: string
    handed_over_at: string
  }
  outbox: {
    id: string
    shop_id: string
    order_id: string
    parcel_id: string
    action: string
    payload: string
    state: Generated<'waiting' | 'done' | 'stuck'>
    created_at: string
  }
  audit: {
    id: Generated<number>
    at: string
    operator_id: string | null
    actor: string
    act: string
    subject: string
    reason: string
    detail: string
  }
}

export type OrderState = 'open' | 'packed' | 'handedOver' | 'cancelled'
export type StopReason = 'refund' | 'cancel' | 'addressChange' | 'changed' | 'risk' | 'merge'
export type LabelState =
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
