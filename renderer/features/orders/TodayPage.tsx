import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { clock, minutesUntil, minutesUntilClock, useNow } from '#renderer/platform/moment.ts'
import { addressOf } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Page, Section } from '#renderer/ui/Page.tsx'
import css from './today.module.css'

type Today = Output<'orders.today'>

export function TodayPage() {
  const { t } = useTranslation()
  const today = useCall('orders.today', {}, { everyMs: 60_000 })
  return (
    <Page
      title={t('nav.today')}
      lead={today.data === undefined ? ' ' : t('today.sum', { count: today.data.total })}
      actions={
        <Button component="a" variant="default" href={addressOf({ at: 'plan' })}>
          {t('today.plan')}
        </Button>
      }
    >
      <FailureNote error={today.error} />
      {today.data === undefined ? null : (
        <>
          <River today={today.data} />
          <Deadlines couriers={today.data.couriers} />
          <Benches benches={today.data.benches} />
        </>
      )}
    </Page>
  )
}

/** From waiting to handed over: a band whose parts are as wide as their share, and sum to the day. */
function River({ today }: { today: Today }) {
  const { t } = useTranslation()
  const parts = [
    { id: 'waiting', count: today.waiting, only: 'unplanned' },
    { id: 'inWave', count: today.inWave, only: 'open' },
    { id: 'packing', count: today.packing, only: 'open' },
    { id: 'packed', count: today.packed, only: 'packed' },
    { id: 'handedOver', count: today.handedOver, only: 'handedOver' },
  ] as const
  return (
    <div className={css.riverBox}>
      <ol className={css.river}>
        {parts.map(({ id, count, only }) => (
          <li
            key={id}
            className={css.part}
            data-part={id}
            style={{ flexGrow: Math.max(count, today.total * 0.04, 1) }}
          >
            <a className={css.partLink} href={addressOf({ at: 'orders', only, find: '' })}>
              <span className={css.partCount}>{count}</span>
              <span className={css.partWord}>{t(`today.${id}`)}</span>
            </a>
          </li>
        ))}
      </ol>
      <p className={css.beside}>
        <a
          className={css.alert}
          data-tone="wrong"
          data-none={today.stopped === 0}
          href={addressOf({ at: 'orders', only: 'stopped', find: '' })}
        >
          <strong>{today.stopped}</strong> {t('today.stopped')}
        </a>
        <a
          className={css.alert}
          data-tone="hold"
          data-none={today.late === 0}
          href={addressOf({ at: 'orders', only: 'late', find: '' })}
        >
          <strong>{today.late}</strong> {t('today.late')}
        </a>
        <a
          className={css.alert}
          data-tone="wrong"
          data-none={today.unprinted === 0}
          href={addressOf({ at: 'orders', only: 'unprinted', find: '' })}
        >
          <strong>{today.unprinted}</strong> {t('today.unprinted', { count: today.unprinted })}
        </a>
      </p>
    </div>
  )
}

function Deadlines({ couriers }: { couriers: Today['couriers'] }) {
  const { t } = useTranslation()
  const now = useNow()
  if (couriers.length === 0) return null
  return (
    <Section
      title={t('today.deadlines')}
      aside={<span className={css.faint}>{t('today.deadlinesHelp')}</span>}
    >
      <ul className={css.deadlines}>
        {couriers.map((one) => {
          const minutes =
            one.cutoff !== null
              ? minutesUntilClock(one.cutoff, now)
              : one.shipBy === null
                ? null
                : minutesUntil(one.shipBy, now)
          const time = one.cutoff ?? (one.shipBy === null ? null : clock(one.shipBy))
          const tone =
            one.left === 0
              ? 'done'
              : minutes === null
                ? 'far'
                : minutes < 0
                  ? 'late'
                  : minutes < 60
                    ? 'soon'
                    : 'far'
          return (
            <li key={one.courier ?? ''} className={css.deadline} data-tone={tone}>
              <p className={css.courier}>{one.courier ?? t('today.noCourier')}</p>
              <p className={css.left}>
                <strong>{one.left}</strong> <span>{t('today.left')}</span>
              </p>
              <p className={css.clock}>
                {time === null ? '—' : t('today.until', { time })}
                {minutes === null || one.left === 0 ? null : (
                  <strong>
                    {minutes < 0
                      ? t('today.passed')
                      : minutes === 0
                        ? ''
                        : t('today.pace', {
                            pace: Math.max(1, Math.ceil(one.left / Math.max(minutes / 60, 0.1))),
                          })}
                  </strong>
                )}
              </p>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function Benches({ benches }: { benches: Today['benches'] }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <Section title={t('today.benches')}>
      {benches.length === 0 ? (
        <p className={css.faint}>{t('today.noBench')}</p>
      ) : (
        <ul className={css.benches}>
          {benches.map((bench) => {
            const silent = bench.lastAt === null ? null : Math.max(0, -minutesUntil(bench.lastAt, now))
            return (
              <li key={bench.name} className={css.bench} data-silent={silent === null || silent > 15}>
                <p className={css.benchName}>
                  <strong>{bench.name}</strong>
                  <span className={css.faint}>{bench.operator ?? t('bench.nobody')}</span>
                </p>
                <p className={css.benchCount}>
                  {bench.packed}
                  <span className={css.faint}> {t('today.packedHere')}</span>
                </p>
                <p className={css.faint}>
                  {bench.lastAt === null
                    ? t('today.noScan')
                    : t('today.lastScan', { time: clock(bench.lastAt) })}
                  {bench.errors === 0 ? '' : ` · ${t('today.errors', { count: bench.errors })}`}
                </p>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
