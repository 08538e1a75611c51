import {
  type NamedStrategy,
  builtInStrategies,
  plainStrategy,
  type Strategy,
} from '#shared/domain/waves/strategy.ts'
import { strategy as strategyShape } from '#shared/contract/waves.ts'
import { many, type Reader, type Writer, write } from '#electron/db/query.ts'
import { general } from '#electron/features/settings/index.ts'

const saved = many((db) =>
  db.selectFrom('strategy').select(['name', 'options']).orderBy('position').orderBy('name'),
)
const put = write((db, p: { name: string; position: number; options: string }) =>
  db
    .insertInto('strategy')
    .values({ name: p.name, position: p.position, options: p.options })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ options: p.options })),
)
const remove = write((db, p: { name: string }) => db.deleteFrom('strategy').where('name', '=', p.name))

export type KnownStrategy = NamedStrategy & { readonly builtIn: boolean }

/** Those of the warehouse, and the built-in ones that it has not made its own. */
export function strategies(db: Reader): KnownStrategy[] {
  const own = saved(db, {}).map(({ name, options }) => ({
    name,
    // One of an older version lacks what was thought of since.
    strategy: strategyShape.parse({ ...plainStrategy, ...(JSON.parse(options) as Partial<Strategy>) }),
    builtIn: false,
  }))
  const { slots } = general(db)
  const others = builtInStrategies
    .filter(({ name }) => !own.some((one) => one.name === name))
    .map(({ name, strategy }) => ({ name, strategy: { ...strategy, slots }, builtIn: true }))
  return [...others, ...own]
}

export const strategyNamed = (db: Reader, name: string): KnownStrategy | undefined =>
  strategies(db).find((one) => one.name === name)

export function saveStrategy(tx: Writer, { name, strategy }: NamedStrategy, was: string | undefined): void {
  if (was !== undefined && was !== name) remove(tx, { name: was })
  put(tx, { name, position: 0, options: JSON.stringify(strategy) })
}

export const dropStrategy = (tx: Writer, name: string): boolean => remove(tx, { name }) > 0
