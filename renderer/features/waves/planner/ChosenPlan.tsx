import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { PlanSummary } from '#shared/contract/waves.ts'
import { ask, CoreFailure, useCall, useClient } from '#renderer/platform/core.tsx'
import { useLongCall } from '#renderer/platform/long-call.ts'
import { when } from '#renderer/platform/moment.ts'
import { go } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Section } from '#renderer/ui/Page.tsx'
import { WorkProgress } from '#renderer/ui/PaperProgress.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { LeftOut } from './LeftOut.tsx'
import css from './planner.module.css'
import { StopList } from '#renderer/features/waves/walk/StopList.tsx'
import { WalkMap } from '#renderer/features/waves/walk/WalkMap.tsx'
import { metres, strategyWords, themeWords } from '#renderer/features/waves/words.ts'

interface Props {
  readonly plan: PlanSummary
  /** The sentence above was changed after this plan was made. */
  readonly stale: boolean
  readonly onAgain: () => void
}

type Draft = PlanSummary['waves'][number]

/** The waves of one plan, the walk of one of them, who is left out, and the way to make it real. */
export function ChosenPlan({ plan, stale, onAgain }: Props) {
  const { t, i18n } = useTranslation()
  const [index, setIndex] = useState(0)
  return (
    <>
      <Section
        title={t('plan.chosen', {
          name: strategyWords(plan.strategy, i18n),
          waves: t('count.waves', { count: plan.waves.length }),
          orders: t('count.orders', { count: plan.orders }),
        })}
        aside={stale ? <span className={css.faint}>{t('plan.stale')}</span> : undefined}
      >
        <div className={css.chosen}>
          <Waves waves={plan.waves} index={index} onChoose={setIndex} />
          {plan.waves.length === 0 ? null : <DraftMap plan={plan.plan} index={index} />}
        </div>
        <LeftOut left={plan.leftOut} count={plan.leftOutCount} />
      </Section>
      <Release plan={plan} onAgain={onAgain} />
    </>
  )
}

function Waves({
  waves,
  index,
  onChoose,
}: {
  waves: readonly Draft[]
  index: number
  onChoose: (index: number) => void
}) {
  const { t } = useTranslation()
  return (
    <div className={css.wavesBox} tabIndex={0} role="region" aria-label={t('plan.col.waves')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th>{t('plan.col.wave')}</th>
            <th className={css.end}>{t('plan.col.orders')}</th>
            <th className={css.end}>{t('plan.col.stops')}</th>
            <th className={css.end}>{t('plan.col.distance')}</th>
            <th className={css.end}>{t('plan.col.minutes')}</th>
            <th className={css.end}>{t('plan.col.due')}</th>
            <th className={css.end}>{t('plan.col.late')}</th>
          </tr>
        </thead>
        <tbody>
          {waves.map((wave, at) => (
            <tr key={at} data-chosen={at === index} data-opens="true" onClick={() => onChoose(at)}>
              <th scope="row" className={css.way}>
                <button
                  type="button"
                  className={css.choose}
                  aria-pressed={at === index}
                  onClick={() => onChoose(at)}
                >
                  {at + 1}
                  {' · '}
                  {themeWords(wave.theme, t) || t(`waves.kind.${wave.kind}`)}
                </button>
              </th>
              <td className={css.end}>{wave.orders}</td>
              <td className={css.end}>{wave.stops}</td>
              <td className={css.end}>{wave.distanceMm === null ? '—' : metres(wave.distanceMm)}</td>
              <td className={css.end}>{Math.round(wave.seconds / 60)}</td>
              <td className={css.end}>{dueOf(wave)}</td>
              <td className={css.end} data-late={wave.late > 0}>
                <span className={css.value}>{wave.late}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function dueOf({ dueAt, shipBy }: Draft): string {
  const due = dueAt ?? shipBy
  return due === null ? '—' : when(due)
}

function DraftMap({ plan, index }: { plan: string; index: number }) {
  const { t } = useTranslation()
  const map = useCall('waves.draftMap', { plan, index }, { keep: true })
  return (
    <div className={css.mapBox}>
      <h3 className={css.mapTitle}>{t('plan.mapOf', { number: index + 1 })}</h3>
      <FailureNote error={map.error} />
      {map.data === null ? <p className={css.faint}>{t('plan.noMap')}</p> : null}
      {map.data === undefined || map.data === null ? null : (
        <>
          <WalkMap walk={map.data} maxHeight={480} />
          <StopList walk={map.data} />
        </>
      )}
    </div>
  )
}

function Release({ plan, onAgain }: { plan: PlanSummary; onAgain: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const tell = useTell()
  const call = useLongCall()
  const [error, setError] = useState<unknown>(null)
  const [less, setLess] = useState<Output<'waves.release'> | null>(null)
  const gone = error instanceof CoreFailure && error.failure.code === 'planGone'

  const release = async () => {
    setError(null)
    try {
      const made = await call.run((job) => ask(client, 'waves.release', { plan: plan.plan, job }))
      // Who is left out although the trial had room for them is told before the page goes away.
      if (made.leftOut.length > 0) return setLess(made)
      tell(t('plan.released', { count: made.waves.length }))
      go({ at: 'waves' })
    } catch (caught) {
      setError(caught)
    }
  }

  if (less !== null) {
    return (
      <div className={css.release}>
        <div className={css.grow}>
          <p>
            <strong>{t('plan.released', { count: less.waves.length })}</strong> {t('plan.releasedLess')}
          </p>
          <LeftOut left={less.leftOut} count={less.leftOut.length} opened />
        </div>
        <Button size="lg" onClick={() => go({ at: 'waves' })}>
          {t('plan.back')}
        </Button>
      </div>
    )
  }
  return (
    <div className={css.release}>
      <div className={css.grow}>
        <p className={css.faint}>{t('plan.releaseLead')}</p>
        <WorkProgress
          call={call}
          making={t('plan.releasing')}
          far={(done, total) => t('plan.tried', { percent: Math.round((100 * done) / total) })}
        />
        <FailureNote error={error} />
      </div>
      {gone ? (
        <Button size="lg" onClick={onAgain}>
          {t('plan.again')}
        </Button>
      ) : (
        <Button
          size="lg"
          loading={call.running}
          disabled={plan.waves.length === 0}
          onClick={() => void release()}
        >
          {t('plan.release', { count: plan.waves.length })}
        </Button>
      )}
    </div>
  )
}
