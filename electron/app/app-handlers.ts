import { fail, ok } from '#shared/support/result.ts'
import { first } from '#electron/db/query.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { supervisors } from '#electron/features/operators/index.ts'
import { general } from '#electron/features/settings/index.ts'
import { loadDemo } from './demo.ts'

type Calls = 'app.info' | 'app.cancel' | 'app.demo' | 'files.write' | 'files.read'

const anyOrder = first((db) => db.selectFrom('order').select('id').limit(1))

export function appHandlers(
  core: AreaContext,
  version: string,
  jobs: ReadonlyMap<string, AbortController>,
): Handlers<Calls> {
  return {
    'app.info': () => {
      const { warehouse, zone } = general(core.db)
      return ok({
        version,
        dataDir: core.dataDir,
        empty: anyOrder(core.db, {}) === undefined,
        warehouse,
        zone,
        now: core.clock.now(),
        signInNeeded: (supervisors(core.db, {})?.count ?? 0) > 0,
      })
    },
    'app.cancel': ({ job }) => {
      const controller = jobs.get(job)
      controller?.abort()
      return ok({ found: controller !== undefined })
    },
    'app.demo': ({ orders }, call) => {
      // Made-up goods never mix with real ones.
      if (anyOrder(core.db, {}) !== undefined)
        return fail('notEmpty', 'The demo goes into an empty warehouse only')
      return loadDemo(core, call, orders)
    },
    'files.write': ({ id, name, offset, base64 }) => {
      const written = core.heldFiles.append(id, name, offset, Buffer.from(base64, 'base64'))
      return written === null
        ? fail('fileRefused', 'This piece does not follow the last one, or the file is too large')
        : ok(written)
    },
    'files.read': ({ id, offset, length }) => {
      const read = core.heldFiles.read(id, offset, length)
      if (read === null) return fail('fileMissing', 'This file is no longer held')
      return ok({ base64: Buffer.from(read.bytes).toString('base64'), size: read.size })
    },
  }
}
