import type { AreaContext, CallContext } from '#electron/features/area.ts'
import type { LongWork } from '#electron/db/open.ts'
import type { Writer } from '#electron/db/query.ts'
import type { OrderBatch } from '#electron/ports/order-reader.ts'
import { keptBefore } from './kept-rows.ts'
import { knownKits, type PartsOf } from './order-lines.ts'
import { breathe } from './read-source.ts'
import { type ReadyOrder, unpackOrders } from './ready-order.ts'
import {
  type ImportContext,
  isKnown,
  savePart,
  saveReadyOrder,
  type Saved,
  saveSecondTry,
} from './save-order.ts'

/** What became of the orders of an import. */
export type Counts = {
  created: number
  updated: number
  unchanged: number
  held: number
}

export const noCounts = (): Counts => ({ created: 0, updated: 0, unchanged: 0, held: 0 })

/** How long the core may be busy with an import before it looks whether somebody scanned; less while they do. */
const pieceMs = 4
const politePieceMs = 2
/**
 * After somebody else wrote, every piece is committed at once for so long. Commits write whole pages, and the lines of
 * an order lie all over the index of SKUs: few large commits write a tenth of what many small ones do.
 */
const politeMs = 10_000
/** How long a commit may take while nobody scans. */
const commitMs = 30

/** Nothing is left to be packed of these. */
const over: ReadonlySet<ReadyOrder['status']> = new Set(['cancelled', 'closed', 'shipped'])

/** Saves orders in pieces of some milliseconds, and commits as seldom as nobody minds. */
export class OrderSaver {
  readonly counts = noCounts()
  /** Orders that a second try found here already: nothing of them was changed. */
  readonly knownAlready: Pick<ReadyOrder, 'number' | 'rows'>[] = []
  /** Orders that are here and of which these files had one half only. */
  readonly knownParts = new Set<string>()
  /** Rows kept of earlier imports whose orders these files say are over: they must not bring them back. */
  readonly overRows: { readonly id: number }[] = []
  #kept: ReadonlyMap<string, readonly number[]> | null = null
  readonly #core: AreaContext
  readonly #call: CallContext
  readonly #work: LongWork
  #saved = 0
  #unsettled = 0
  #perCommit = 1000
  #interruptions = 0
  #politeUntil = 0

  constructor(core: AreaContext, call: CallContext) {
    this.#core = core
    this.#call = call
    this.#work = core.db.longWork()
  }

  async save(at: ImportContext, batch: OrderBatch): Promise<void> {
    // Making the shop was our own.
    if (this.#saved === 0) this.#interruptions = this.#work.interruptions
    const orders = unpackOrders(batch)
    let left = batch.orders
    while (left > 0 && !this.#call.signal.aborted) {
      const start = performance.now()
      const until = start + (start < this.#politeUntil ? politePieceMs : pieceMs)
      const saved = this.#work.piece((tx) => {
        const done: (Saved | null)[] = []
        const kits = knownKits(tx)
        while (done.length < left && performance.now() < until) {
          const { value } = orders.next()
          if (value === undefined) throw new Error('a batch holds fewer orders than it says')
          done.push(this.#saveOne(tx, at, value, kits))
        }
        return done
      })
      left -= saved.length
      for (const one of saved) if (one !== null) this.counts[one] += 1
      this.#saved += saved.length
      this.#unsettled += saved.length
      this.#settle()
      this.#call.progress('saving', this.#saved, Math.max(this.#saved, batch.total))
      await breathe()
      await this.#core.logRoom()
    }
  }

  noteOver(at: ImportContext, number: string): void {
    this.#kept ??= keptBefore(this.#core.db, at.shop.id, at.now)
    for (const id of this.#kept.get(number) ?? []) this.overRows.push({ id })
  }

  finish(): void {
    this.#work.commit()
    // Reading and saving ran side by side; this is the last word.
    this.#call.progress('saving', this.#saved, this.#saved)
  }

  #saveOne(tx: Writer, at: ImportContext, order: ReadyOrder, kits: PartsOf): Saved | null {
    if (over.has(order.status)) this.noteOver(at, order.number)
    if (order.part !== 'whole') return this.#saveHalf(tx, at, order)
    if (at.secondTry !== true) return saveReadyOrder(tx, at, order, kits)
    const saved = saveSecondTry(tx, at, order, kits)
    if (saved === null) this.knownAlready.push({ number: order.number, rows: order.rows })
    return saved
  }

  /** Null where nothing is to be counted: the order is not here, or was known to a second try. */
  #saveHalf(tx: Writer, at: ImportContext, order: ReadyOrder): Saved | null {
    if (!isKnown(tx, at, order.number)) return null
    this.knownParts.add(order.number)
    if (at.secondTry !== true) return savePart(tx, at, order)
    this.knownAlready.push({ number: order.number, rows: order.rows })
    return null
  }

  #settle(): void {
    const now = performance.now()
    if (this.#work.interruptions > this.#interruptions) {
      this.#interruptions = this.#work.interruptions
      this.#politeUntil = now + politeMs
    }
    if (now >= this.#politeUntil && this.#unsettled < this.#perCommit) return
    const orders = this.#unsettled
    this.#unsettled = 0
    this.#work.commit()
    if (now < this.#politeUntil || orders < this.#perCommit) return
    // As many orders as this disk commits in the time.
    const factor = commitMs / Math.max(1, performance.now() - now)
    this.#perCommit = Math.round(this.#perCommit * Math.min(1.5, Math.max(0.5, factor)))
  }
}
