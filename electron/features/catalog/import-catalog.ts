import type { ImportPreview } from '#shared/contract/orders.ts'
import {
  type CatalogKind,
  type CatalogPlan,
  type CatalogProblem,
  type CatalogRows,
  collectKits,
  collectProducts,
  collectShelves,
  collectStock,
  collectWaybills,
  kitOfRow,
  planCatalog,
  readCatalogRow,
} from '#shared/domain/catalog/import/index.ts'
import { readFloor } from '#shared/domain/waves/floor/file.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { Writer } from '#electron/db/query.ts'
import type { AreaContext, CallContext } from '#electron/features/area.ts'
import { pictureAt, type TakenPicture } from '#electron/ports/pictures.ts'
import {
  cancelled,
  countWaiting,
  explodeWaiting,
  type OpenedFile,
  readRows,
  type Rejected,
  withCells,
} from '#electron/features/orders/index.ts'
import { ensureCourier } from '#electron/features/settings/index.ts'
import { saveFloorPlan } from '#electron/features/waves/index.ts'
import {
  isProduct,
  kitConflict,
  saveKit,
  saveOldStock,
  saveProduct,
  saveShelf,
  saveStock,
  saveWaybill,
} from './repository.ts'

type Kind = 'catalog' | 'kits' | 'layout' | 'stock' | 'waybills'

interface Done {
  created: number
  updated: number
  unchanged: number
  held: number
  /** Waiting orders whose kits were exploded to their parts. */
  exploded: number
  readonly rejected: Rejected[]
  /** Rows that were taken and that somebody should know of. */
  readonly notes: Rejected[]
  /** SKUs of the kits that were taken, and of those among them that are not what they were. */
  readonly kits: { readonly all: string[]; readonly changed: string[] }
}

const nothingDone = (rejected: readonly Rejected[], notes: readonly Rejected[]): Done => ({
  created: 0,
  updated: 0,
  unchanged: 0,
  held: 0,
  exploded: 0,
  rejected: [...rejected],
  notes: [...notes],
  kits: { all: [], changed: [] },
})

/** A file of a kind; a layout is its shelves, or the floor that they stand on: its header tells which. */
const formatOf = (kind: Kind, headers: readonly string[]): CatalogKind =>
  kind === 'layout' && isFloor(headers) ? 'floor' : formats[kind]

/** Whether a layout's headers are those of a floor. */
export const isFloor = (headers: readonly string[]): boolean =>
  planCatalog('floor', headers).missing.length === 0 && planCatalog('shelves', headers).missing.length > 0

const formats: Readonly<Record<Kind, CatalogKind>> = {
  catalog: 'products',
  kits: 'kits',
  layout: 'shelves',
  stock: 'stock',
  waybills: 'waybills',
}

/**
 * Reads files of goods, kits, shelves, stock or waybill numbers and saves them in one transaction: all or nothing. Orders
 * that wait with the kits follow; importing the file again goes on where that was cut off. `firstTryAt`: when these rows
 * were first brought.
 */
export async function importCatalog(
  core: AreaContext,
  call: CallContext,
  kind: Kind,
  files: readonly OpenedFile[],
  courier: string | undefined,
  firstTryAt?: string,
): Promise<Result<Done & { files: { file: string; headers: readonly string[] }[] }>> {
  if (kind === 'waybills' && courier === undefined)
    return fail('courierNeeded', 'Say whose waybill numbers these are')
  const read = await readFiles(files, kind, call, picturesOf(core, true))
  if (!read.ok) return read
  const done = core.db.transaction((tx) => save(tx, core, kind, read.value, courier, firstTryAt))
  done.exploded = await explodeWaiting(core, call, done.kits.all)
  // All is saved: what was left out keeps its cells, unless somebody cancels now.
  const rejected = await withCells(files, done.rejected, call)
  return ok({
    ...done,
    rejected: rejected.ok ? rejected.value : done.rejected,
    files: read.value.files.map((file) => ({ file: file.name, headers: file.plan.headers })),
  })
}

