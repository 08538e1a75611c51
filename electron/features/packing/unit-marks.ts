import { sql } from 'kysely'
import type { Gs1Facts } from '#shared/domain/devices/codes/gs1-facts.ts'
import type { ReadCode } from '#shared/domain/devices/codes/read-code.ts'
import type { UnitMark } from '#shared/domain/packing/situation.ts'
import { dayIn } from '#shared/support/zoned-day.ts'
import { first, type Reader, writeOne } from '#electron/db/query.ts'
import { general } from '#electron/features/settings/index.ts'

/** The box, not handed over yet, in which this very unit is already; a scan that was undone put nothing in. */
const boxOfUnit = first((db, p: { gtin: string; serial: string }) =>
  db
    .selectFrom('unit_mark')
    .innerJoin('scan', 'scan.seq', 'unit_mark.scan_seq')
    .innerJoin('parcel', 'parcel.id', 'scan.parcel_id')
    .innerJoin('order', 'order.id', 'parcel.order_id')
    .select('order.number')
    .where('unit_mark.serial', '=', p.serial)
    .where('unit_mark.gtin', '=', p.gtin)
    .where('parcel.state', 'in', ['open', 'packed'])
    // The goods of an order that will not ship go back to their shelf, and into the next order.
    .where('order.state', '!=', 'cancelled')
    .where('order.stop', 'is', null)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM scan AS undo WHERE undo.undoes = scan.seq)`)
    .orderBy('unit_mark.scan_seq', 'desc')
    .limit(1),
)

/** What a code says of the unit that it is on; null where it only says what kind of goods it is. */
export function unitMarkIn(db: Reader, read: ReadCode, now: string): UnitMark | null {
  if (read.kind !== 'gs1') return null
  const { gtin, contentGtin, lot, expiry, serial } = read.facts
  const number = gtin ?? contentGtin
  const unreadExpiry = unreadExpiryIn(read.facts)
  if (number === null || [lot, expiry, unreadExpiry, serial].every((one) => one === null)) return null
  const box = serial === null ? undefined : boxOfUnit(db, { gtin: number, serial })
  const expired = expiry !== null && expiry < dayIn(general(db).zone, now)
  return { gtin: number, lot, expiry, expired, unreadExpiry, serial, alreadyIn: box?.number ?? null }
}

/** Both of the identifiers that say how long: the day itself, and that with its hour. */
const expiries: ReadonlySet<string> = new Set(['17', '7003'])

const unreadExpiryIn = ({ expiry, wrongDates, elements }: Gs1Facts): string | null =>
  expiry === null
    ? (elements.find(({ ai }) => expiries.has(ai) && wrongDates.includes(ai))?.value ?? null)
    : null

export const insertUnitMark = writeOne(
  (db, p: { scan: number; gtin: string; lot: string | null; expiry: string | null; serial: string | null }) =>
    db
      .insertInto('unit_mark')
      .values({ scan_seq: p.scan, gtin: p.gtin, lot: p.lot, expiry: p.expiry, serial: p.serial }),
)
