import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { minutesUntil, useSlowNow, when } from '#renderer/platform/moment.ts'
import { span } from '#renderer/ui/span.ts'
import css from './cutoffs.module.css'
import { toneOf } from './DueTime.tsx'

/** The next hours by which orders that are in no wave yet must leave. */
export function Cutoffs({ cutoffs }: { cutoffs: Output<'waves.open'>['cutoffs'] }) {
  const { t } = useTranslation()
  const now = useSlowNow()
  if (cutoffs.length === 0) return null
  return (
    <p className={css.strip}>
      <span className={css.lead}>{t('waves.cutoffs')}</span>
      {cutoffs.map(({ at, orders }) => {
        const minutes = minutesUntil(at, now)
        return (
          <span key={at} className={css.cutoff} data-tone={toneOf(minutes)}>
            <strong>{t('waves.cutoff', { time: when(at, now), count: orders })}</strong>
            <span>
              {minutes < 0
                ? t('waves.late', { time: span(-minutes, t) })
                : t('waves.left', { time: span(minutes, t) })}
            </span>
          </span>
        )
      })}
    </p>
  )
}