/** The same, rolled back. */
export async function previewCatalog(
  core: AreaContext,
  call: CallContext,
  kind: Kind,
  files: readonly OpenedFile[],
  courier: string | undefined,
): Promise<Result<ImportPreview>> {
  const read = await readFiles(files, kind, call, picturesOf(core, false))
  if (!read.ok) return read
  let done = nothingDone([], [])
  try {
    core.db.transaction((tx) => {
      done = save(tx, core, kind, read.value, courier ?? '\u0000preview')
      done.exploded = countWaiting(tx, done.kits.changed)
      throw new RollBack()
    })
  } catch (error) {
    if (!(error instanceof RollBack)) throw error
  }
  const { rejected, notes, kits: _kits, ...counts } = done
  return ok({
    files: read.value.files.map((file, index) => ({
      name: file.name,
      kind: files[index]?.table.kind ?? 'csv',
      encoding: files[index]?.table.encoding ?? null,
      preset: file.plan.kind,
      headers: [...file.plan.headers],
      mapping: Object.fromEntries(
        Object.entries<number>(file.plan.columns).flatMap(([field, at]) =>
          at < 0 ? [] : [[field, file.plan.headers[at] ?? '']],
        ),
      ),
      missing: [],
      sample: file.sample,
    })),
    rows: read.value.rows.length,
    things: counts.created + counts.updated + counts.unchanged,
    ...counts,
    rejected: shown(rejected),
    rejectedCount: rejected.length,
    notes: shown(notes),
  })
}
class RollBack extends Error {}

const shown = (rows: readonly Rejected[]) =>
  rows.slice(0, 200).map(({ cells: _cells, ...row }) => ({ ...row, reason: reasonOf(row.reason) }))

const reasonOf = (reason: Rejected['reason']) =>
  reason.params === undefined ? { code: reason.code } : { code: reason.code, params: { ...reason.params } }

interface Read {
  readonly files: {
    readonly name: string
    readonly plan: CatalogPlan<CatalogKind>
    readonly sample: string[][]
  }[]
  readonly rows: CatalogRows[CatalogKind][]
  readonly rejected: Rejected[]
  /** What is told of rows that are taken. */
  readonly notes: Rejected[]
  /** Kits of which a row was rejected. */
  readonly broken: Set<string>
}

type TakePicture = (folder: string | null, picture: string) => Promise<TakenPicture>

/** Each picture of an import once, however many products show it. */
function picturesOf(core: AreaContext, keep: boolean): TakePicture {
  const taken = new Map<string, Promise<TakenPicture>>()
  return (folder, picture) => {
    // An address is left to the page, whose policy lets it show few; a picture that was taken before is one of ours.
    if (/^(?!file:)[a-z][a-z0-9+.-]+:/i.test(picture) || pictureAt(picture) !== null)
      return Promise.resolve({ ok: true, address: picture })
    if (folder === null) return Promise.resolve({ ok: false, fault: 'pictureAlone' })
    const key = `${folder}\0${picture}`
    const known = taken.get(key) ?? core.pictures.take(folder, picture, keep)
    taken.set(key, known)
    return known
  }
}

async function readFiles(
  files: readonly OpenedFile[],
  kind: Kind,
  call: CallContext,
  takePicture: TakePicture,
): Promise<Result<Read>> {
  const read: Read = { files: [], rows: [], rejected: [], notes: [], broken: new Set() }
  for (const file of files) {
    const from = read.rows.length
    let plan: CatalogPlan<CatalogKind> | null = null
    const sample: string[][] = []
    let kit: string | null = null
    const done = await readRows(file, call, (cells, row) => {
      if (plan === null) {
        if (cells.some((cell) => cell.trim() !== '')) plan = planCatalog(formatOf(kind, cells), cells)
        return
      }
      if (plan.missing.length > 0) return
      if (sample.length < 5) sample.push(cells.map((cell) => cell.slice(0, 200)))
      // In merged cells only the first row says which kit: a row that does not is one of the kit above.
      if (plan.kind === 'kits') kit = kitOfRow(plan, cells) ?? kit
      const result = readCatalogRow(plan, cells, row)
      if (!result.ok) {
        const { rejection } = result
        if (kit !== null) read.broken.add(kit)
        read.rejected.push({
          file: file.name,
          row: rejection.row,
          column: rejection.column ?? '',
          reason: rejection.reason,
          cells: rejection.cells,
        })
      } else if (result.row !== null) read.rows.push(result.row)
    })
    if (!done.ok) return done
    const settled = plan as CatalogPlan<CatalogKind> | null
    if (settled === null)
      return fail('fileEmpty', `${file.name}: the file holds no rows`, { file: file.name })
    if (settled.missing.length > 0) {
      return fail('columnsMissing', `${file.name}: no column for ${settled.missing.join(', ')}`, {
        file: file.name,
        columns: settled.missing.join(', '),
      })
    }
    read.files.push({ name: file.name, plan: settled, sample })
    if (settled.kind !== 'products') continue
    const rows = read.rows.splice(from) as CatalogRows['products'][]
    const column = settled.headers[(settled as CatalogPlan<'products'>).columns.picture] ?? ''
    for (const [index, row] of rows.entries()) {
      if (row.picture === null) {
        read.rows.push(row)
        continue
      }
      const taken = await takePicture(file.folder, row.picture)
      // The product is taken without: a picture that it had before stays.
      read.rows.push({ ...row, picture: taken.ok ? taken.address : null })
      if (!taken.ok) {
        const reason = { code: taken.fault, params: { path: row.picture } }
        read.notes.push({ file: file.name, row: row.row, column, reason, cells: [] })
      }
      call.progress('pictures', index + 1, rows.length)
      if (call.signal.aborted) return cancelled
    }
  }
  if (read.rows.length === 0 && read.rejected.length === 0) {
    const names = files.map(({ name }) => name).join(', ')
    return fail('noRows', `${names}: no rows under the header; nothing changed`, { file: names })
  }
  return ok(read)
}

