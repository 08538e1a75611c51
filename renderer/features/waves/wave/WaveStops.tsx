import { Button, NumberInput } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Rework } from './rework.ts'
import css from './wave.module.css'
import type { Wave } from './WavePage.tsx'

type Stop = Wave['stops'][number]

const aisleOf = (stop: Stop): string => `${stop.zone} ${stop.aisle}`.trim()

/** The walk, in order: a new aisle begins a new group, as on the paper. While it is reworked, stops can be marked. */
export function WaveStops({
  stops,
  numbers,
  rework,
}: {
  stops: readonly Stop[]
  /** What stands beside each line on paper and on the map. */
  numbers: readonly (number | null)[]
  rework: Rework
}) {
  const { t } = useTranslation()
  return (
    <ol className={css.stops}>
      {stops.map((stop, index) => {
        const here = aisleOf(stop)
        const before = stops[index - 1]
        const fresh = before === undefined || aisleOf(before) !== here
        return (
          <li key={`${stop.location}-${stop.sku}-${index}`}>
            {fresh && here !== '' ? <p className={css.aisle}>{t('waves.aisle', { aisle: here })}</p> : null}
            <StopRow stop={stop} index={index} number={numbers[index] ?? null} rework={rework} />
          </li>
        )
      })}
    </ol>
  )
}

function StopRow({
  stop,
  index,
  number,
  rework,
}: {
  stop: Stop
  index: number
  number: number | null
  rework: Rework
}) {
  const { t } = useTranslation()
  const picked = rework.isPicked(index)
  const marks = rework.active && rework.isOut(index)
  return (
    <div className={css.stop} data-picked={picked} data-rework={rework.active}>
      {marks ? (
        <button
          type="button"
          className={css.toggle}
          aria-pressed={picked}
          aria-label={`${t('replan.upTo')} ${number ?? ''} ${whereOf(stop, t)}`}
          title={t('replan.upTo')}
          onClick={() => rework.pickedTo(index)}
        >
          {picked ? '✔' : (number ?? '·')}
        </button>
      ) : (
        <span className={css.number}>
          {picked ? <span aria-hidden="true">✔</span> : (number ?? '·')}
          {picked ? <span className="pb-visually-hidden">{t('waves.picked')}</span> : null}
        </span>
      )}
      <span className={css.shelf}>{stop.location ?? t('waves.noShelf')}</span>
      <span className={css.what}>
        <span className={css.name}>
          {stop.name} <span className={css.sku}>{stop.sku}</span>
        </span>
        <span className={css.bubbles}>
          {stop.slots.map((slot) => (
            <span key={slot.slot} className={css.bubble}>
              {slot.slot}
              {slot.quantity > 1 ? <sup>×{slot.quantity}</sup> : null}
            </span>
          ))}
        </span>
      </span>
      <strong className={css.quantity}>{stop.quantity}</strong>
      {marks && stop.location !== null ? (
        <Short stop={stop} found={rework.shorts.get(index)} onShort={(found) => rework.short(index, found)} />
      ) : null}
    </div>
  )
}

const whereOf = (stop: Stop, t: TFunction): string => `${stop.location ?? t('waves.noShelf')} ${stop.sku}`

/** What a shelf did not have: how many were found after all. */
function Short({
  stop,
  found,
  onShort,
}: {
  stop: Stop
  found: number | undefined
  onShort: (found: number | null) => void
}) {
  const { t } = useTranslation()
  const where = whereOf(stop, t)
  if (found === undefined) {
    return (
      <Button
        variant="default"
        px={12}
        aria-label={`${t('replan.short')} ${where}`}
        onClick={() => onShort(0)}
      >
        {t('replan.short')}
      </Button>
    )
  }
  const most = Math.max(0, stop.quantity - 1)
  return (
    <span className={css.found}>
      <NumberInput
        className={css.foundCount ?? ''}
        aria-label={`${t('replan.found')} ${where}`}
        leftSection={<span className={css.foundWord}>{t('replan.found')}</span>}
        leftSectionWidth={96}
        hideControls
        min={0}
        max={most}
        value={found}
        onChange={(value) => onShort(Math.min(most, Math.max(0, Math.round(Number(value) || 0))))}
      />
      <Button variant="subtle" onClick={() => onShort(null)}>
        {t('replan.notShort')}
      </Button>
    </span>
  )
}
