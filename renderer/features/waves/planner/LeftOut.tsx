import { useTranslation } from 'react-i18next'
import type { PlanSummary } from '#shared/contract/waves.ts'
import { addressOf } from '#renderer/platform/router.ts'
import css from './left-out.module.css'
import { reasonWords } from '#renderer/features/waves/words.ts'

interface Props {
  readonly left: PlanSummary['leftOut']
  readonly count: number
  readonly opened?: boolean
  /** In place of the usual words for those that are in no wave. */
  readonly title?: string
}

/** Who is in no wave, and why: one line a reason, so that a reason is read once and not a hundred times. */
export function LeftOut({ left, count, opened = false, title }: Props) {
  const { t, i18n } = useTranslation()
  if (count === 0) return null
  const byReason = Map.groupBy(left, ({ reason }) => reasonWords(reason, i18n))
  return (
    <details className={css.box} open={opened}>
      <summary className={css.title}>{title ?? t('plan.leftOut', { count })}</summary>
      <dl className={css.reasons}>
        {[...byReason].map(([reason, orders]) => (
          <div key={reason} className={css.reason}>
            <dt>
              {reason} <span className={css.faint}>· {orders.length}</span>
            </dt>
            <dd className={css.orders}>
              {orders.map(({ order }) => (
                <a
                  key={order}
                  className={css.order}
                  href={addressOf({ at: 'orders', only: null, find: order })}
                >
                  {order}
                </a>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {count > left.length ? (
        <p className={css.faint}>{t('plan.leftOutMore', { count: count - left.length })}</p>
      ) : null}
    </details>
  )
}
