import { type Writer, writeOne } from '#electron/db/query.ts'
import type { Caller } from '#electron/features/area.ts'
import type { Clock } from '#electron/ports/clock.ts'

const insertAudit = writeOne(
  (
    db,
    p: {
      at: string
      operator: string | null
      actor: string
      act: string
      subject: string
      reason: string
      detail: string
    },
  ) =>
    db.insertInto('audit').values({
      at: p.at,
      operator_id: p.operator,
      actor: p.actor,
      act: p.act,
      subject: p.subject,
      reason: p.reason,
      detail: p.detail,
    }),
)

/** Writes down an act of a person, in the transaction of the act itself. */
export function auditAct(
  tx: Writer,
  { clock }: { readonly clock: Clock },
  caller: Caller,
  of: {
    readonly act: string
    readonly subject: string
    readonly reason: string
    readonly detail: Readonly<Record<string, string | number>>
  },
): void {
  insertAudit(tx, {
    at: clock.now(),
    operator: caller.operator?.id ?? null,
    actor: caller.operator?.name ?? caller.kind,
    act: of.act,
    subject: of.subject,
    reason: of.reason,
    detail: JSON.stringify(of.detail),
  })
}
