import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fail, ok } from '#shared/support/result.ts'
import { backupTo } from '#electron/db/backup.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { auditAct } from './audit.ts'

type Calls = 'backup.create' | 'backup.list' | 'backup.download' | 'files.doctor'

export function backupHandlers(core: AreaContext): Handlers<Calls> {
  const folder = join(core.dataDir, 'backups')
  return {
    'backup.create': ({ target }, call) => {
      // Only the command line may name a place: a page does not write where it likes.
      if (target !== undefined && (call.caller.kind !== 'cli' || !isAbsolute(target))) {
        return fail('targetRefused', 'A backup goes into the data folder')
      }
      mkdirSync(folder, { recursive: true })
      const file = target ?? join(folder, `packbench-${core.clock.now().replaceAll(/[:.]/g, '-')}.sqlite`)
      try {
        const made = backupTo(core.db, file)
        core.db.transaction((tx) =>
          auditAct(tx, core, call.caller, {
            act: 'backup',
            subject: 'database',
            reason: '',
            detail: { size: made.size, rows: made.rows },
          }),
        )
        core.announce('backup')
        return ok({ file: made.file, size: made.size })
      } catch (error) {
        return fail(
          'backupFailed',
          `No backup was written: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    },
    'backup.list': () => ok({ backups: backups(folder) }),
    'backup.download': ({ name }) => {
      const found = backups(folder).find((one) => one.name === name)
      if (found === undefined) return fail('backupUnknown', 'There is no such backup')
      return ok(core.heldFiles.hold(name, 'application/vnd.sqlite3', readFileSync(join(folder, name))))
    },
    'files.doctor': () => {
      const raw = core.db.connection.raw
      const quick = String(raw.pragma('quick_check', { simple: true }))
      const keys = (raw.pragma('foreign_key_check') as unknown[]).length
      const sync = raw.pragma('synchronous', { simple: true })
      const last = backups(folder)[0]
      return ok({
        checks: [
          { id: 'database', ok: quick === 'ok', detail: quick },
          { id: 'foreignKeys', ok: keys === 0, detail: String(keys) },
          { id: 'durable', ok: sync === 2, detail: `synchronous=${String(sync)}` },
          { id: 'sqlite', ok: true, detail: String(raw.prepare('SELECT sqlite_version()').pluck().get()) },
          { id: 'backup', ok: last !== undefined, detail: last?.at ?? '' },
          { id: 'node', ok: true, detail: process.versions.node },
        ],
      })
    },
  }
}

function backups(folder: string) {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => {
      const stat = statSync(join(folder, name))
      return { name, at: stat.mtime.toISOString(), size: stat.size }
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))
}
