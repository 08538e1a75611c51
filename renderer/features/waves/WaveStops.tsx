import { Button, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Rework } from './rework.ts'
import css from './wave.module.css'
import type { Wave } from './WavePage.tsx'

type Stop = Wave['stops'][number]

const aisleOf = (stop: Stop): string => `${stop.zone} ${stop.aisle}`.trim()

/** The walk, in order: a new aisle begins a new group, as on the paper. While it is reworked, stops can be marked. */
export function WaveStops({ stops, rework }: { stops: readonly Stop[]; rework: Rework }) {
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
            <StopRow stop={stop} index={index} rework={rework} />
          </li>
        )
      })}
    </ol>
  )
}

function StopRow({ stop, index, rework }: { stop: Stop; index: number; rework: Rework }) {
  const { t } = useTranslation()
  const picked = rework.isPicked(index + 1)
  return (
    <div className={css.stop} data-picked={picked}>
      <span className={css.number}>
        {picked ? <span aria-hidden="true">✔</span> : index + 1}
        {picked ? <span className="pb-visually-hidden">{t('waves.picked')}</span> : null}
      </span>
      <span className={css.shelf}>{stop.location ?? t('waves.noShelf')}</span>
      <span className={css.name}>
        {stop.name}
        <span className={css.faint}> {stop.sku}</span>
      </span>
      <span className={css.bubbles}>
        {stop.slots.map((slot) => (
          <span key={slot.slot} className={css.bubble}>
            {slot.slot}
            {slot.quantity > 1 ? <sup>×{slot.quantity}</sup> : null}
          </span>
        ))}
      </span>
      <strong className={css.quantity}>{stop.quantity}</strong>
      {rework.active ? <Marks stop={stop} index={index} rework={rework} /> : null}
    </div>
  )
}

/** How far the pick is, and what a shelf did not have. */
function Marks({ stop, index, rework }: { stop: Stop; index: number; rework: Rework }) {
  const { t } = useTranslation()
  const found = rework.shorts.get(index)
  const where = `${stop.location ?? t('waves.noShelf')} ${stop.sku}`
  return (
    <span className={css.marks}>
      <Button
        variant={rework.upTo === index + 1 ? 'filled' : 'default'}
        aria-pressed={index < rework.upTo}
        aria-label={`${t('replan.upTo')} ${where}`}
        onClick={() => rework.pickedTo(index + 1)}
      >
        {t('replan.upTo')}
      </Button>
      {stop.location === null ? null : found === undefined ? (
        <Button
          variant="default"
          aria-label={`${t('replan.short')} ${where}`}
          onClick={() => rework.short(index, 0)}
        >
          {t('replan.short')}
        </Button>
      ) : (
        <>
          <NumberInput
            className={css.found ?? ''}
            aria-label={`${t('replan.found')} ${where}`}
            prefix={`${t('replan.found')} `}
            hideControls
            min={0}
            max={Math.max(0, stop.quantity - 1)}
            value={found}
            onChange={(value) =>
              rework.short(index, Math.min(stop.quantity - 1, Math.max(0, Math.round(Number(value) || 0))))
            }
          />
          <Button variant="subtle" onClick={() => rework.short(index, null)}>
            {t('replan.notShort')}
          </Button>
        </>
      )}
    </span>
  )
}
