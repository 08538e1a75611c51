import type { CoreEvent } from '#shared/rpc/wire.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'

/** What the outside is to the core. */
export interface AppOptions {
  /** The data folder; made if it is not there. */
  readonly dataDir: string
}

/** One caller: a page, a command line. */
export interface Session {
  /** Never rejects: a bug inside becomes the failure `core.bug`. */
  dispatch(name: string, input: unknown): Promise<Result<unknown>>
  subscribe(listener: (event: CoreEvent) => void): () => void
  close(): void
}

export interface App {
  connect(): Session
  /** Lets running writes finish and closes the database. */
  close(): Promise<void>
}

/** The one composition root. */
export function createApp(_options: AppOptions): App {
  return {
    connect: () => ({
      dispatch: async (name) => (name === 'app.info' ? ok({ version: '0' }) : fail('rpc.unknown', name)),
      subscribe: () => () => undefined,
      close: () => undefined,
    }),
    close: async () => undefined,
  }
}