/** A floor is taken whole or not at all: with a hole in it nobody could say how far a walk is. */
function saveFloor(
  tx: Writer,
  core: AreaContext,
  read: Read,
  refuse: (row: number, code: string, params: Readonly<Record<string, string | number>>) => void,
  done: Done,
): void {
  if (read.rejected.length > 0) return
  if (read.files.length > 1) return refuse(1, 'floorTwice', {})
  const floor = readFloor(read.rows as CatalogRows['floor'][])
  if (!floor.ok) {
    for (const { row, code, params } of floor.problems) refuse(row, code, params)
    return
  }
  const saved = saveFloorPlan(tx, core, floor.plan)
  if (saved.ok) done[saved.value] += 1
  else refuse(1, 'floorBad', { fault: saved.fault, about: saved.about })
}

function save(
  tx: Writer,
  core: AreaContext,
  kind: Kind,
  read: Read,
  courier: string | undefined,
  firstTryAt?: string,
): Done {
  const done = nothingDone(read.rejected, read.notes)
  const file = read.files[0]?.name ?? ''
  const refuse = (row: number, code: string, params: Readonly<Record<string, string | number>>) =>
    done.rejected.push({ file, row, column: '', reason: { code, params }, cells: [] })
  const note = (problems: readonly CatalogProblem[]) => {
    for (const problem of problems) {
      if (problem.blocking)
        refuse(problem.rows[0] ?? 0, problem.code, { key: problem.key, ...problem.params })
    }
  }
  switch (kind) {
    case 'catalog': {
      const { items, problems } = collectProducts(read.rows as CatalogRows['products'][])
      note(problems)
      for (const product of items) done[saveProduct(tx, product)] += 1
      return done
    }
    case 'kits': {
      const { items, problems } = collectKits(read.rows as CatalogRows['kits'][], read.broken)
      note(problems)
      const own = new Set(items.map((kit) => kit.sku))
      for (const kit of items) {
        const conflict = kitConflict(tx, kit, own)
        if (conflict !== null) {
          refuse(conflict.row, conflict.code, { key: kit.sku, ...conflict.params })
          continue
        }
        const saved = saveKit(tx, kit)
        done[saved] += 1
        done.kits.all.push(kit.sku)
        if (saved !== 'unchanged') done.kits.changed.push(kit.sku)
        for (const part of kit.parts) {
          if (isProduct(tx, part.sku)) continue
          const reason = { code: 'partUnknown', params: { key: kit.sku, part: part.sku } }
          done.notes.push({ file, row: part.row, column: '', reason, cells: [] })
        }
      }
      return done
    }
    case 'layout': {
      if (read.files.some((one) => one.plan.kind === 'floor')) {
        saveFloor(tx, core, read, refuse, done)
        return done
      }
      const { items, problems } = collectShelves(read.rows as CatalogRows['shelves'][])
      note(problems)
      for (const shelf of items) done[saveShelf(tx, shelf)] += 1
      return done
    }
    case 'stock': {
      const { items, problems } = collectStock(read.rows as CatalogRows['stock'][])
      note(problems)
      for (const stock of items) {
        const saved =
          firstTryAt === undefined
            ? saveStock(tx, stock, core.clock.now())
            : saveOldStock(tx, stock, firstTryAt)
        if (saved === 'unknownSku') refuse(stock.row, 'unknownSku', { sku: stock.sku })
        else done[saved] += 1
      }
      return done
    }
    case 'waybills': {
      const { items, problems } = collectWaybills(read.rows as CatalogRows['waybills'][])
      note(problems)
      if (items.length === 0) return done
      const id = ensureCourier(tx, core, courier ?? '')
      for (const waybill of items) done[saveWaybill(tx, id, waybill)] += 1
      return done
    }
  }
}
