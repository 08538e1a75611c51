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
  close(): void
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
      // The tail of a scan is the checkpoint: keep it off the hot path, idle time does it (see `checkpoint`).
      raw.pragma('wal_autocheckpoint = 8000')
    }
  } catch (error) {
    raw.close()
    throw error
  }
  const reader = { connection, writes: true } as const
  const run = raw.transaction((work: (db: Writer) => unknown) => work(reader)).immediate
  return {
    ...reader,
    transaction: (work) => run(work) as ReturnType<typeof work>,
    close: () => {
      statements.clear()
      raw.close()
    },
  }
}

/** Moves the log into the database without making anybody wait. Call it when the bench is idle. */
export function checkpoint(db: Writer): void {
  db.connection.pragma('wal_checkpoint(PASSIVE)')
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
