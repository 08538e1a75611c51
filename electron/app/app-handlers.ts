import { fail, ok } from '#shared/support/result.ts'
import { first } from '#electron/db/query.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { supervisors } from '#electron/features/operators/index.ts'
import { general } from '#electron/features/settings/index.ts'
import { loadDemo } from './demo.ts'

type Calls = 'app.info' | 'app.firstSteps' | 'app.cancel' | 'app.demo' | 'files.write' | 'files.read'

const anyOrder = first((db) => db.selectFrom('order').select('id').limit(1))
/** Asked after every scan while the first steps are shown, so each is one look into an index. */
const firstSteps = first((db) =>
  db.selectNoFrom((eb) => [
    eb.selectFrom('order').select('id').limit(1).as('order'),
    eb.selectFrom('wave').select('id').orderBy('number', 'desc').limit(1).as('newestWave'),
    eb.selectFrom('order').select('id').where('state', 'in', ['packed', 'handedOver']).limit(1).as('packed'),
    eb.selectFrom('label').select('id').limit(1).as('label'),
    eb.selectFrom('shipment').select('id').limit(1).as('shipment'),
  ]),
)

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
    'app.firstSteps': () => {
      const any = firstSteps(core.db, {})
      const has = (row: string | null | undefined) => typeof row === 'string'
      return ok({
        orders: has(any?.order),
        newestWave: any?.newestWave ?? null,
        packed: has(any?.packed),
        label: has(any?.label),
        handedOver: has(any?.shipment),
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
