import type { ImportKind } from '#shared/contract/orders.ts'
import type { ColumnMapping } from '#shared/domain/orders/import/index.ts'
import { first, many, type Writer, write } from '#electron/db/query.ts'
import type { AreaContext, Caller } from '#electron/features/area.ts'
import { ensureShop, general } from '#electron/features/settings/index.ts'
import type { OrdersRead } from '#electron/ports/order-reader.ts'
import type { TextEncodingName } from '#electron/ports/table-files.ts'
import { signature } from './read-ready.ts'
import type { SourceFile } from './read-source.ts'
import { openMasterKey } from './receiver.ts'
import type { ImportContext } from './save-order.ts'

/** What a caller asks to have imported. */
export interface ImportSource {
  readonly kind: ImportKind
  readonly files: readonly SourceFile[]
  readonly shop?: string | undefined
  readonly courier?: string | undefined
  readonly preset?: string | undefined
  readonly mapping?: Readonly<Record<string, string>> | undefined
  readonly encoding?: TextEncodingName | undefined
}

const shopByName = first((db, p: { name: string }) =>
  db.selectFrom('shop').select(['id', 'zone', 'promise_hours']).where('name', '=', p.name),
)
const rememberedMapping = first((db, p: { signature: string }) =>
  db.selectFrom('column_mapping').select('mapping').where('signature', '=', p.signature),
)
const rememberedMappings = many((db) => db.selectFrom('column_mapping').select(['signature', 'mapping']))
const rememberMapping = write((db, p: { signature: string; mapping: string; at: string }) =>
  db
    .insertInto('column_mapping')
    .values({ signature: p.signature, kind: 'orders', mapping: p.mapping, at: p.at })
    .onConflict((conflict) => conflict.column('signature').doUpdateSet({ mapping: p.mapping, at: p.at })),
)

/** How the source's files are to be read: the shop's zone, and what a person said of such files before. */
export function readOptions(core: AreaContext, source: ImportSource) {
  const shop = source.shop === undefined ? undefined : shopByName(core.db, { name: source.shop })
  return {
    zone: shop?.zone ?? general(core.db).zone,
    preset: source.preset,
    mapping: source.mapping as ColumnMapping | undefined,
    remembered: (headers: readonly string[]): ColumnMapping | undefined => {
      const row = rememberedMapping(core.db, { signature: signature(headers) })
      return row === undefined ? undefined : (JSON.parse(row.mapping) as ColumnMapping)
    },
  }
}

/** Every mapping that was made, by the signature of the headers: for a thread that has no database. */
export const allMappings = (core: AreaContext): Readonly<Record<string, ColumnMapping>> =>
  Object.fromEntries(
    rememberedMappings(core.db, {}).map((row) => [row.signature, JSON.parse(row.mapping) as ColumnMapping]),
  )

export function rememberFor(core: AreaContext, source: ImportSource, files: OrdersRead['files']): void {
  if (source.mapping === undefined) return
  core.db.transaction((tx) => {
    for (const { headers } of files) {
      rememberMapping(tx, {
        signature: signature(headers),
        mapping: JSON.stringify(source.mapping),
        at: core.clock.now(),
      })
    }
  })
}

/** `firstTryAt` is given where rows of an earlier import are tried again. */
export function importContext(
  tx: Writer,
  core: AreaContext,
  caller: Caller,
  name: string,
  firstTryAt?: string,
): ImportContext {
  ensureShop(tx, core, name)
  const shop = shopByName(tx, { name })
  if (shop === undefined) throw new Error('shop was not made')
  return {
    ids: core.ids,
    masterKey: openMasterKey(core.secrets.masterKey()),
    shop,
    now: firstTryAt ?? core.clock.now(),
    secondTry: firstTryAt !== undefined,
    caller,
  }
}
