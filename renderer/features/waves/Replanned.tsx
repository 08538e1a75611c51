import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { LeftOut } from './LeftOut.tsx'
import css from './replan.module.css'

export type ReplanOutcome = Output<'waves.replan'>

/** What planning the rest anew came to: which list counts now, what moved, who is no longer picked for. */
export function Replanned({ outcome }: { outcome: ReplanOutcome }) {
  const { t } = useTranslation()
  return (
    <div className={css.outcome} role="status">
      <p className={css.outcomeTitle}>
        {t('replan.done', {
          revision: outcome.revision,
          stops: t('replan.stops', { count: outcome.stops }),
        })}
      </p>
      {outcome.moved === 0 ? null : <p>{t('replan.moved', { count: outcome.moved })}</p>}
      {outcome.left.length === 0 ? null : <p>{t('replan.left', { count: outcome.left.length })}</p>}
      <LeftOut left={outcome.left} count={outcome.left.length} opened />
    </div>
  )
}
