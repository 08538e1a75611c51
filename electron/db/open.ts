import Sqlite from 'better-sqlite3'
import type { Reader, Writer } from './query.ts'

/** One connection with its statements kept prepared. */
export interface Connection {
  prepare(sql: string): Sqlite.Statement<unknown[]>
  exec(sql: string): void
  pragma(text: string): unknown
  /** The bare driver: migrations and benchmarks only. */
  readonly raw: Sqlite.Database
}

export interface OpenDatabase extends Reader, Writer {
  /**
   * Runs `work` in one immediate transaction: all of it or nothing, durable when it returns. Synchronous, so
   * nothing else can slip in between.
   */
  transaction<T>(work: (db: Writer) => T): T
  /** For imports and the like: many pieces, few commits, and nobody waits for more than one of each. */
  longWork(): LongWork
  close(): void
}

/**
 * Work that is too long for one transaction and too slow with one for each piece. Its pieces share a transaction
 * that stays open between turns of the event loop, until `commit`, or until anybody else asks this database for
 * anything: then it is committed first, so that others see and write only what is durable.
 */
export interface LongWork {
  /**
   * Uses only the `db` that it is given. When it throws, it and the pieces since the last commit are undone: a
   * savepoint for each piece would make SQLite copy every page before its first change in it.
   *
   * @throws what committing earlier pieces for somebody else threw, which undid those pieces.
   */
  piece<T>(work: (db: Writer) => T): T
  /** Makes the pieces so far durable. */
  commit(): void
  /** How often somebody else wrote: while they are at it, pieces and commits should be short. */
  readonly interruptions: number
}

/** The oldest SQLite without the WAL-reset bug (sqlite.org/releaselog/3_51_3.html). */
const OLDEST = [3, 51, 3] as const

/**
 * Opens the bench's database and writes nothing to it: whether this version may is for `migrate` to say, which also
 * asserts the durability after a write (`assertDurable`).
 */
export function openDatabase(file: string, options: { readonly readonly?: boolean } = {}): OpenDatabase {
  const raw = new Sqlite(file, { readonly: options.readonly ?? false, timeout: 5000 })
  const statements = new Map<string, Sqlite.Statement<unknown[]>>()
  const connection: Connection = {
    prepare: (sql) => {
      let statement = statements.get(sql)
      if (statement === undefined) {
        statement = raw.prepare<unknown[]>(sql)
        statements.set(sql, statement)
      }
      return statement
    },
    exec: (sql) => void raw.exec(sql),
    pragma: (text) => raw.pragma(text),
    raw,
  }
  try {
    assertVersion(raw)
    raw.pragma('trusted_schema = OFF')
    raw.pragma('cell_size_check = ON')
    raw.pragma('foreign_keys = ON')
    raw.pragma('cache_size = -65536')
    if (options.readonly !== true) {
      raw.pragma('journal_mode = WAL')
      raw.pragma('synchronous = FULL')
      raw.pragma('checkpoint_fullfsync = ON')
      // The tail of a scan is the checkpoint: a thread does it (see `checkpoint`); this is for when that is gone.
      raw.pragma('wal_autocheckpoint = 50000')
    }
  } catch (error) {
    raw.close()
    throw error
  }
  const inside: Writer = { connection, writes: true }
  const run = raw.transaction((work: (db: Writer) => unknown) => work(inside))
  const long = longTransaction(raw)
  const settled = (): Connection => {
    long.settle()
    return connection
  }
  return {
    writes: true,
    connection: {
      prepare: (sql) => settled().prepare(sql),
      exec: (sql) => settled().exec(sql),
      pragma: (text) => settled().pragma(text),
      get raw() {
        return settled().raw
      },
    },
    transaction: (work) => {
      long.interruptions += 1
      long.settle()
      return run.immediate(work) as ReturnType<typeof work>
    },
    longWork: () => ({
      piece: (work) => long.piece(() => work(inside)) as ReturnType<typeof work>,
      commit: () => long.commit(),
      get interruptions() {
        return long.interruptions
      },
    }),
    close: () => {
      long.settle()
      statements.clear()
      raw.close()
    },
  }
}

/** The transaction that long work keeps open. */
function longTransaction(raw: Sqlite.Database) {
  const begin = raw.prepare('BEGIN IMMEDIATE')
  const end = raw.prepare('COMMIT')
  let open = false
  let working = false
  let lost: { readonly cause: unknown } | null = null
  const commit = () => {
    open = false
    try {
      end.run()
    } catch (error) {
      if (raw.inTransaction) raw.exec('ROLLBACK')
      throw error
    }
  }
  return {
    interruptions: 0,
    /** For somebody else, whose own work is not to fail by what long work could not save. */
    settle() {
      if (!open || working) return
      try {
        commit()
      } catch (cause) {
        lost = { cause }
      }
    },
    commit() {
      this.throwLost()
      if (open) commit()
    },
    piece(work: () => unknown): unknown {
      this.throwLost()
      if (!open) begin.run()
      open = true
      working = true
      try {
        return work()
      } catch (error) {
        open = false
        if (raw.inTransaction) raw.exec('ROLLBACK')
        throw error
      } finally {
        working = false
      }
    },
    throwLost() {
      if (lost === null) return
      const { cause } = lost
      lost = null
      throw cause
    },
  }
}

/** Moves the log into the database without making anybody wait. Call it when the bench is idle. */
export function checkpoint(db: Writer): void {
  db.connection.pragma('wal_checkpoint(PASSIVE)')
}

/** How many pages the log holds, and how many of them the database has already. Moves nothing. */
export function logState(db: Writer): { readonly pages: number; readonly moved: number } {
  const [state] = db.connection.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  return { pages: state?.log ?? 0, moved: state?.checkpointed ?? 0 }
}

function assertVersion(raw: Sqlite.Database): void {
  const version = String(raw.prepare('SELECT sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  for (const [index, least] of OLDEST.entries()) {
    const part = parts[index] ?? 0
    if (part > least) return
    if (part < least) throw new Error(`SQLite ${version} is older than ${OLDEST.join('.')}`)
  }
}

/**
 * WAL with synchronous=FULL: a scan that was answered survives a power cut. Asserted after a write, because a new
 * file reports FULL and drops to NORMAL with the first one.
 *
 * @throws when commits are not durable.
 */
export function assertDurable(db: Writer): void {
  const { raw } = db.connection
  const version = Number(raw.pragma('user_version', { simple: true }))
  raw.pragma(`user_version = ${version}`)
  raw.pragma('synchronous = FULL')
  raw.pragma(`user_version = ${version}`)
  const level = raw.pragma('synchronous', { simple: true })
  if (level !== 2) throw new Error(`synchronous is ${String(level)} after a write, not FULL`)
}
