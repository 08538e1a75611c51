import type { AreaContext, Caller } from '#electron/features/area.ts'
import { supervisors } from './repository.ts'

/** A supervisor, the command line, and everybody before the first supervisor exists. */
export const actsAsSupervisor = (core: Pick<AreaContext, 'db'>, caller: Caller): boolean =>
  caller.kind === 'cli' ||
  caller.operator?.role === 'supervisor' ||
  (supervisors(core.db, {})?.count ?? 0) === 0
