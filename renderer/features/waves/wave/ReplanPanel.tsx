import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import css from './replan.module.css'
import type { ReplanOutcome } from './Replanned.tsx'
import type { Rework } from './rework.ts'
import type { Wave } from './WavePage.tsx'

interface Props {
  readonly wave: Wave
  readonly rework: Rework
  readonly onDone: (outcome: ReplanOutcome) => void
}

/** Begins the marking in the list of stops, says what is marked, and plans the rest anew. */
export function ReplanPanel({ wave, rework, onDone }: Props) {
  const { t } = useTranslation()
  const replan = useCommand('waves.replan')
  const shorts = [...rework.shorts].flatMap(([index, found]) => {
    const stop = wave.stops[index]
    return stop === undefined || stop.location === null
      ? []
      : [{ location: stop.location, sku: stop.sku, found }]
  })
  // By name: while somebody marks, another list may come out.
  const lines = wave.stops.flatMap(({ location, sku, listed }, index) =>
    listed && rework.isPicked(index) ? [{ location, sku }] : [],
  )
  if (!rework.active) {
    return (
      <div className={css.panel}>
        <div className={css.words}>
          <h2 className={css.title}>{t('replan.title')}</h2>
          <p className={css.faint}>{t('replan.lead')}</p>
        </div>
        <Button variant="default" onClick={rework.begin}>
          {t('replan.begin')}
        </Button>
      </div>
    )
  }
  return (
    <div className={css.panel} data-active="true">
      <div className={css.words}>
        <h2 className={css.title}>{t('replan.title')}</h2>
        <p>
          {rework.upTo === 0 ? t('replan.upToNone') : t('replan.upToCount', { count: rework.upTo })}
          {shorts.length === 0 ? '' : ` · ${t('replan.shorts', { count: shorts.length })}`}
        </p>
        <FailureNote error={replan.error} />
      </div>
      <Button variant="default" onClick={rework.leave}>
        {t('replan.leave')}
      </Button>
      <Button
        loading={replan.isPending}
        onClick={() => replan.mutate({ id: wave.id, lines, shorts }, { onSuccess: onDone })}
      >
        {t('replan.act')}
      </Button>
    </div>
  )
}
