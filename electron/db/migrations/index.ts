import type { Migration } from 'kysely/migration'
import * as m0001 from './0001-foundation.ts'
import * as m0002 from './0002-kits.ts'
import * as m0003 from './0003-picks-by-product.ts'
import * as m0004 from './0004-kept-rows.ts'
import * as m0005 from './0005-floor-and-plans.ts'
import * as m0006 from './0006-picks-by-time.ts'
import * as m0007 from './0007-devices.ts'
import * as m0008 from './0008-weights.ts'
import * as m0009 from './0009-retired-printers.ts'
import * as m0010 from './0010-driver.ts'
import * as m0011 from './0011-unit-marks.ts'
import * as m0012 from './0012-unit-mark-lots.ts'
import * as m0013 from './0013-waybill-orders.ts'

/** In order, for ever: a shipped migration is never changed (its hash is locked in lock.json). Only `up`: a step back is the backup taken before. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': m0001,
  '0002-kits': m0002,
  '0003-picks-by-product': m0003,
  '0004-kept-rows': m0004,
  '0005-floor-and-plans': m0005,
  '0006-picks-by-time': m0006,
  '0007-devices': m0007,
  '0008-weights': m0008,
  '0009-retired-printers': m0009,
  '0010-driver': m0010,
  '0011-unit-marks': m0011,
  '0012-unit-mark-lots': m0012,
  '0013-waybill-orders': m0013,
}
