import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { WaveRow } from '#shared/contract/waves.ts'
import { minutesUntil, useSlowNow } from '#renderer/platform/moment.ts'
import { addressOf } from '#renderer/platform/router.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { DueTime, toneOf } from '#renderer/features/waves/DueTime.tsx'
import { RouteThumb } from './RouteThumb.tsx'
import css from './wave-card.module.css'
import { metres, themeWords, waveName, workWords } from '#renderer/features/waves/words.ts'

/** What a supervisor wants to know of a wave without opening it: when it leaves, how far it is, who has it. */
export function WaveCard({ wave }: { wave: WaveRow }) {
  const { t } = useTranslation()
  const now = useSlowNow()
  const done = wave.state === 'done'
  const due = wave.dueAt ?? wave.shipBy
  const tone = done || due === null ? 'far' : toneOf(minutesUntil(due, now))
  return (
    <a className={css.card} href={addressOf({ at: 'wave', id: wave.id })} data-tone={tone}>
      <span className={css.head}>
        <strong className={css.name}>{waveName(wave.number)}</strong>
        <span className={css.kind}>
          {[
            t(`waves.kind.${wave.kind}`),
            themeWords(wave.theme, t),
            wave.revision > 1 ? t('waves.revision', { revision: wave.revision }) : '',
          ]
            .filter((word) => word !== '')
            .join(' · ')}
        </span>
      </span>
      {due === null ? null : <DueTime at={due} over={done} />}
      <span className={css.middle}>
        <span className={css.words}>
          <span data-none={wave.picker === ''} className={css.picker}>
            {wave.picker === '' ? t('waves.noPicker') : t('waves.picker', { name: wave.picker })}
          </span>
          <span className={css.faint}>{effort(wave, t)}</span>
          <span className={css.faint}>{t('waves.lines', { lines: wave.lines, units: wave.units })}</span>
        </span>
        {done ? null : <RouteThumb wave={wave.id} />}
      </span>
      <Meter part={wave.picked} whole={wave.units}>
        {t('waves.pickedOf', { picked: wave.picked, units: wave.units })}
      </Meter>
      <Meter part={wave.packed} whole={wave.orders}>
        {t('waves.packedShort', { packed: wave.packed, orders: wave.orders })}
      </Meter>
      <span className={css.foot}>
        <span>{wave.couriers.map((one) => `${one.name} ${one.orders}`).join(' · ')}</span>
      </span>
      {wave.stopped === 0 ? null : (
        <span>
          <Chip tone="wrong">{t('waves.stopped', { count: wave.stopped })}</Chip>
        </span>
      )}
    </a>
  )
}

function effort(wave: WaveRow, t: TFunction): string {
  const time = wave.seconds === null ? null : workWords(wave.seconds, t)
  if (wave.distanceMm === null) return time === null ? '' : t('waves.effortUnknown', { time })
  return time === null
    ? t('waves.metres', { metres: metres(wave.distanceMm) })
    : t('waves.effort', { metres: metres(wave.distanceMm), time })
}

/** A bar with its own words under it, so that nobody has to guess what it measures. */
function Meter({ part, whole, children }: { part: number; whole: number; children: string }) {
  return (
    <span className={css.meter}>
      <span className={css.bar} aria-hidden="true">
        <span
          className={css.fill}
          style={{ transform: `scaleX(${whole === 0 ? 0 : Math.min(1, part / whole)})` }}
        />
      </span>
      <span className={css.meterWords}>{children}</span>
    </span>
  )
}
