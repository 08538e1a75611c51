import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Connection } from './open.ts'
import type { Database } from './schema.ts'

/**
 * Queries are built with Kysely, compiled once, and run as cached prepared statements: building one at each call
 * costs 6.5 times the statement itself. `Reader` and `Writer` differ in type, so that a function that only reads
 * cannot be handed the means to write.
 */
export interface Reader {
  readonly connection: Connection
}
export interface Writer extends Reader {
  readonly writes: true
}

export type Builder = Kysely<Database>

const builder: Builder = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Stands in a compiled query where a parameter of the call goes. */
class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Bindable = string | number | null | Uint8Array
type Parameters = Readonly<Record<string, Bindable>>

const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) })

interface Compiled {
  readonly sql: string
  readonly bind: (parameters: Parameters) => Bindable[]
}

function compile<P extends Parameters>(build: (db: Builder, p: P) => Compilable<unknown>): Compiled {
  const compiled: CompiledQuery = build(builder, placeholders as P).compile()
  const slots = compiled.parameters as readonly (Bindable | Placeholder)[]
  const names = slots.map((slot) => (slot instanceof Placeholder ? slot.name : null))
  const constants = slots.map((slot) => (slot instanceof Placeholder ? null : slot))
  return {
    sql: compiled.sql,
    // A plain loop: an import binds a million values.
    bind: (parameters) => {
      const values = constants.slice()
      for (let at = 0; at < names.length; at += 1) {
        const name = names[at]
        if (name === null || name === undefined) continue
        const value = parameters[name]
        if (value === undefined) throw new Error(`query parameter ${name} is missing`)
        values[at] = value
      }
      return values
    },
  }
}

type Row<Q> = Q extends Compilable<infer O> ? O : never

/** A query for all rows; `P` names its parameters. */
export function many<P extends Parameters, Q extends Compilable<unknown>>(build: (db: Builder, p: P) => Q) {
  let ready: Compiled | undefined
  return (db: Reader, parameters: P): Row<Q>[] => {
    ready ??= compile(build)
    return db.connection.prepare(ready.sql).all(ready.bind(parameters)) as Row<Q>[]
  }
}

/** A query for the first row, or undefined. */
export function first<P extends Parameters, Q extends Compilable<unknown>>(build: (db: Builder, p: P) => Q) {
  let ready: Compiled | undefined
  return (db: Reader, parameters: P): Row<Q> | undefined => {
    ready ??= compile(build)
    return db.connection.prepare(ready.sql).get(ready.bind(parameters)) as Row<Q> | undefined
  }
}

/** A statement that writes; gives the number of rows that it changed. */
export function write<P extends Parameters>(build: (db: Builder, p: P) => Compilable<unknown>) {
  let ready: Compiled | undefined
  return (db: Writer, parameters: P): number => {
    ready ??= compile(build)
    return db.connection.prepare(ready.sql).run(ready.bind(parameters)).changes
  }
}

/** A statement that must change exactly one row; anything else is a bug and rolls the transaction back. */
export function writeOne<P extends Parameters>(build: (db: Builder, p: P) => Compilable<unknown>) {
  const run = write(build)
  return (db: Writer, parameters: P): void => {
    const changes = run(db, parameters)
    if (changes !== 1) throw new Error(`expected one changed row, got ${changes}`)
  }
}

/** A query whose shape depends on the call (filters of a list): built each time, prepared once per shape. */
export function ask<O>(db: Reader, build: (db: Builder) => Compilable<O>): O[] {
  const compiled = build(builder).compile()
  return db.connection.prepare(compiled.sql).all(compiled.parameters as Bindable[]) as O[]
}
