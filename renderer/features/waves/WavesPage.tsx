import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaveRow } from '#shared/contract/waves.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { minutesUntil, useNow, when } from '#renderer/platform/moment.ts'
import { addressOf } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page } from '#renderer/ui/Page.tsx'
import { PlanDialog } from './PlanDialog.tsx'
import css from './waves.module.css'

const columns = ['open', 'picking', 'packing', 'done'] as const

export const waveName = (number: number): string => `W-${String(number).padStart(4, '0')}`

export function WavesPage() {
  const { t } = useTranslation()
  const list = useCall('waves.list', {})
  const open = useCall('waves.open', {})
  const [planning, setPlanning] = useState(false)
  const waves = list.data?.waves ?? []
  const waiting = open.data?.waiting ?? 0
  return (
    <Page
      fill
      title={t('nav.waves')}
      lead={t('waves.sum', {
        waves: t('count.waves', { count: waves.length }),
        orders: t('count.orders', { count: waiting }),
      })}
      actions={<Button onClick={() => setPlanning(true)}>{t('waves.plan')}</Button>}
    >
      <FailureNote error={list.error} />
      {list.data !== undefined && waves.length === 0 ? (
        <Empty title={t('waves.none')}>
          <p>{t('waves.noneHelp', { count: waiting })}</p>
          <Button onClick={() => setPlanning(true)}>{t('waves.plan')}</Button>
        </Empty>
      ) : (
        <div className={css.board}>
          {columns.map((state) => {
            const mine = waves.filter((wave) => wave.state === state)
            return (
              <section key={state} className={css.column} aria-label={t(`waves.state.${state}`)}>
                <h2 className={css.columnTitle}>
                  {t(`waves.state.${state}`)} <span className={css.columnCount}>{mine.length}</span>
                </h2>
                <ul className={css.cards}>
                  {mine.map((wave) => (
                    <li key={wave.id}>
                      <WaveCard wave={wave} />
                    </li>
                  ))}
                </ul>
              </section>
            )
          })}
        </div>
      )}
      <PlanDialog opened={planning} onClose={() => setPlanning(false)} />
    </Page>
  )
}

function WaveCard({ wave }: { wave: WaveRow }) {
  const { t } = useTranslation()
  const now = useNow()
  const minutes = wave.shipBy === null ? null : minutesUntil(wave.shipBy, now)
  const done = wave.state === 'done'
  const tone = done || minutes === null ? 'far' : minutes < 0 ? 'late' : minutes < 120 ? 'soon' : 'far'
  return (
    <a className={css.card} href={addressOf({ at: 'wave', id: wave.id })} data-tone={tone}>
      <span className={css.cardHead}>
        <strong className={css.cardName}>{waveName(wave.number)}</strong>
        <span className={css.kind}>{t(`waves.kind.${wave.kind}`)}</span>
      </span>
      <span className={css.meter} aria-hidden="true">
        <span
          className={css.meterFill}
          style={{ transform: `scaleX(${wave.orders === 0 ? 0 : wave.packed / wave.orders})` }}
        />
      </span>
      <span className={css.numbers}>
        <span>
          <strong>{wave.packed}</strong>/{wave.orders} {t('waves.ordersWord')}
        </span>
        <span>{t('waves.lines', { lines: wave.lines, units: wave.units })}</span>
        {wave.distanceMm === null ? null : (
          <span>{t('waves.metres', { metres: Math.round(wave.distanceMm / 1000) })}</span>
        )}
      </span>
      <span className={css.cardFoot}>
        <span>{wave.couriers.map((one) => `${one.name} ${one.orders}`).join(' · ')}</span>
        {wave.shipBy === null ? null : (
          <span className={css.cardTime}>{t('waves.by', { time: when(wave.shipBy, now) })}</span>
        )}
      </span>
      {wave.stopped === 0 ? null : (
        <span className={css.stopped}>{t('waves.stopped', { count: wave.stopped })}</span>
      )}
    </a>
  )
}
