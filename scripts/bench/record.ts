import Sqlite from 'better-sqlite3'

/** One step of what a connection did: a statement with its parameters, or an edge of a transaction. */
export interface Step {
  readonly kind: 'get' | 'all' | 'run'
  readonly sql: string
  readonly pluck: boolean
  readonly parameters: readonly unknown[]
}

const begin: Step = { kind: 'run', sql: 'BEGIN IMMEDIATE', pluck: false, parameters: [] }
const commit: Step = { kind: 'run', sql: 'COMMIT', pluck: false, parameters: [] }

type Work = (...parameters: unknown[]) => unknown
type Replaced = Record<string, unknown>

/**
 * Writes down what every connection that `work` opens does. Only the recorded run pays for it: the runs that are
 * timed open their connections before or after.
 */
export async function recordStatements<T>(
  into: (step: Step) => void,
  work: () => T | Promise<T>,
): Promise<T> {
  const prototype = Sqlite.prototype as unknown as Replaced
  const { prepare, transaction } = prototype as { prepare: Work; transaction: Work }

  prototype.prepare = function (this: unknown, ...[sql]: unknown[]) {
    const statement = prepare.call(this, sql) as Replaced
    let pluck = false
    const setPluck = statement.pluck as Work
    statement.pluck = (...parameters: unknown[]) => {
      pluck = true
      setPluck.apply(statement, parameters)
      return statement
    }
    for (const kind of ['get', 'all', 'run'] as const) {
      const original = statement[kind] as Work
      statement[kind] = (...parameters: unknown[]) => {
        into({ kind, sql: String(sql), pluck, parameters: parameters.flat() })
        return original.apply(statement, parameters)
      }
    }
    return statement
  }
  prototype.transaction = function (this: unknown, ...[work]: unknown[]) {
    return transaction.call(this, (...parameters: unknown[]) => {
      into(begin)
      const answer = (work as Work)(...parameters)
      into(commit)
      return answer
    })
  }
  try {
    return await work()
  } finally {
    prototype.prepare = prepare
    prototype.transaction = transaction
  }
}

/** Turns steps into a function that does the same through prepared statements, with nothing in between. */
export function replayer(raw: Sqlite.Database): (steps: readonly Step[]) => () => void {
  const statements = new Map<string, Sqlite.Statement<unknown[]>>()
  const prepared = (sql: string, pluck: boolean) => {
    const key = `${String(pluck)} ${sql}`
    let statement = statements.get(key)
    if (statement === undefined) {
      statement = raw.prepare<unknown[]>(sql)
      if (pluck) statement.pluck()
      statements.set(key, statement)
    }
    return statement
  }
  return (steps) => {
    const ready = steps.map(({ kind, sql, pluck, parameters }) => ({
      kind,
      statement: prepared(sql, pluck),
      parameters: [...parameters],
    }))
    return () => {
      for (const { kind, statement, parameters } of ready) {
        if (kind === 'run') statement.run(parameters)
        else if (kind === 'get') statement.get(parameters)
        else statement.all(parameters)
      }
    }
  }
}
