import { cpclStatus } from './cpcl.ts'
import type { StatusDialect } from './dialect.ts'
import { eplStatus } from './epl.ts'
import { escposStatus } from './escpos.ts'
import { tsplStatus } from './tspl.ts'
import { zplStatus } from './zpl.ts'

const dialects: Readonly<Record<string, StatusDialect>> = {
  zpl: zplStatus,
  tspl: tsplStatus,
  epl: eplStatus,
  cpcl: cpclStatus,
  escpos: escposStatus,
}

/** How printers of a language are asked; undefined where the language has no question. */
export const dialectOf = (language: string): StatusDialect | undefined => dialects[language]
