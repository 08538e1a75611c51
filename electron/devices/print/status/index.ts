import type { SpokenLanguage } from '#shared/domain/devices/printer-languages.ts'
import { cpclStatus } from './cpcl.ts'
import type { StatusDialect } from './dialect.ts'
import { eplStatus } from './epl.ts'
import { escposStatus } from './escpos.ts'
import { tsplStatus } from './tspl.ts'
import { zplStatus } from './zpl.ts'

/** How printers of each language are asked how they are. */
export const dialects: Readonly<Record<SpokenLanguage, StatusDialect>> = {
  zpl: zplStatus,
  tspl: tsplStatus,
  epl: eplStatus,
  cpcl: cpclStatus,
  escpos: escposStatus,
}
