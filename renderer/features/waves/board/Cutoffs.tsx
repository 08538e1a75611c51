import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { minutesUntil, useSlowNow, when } from '#renderer/platform/moment.ts'
import { span } from '#renderer/ui/span.ts'
import { byHour } from './by-hour.ts'
import css from './cutoffs.module.css'
import { toneOf } from '#renderer/features/waves/DueTime.tsx'

/** Hours that are shown one by one; what comes later is not decided now. */
const shownHours = 5

/** By when the orders that are in no wave yet must leave; the numbers add up to all that wait. */
export function Cutoffs({ waiting, cutoffs }: Output<'waves.open'>) {
  const { t } = useTranslation()
  const now = useSlowNow()
  const { late, hours } = useMemo(() => {
    const over = cutoffs.findIndex(({ at }) => Date.parse(at) >= now)
    const from = over < 0 ? cutoffs.length : over
    return {
      late: cutoffs.slice(0, from).reduce((sum, { orders }) => sum + orders, 0),
      hours: byHour(cutoffs.slice(from)).slice(0, shownHours),
    }
  }, [cutoffs, now])
  if (cutoffs.length === 0) return null
  const rest = waiting - late - hours.reduce((sum, { orders }) => sum + orders, 0)
  return (
    <p className={css.strip}>
      <span className={css.lead}>{t('waves.cutoffs')}</span>
      {late === 0 ? null : (
        <span className={css.cutoff} data-tone="late">
          <strong>{t('waves.cutoffLate', { count: late })}</strong>
        </span>
      )}
      {hours.map(({ at, orders }) => {
        const minutes = minutesUntil(at, now)
        return (
          <span key={at} className={css.cutoff} data-tone={toneOf(minutes)}>
            <strong>{t('waves.cutoff', { time: when(at, now), count: orders })}</strong>
            <span>{t('waves.left', { time: span(Math.max(0, minutes), t) })}</span>
          </span>
        )
      })}
      {rest <= 0 ? null : (
        <span className={css.cutoff} data-tone="far">
          {t('waves.cutoffRest', { count: rest })}
        </span>
      )}
    </p>
  )
}
