import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { LeftOut } from '#renderer/features/waves/planner/LeftOut.tsx'
import css from './replan.module.css'

export type ReplanOutcome = Output<'waves.replan'>

/** The page was scrolled to the stops; what became of them stands above. */
const intoView = (box: HTMLElement | null): void => box?.scrollIntoView({ block: 'center' })

/** What planning the rest anew came to: which list counts now, what moved, who is no longer picked for. */
export function Replanned({ outcome }: { outcome: ReplanOutcome }) {
  const { t } = useTranslation()
  return (
    <div className={css.outcome} role="status" ref={intoView}>
      <p className={css.outcomeTitle}>
        {t('replan.done', {
          revision: outcome.revision,
          stops: t('replan.stops', { count: outcome.stops }),
        })}
      </p>
      {outcome.moved === 0 ? null : <p>{t('replan.moved', { count: outcome.moved })}</p>}
      <LeftOut
        opened
        left={outcome.left}
        count={outcome.left.length}
        title={t('replan.left', { count: outcome.left.length })}
      />
    </div>
  )
}
