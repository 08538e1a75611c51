import {
  IconArrowLeft,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputDevice } from '#shared/contract/devices.ts'
import type { BenchState } from '#shared/contract/packing.ts'
import { isHeld } from '#shared/domain/labels/held.ts'
import { useCall, useConnection } from '#renderer/platform/core.tsx'
import { clock, minutesUntil, useNow } from '#renderer/platform/moment.ts'
import { addressOf } from '#renderer/platform/router.ts'
import { labelReason } from '#renderer/ui/label-reason.ts'
import { span } from '#renderer/ui/span.ts'
import css from './bench-bar.module.css'
import { queueLength } from './bench-view.ts'
import { troubleOf } from './PrinterTrouble.tsx'

interface Props {
  readonly bench: BenchState
  readonly mode: 'pack' | 'handover'
  readonly waiting: number
  readonly panel: boolean
  readonly onPanel: () => void
}

export function BenchBar({ bench, mode, waiting, panel, onPanel }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const { wave, order } = bench
  const shipBy = order?.shipBy ?? wave?.shipBy ?? bench.nextShipBy
  const minutes = shipBy === null ? null : minutesUntil(shipBy, now)
  const courier = order?.courier ?? null

  return (
    <header className={css.bar}>
      <a className={css.back} href={addressOf({ at: 'today' })} aria-label={t('bench.leave')}>
        <IconArrowLeft size={28} stroke={2.2} aria-hidden="true" />
      </a>
      <div className={css.who}>
        <strong className={css.name}>{bench.name}</strong>
        <span className={css.second}>{bench.operator?.name ?? t('bench.nobody')}</span>
      </div>
      <div className={css.job}>
        {mode === 'handover' ? (
          <strong className={css.wave}>{t('bench.handover')}</strong>
        ) : wave === null ? (
          <span className={css.second}>
            {t('bench.waiting', { count: bench.waiting, shown: queueLength(bench.waiting) })}
          </span>
        ) : (
          <>
            <strong className={css.wave}>
              {t('word.wave')} W-{String(wave.number).padStart(4, '0')}
            </strong>
            <span className={css.count}>
              {wave.done}
              <span className={css.of}>/{wave.orders}</span>
            </span>
          </>
        )}
      </div>
      {minutes === null || shipBy === null ? null : (
        <div className={css.deadline} data-late={minutes < 0} data-soon={minutes >= 0 && minutes < 60}>
          <span className={css.second}>
            {courier === null ? '' : `${courier} `}
            {t('bench.shipBy', { time: clock(shipBy) })}
          </span>
          <strong>
            {minutes < 0
              ? t('bench.lateBy', { time: span(-minutes, t) })
              : t('bench.leftTime', { time: span(minutes, t) })}
          </strong>
        </div>
      )}
      {bench.unprinted === 0 ? null : (
        <a className={css.unprinted} href={addressOf({ at: 'orders', only: 'unprinted', find: '' })}>
          <strong>{bench.unprinted}</strong> {t('bench.unprinted', { count: bench.unprinted })}
        </a>
      )}
      <Words bench={bench} waiting={waiting} />
      <button
        type="button"
        className={css.panelButton}
        onClick={onPanel}
        aria-pressed={panel}
        aria-label={t('scanner.toggle')}
      >
        {panel ? (
          <IconLayoutSidebarRightCollapse size={28} stroke={2} aria-hidden="true" />
        ) : (
          <IconLayoutSidebarRightExpand size={28} stroke={2} aria-hidden="true" />
        )}
      </button>
    </header>
  )
}

/** Network, printer, scanner, scale: four small words, amber with a reason when something is wrong with one. */
function Words({ bench, waiting }: { bench: BenchState; waiting: number }) {
  const { t } = useTranslation()
  const connection = useConnection()
  const [open, setOpen] = useState<string | null>(null)
  const stuck = bench.label?.state === 'notSent' || bench.label?.state === 'unknown' ? bench.label : null
  const trouble = troubleOf(bench.printerState)
  const knownAt = bench.order?.knownAt ?? bench.last?.knownAt ?? null
  const inputs = useCall('devices.inputs', {}).data?.inputs ?? []
  const here = inputs.filter((input) => input.bench === bench.name)
  const scales = inputs.filter(({ kind }) => kind === 'scale')
  const gone = here.filter(({ kind, link }) => kind === 'scanner' && link.kind === 'gone')
  const scale = useScaleWord(
    bench,
    // One of no bench weighs where no other does.
    scales.find((input) => input.bench === bench.name) ?? scales.find((input) => input.bench === null),
  )
  const words = [
    {
      id: 'network',
      word: t('device.network'),
      wrong: connection === 'down',
      detail:
        connection === 'down'
          ? t('device.coreDown')
          : knownAt === null
            ? t('device.networkOk')
            : t('device.knownAt', { time: clock(knownAt) }),
    },
    {
      id: 'printer',
      word: t('device.printer'),
      wrong: bench.printer === null || stuck !== null || trouble !== null,
      detail:
        bench.printer === null
          ? t('device.printerNone')
          : trouble !== null
            ? trouble.map((kind) => t(`bench.trouble.${kind}.what`)).join(', ')
            : stuck !== null
              ? stuck.state === 'notSent' && isHeld(stuck.reason)
                ? t('device.printerHeld', { reason: labelReason(stuck.reason, t) })
                : t('device.printerStuck', { name: bench.printer })
              : t(`device.printerState.${bench.printerState?.kind ?? 'unasked'}`, { name: bench.printer }),
    },
    {
      id: 'scanner',
      word: t('device.scanner'),
      wrong: gone.length > 0 || waiting > 1 || (waiting > 0 && connection === 'down'),
      detail:
        waiting > 0
          ? t('device.scannerWaiting', { count: waiting })
          : gone.length > 0
            ? t('device.scannerGone', { names: gone.map(({ name }) => name).join(', ') })
            : t('device.scannerOk'),
    },
    { id: 'scale', word: t('device.scale'), ...scale },
  ]
  return (
    <div className={css.words}>
      {words.map(({ id, word, wrong, detail, absent }) => (
        <button
          key={id}
          type="button"
          className={css.word}
          data-wrong={wrong}
          data-absent={absent}
          aria-expanded={open === id}
          onClick={() => setOpen(open === id ? null : id)}
        >
          <span className={css.dot} aria-hidden="true">
            {wrong ? '▲' : absent === true ? '○' : '●'}
          </span>
          {word}
          {open === id || wrong ? <span className={css.detail}>{detail}</span> : null}
        </button>
      ))}
    </div>
  )
}

interface ScaleWord {
  readonly wrong: boolean
  readonly detail: string
  readonly absent?: boolean
}

function useScaleWord(bench: BenchState, scale: InputDevice | undefined): ScaleWord {
  const { t } = useTranslation()
  const weight = useCall('packing.weight', { bench: bench.name }, { enabled: scale !== undefined })
  if (scale === undefined) {
    const wanted = bench.weigh === 'check'
    return { wrong: wanted, detail: t(wanted ? 'device.scaleWanted' : 'device.scaleNone'), absent: true }
  }
  const { name } = scale
  const says = scale.link.kind === 'gone' ? 'gone' : weight.data?.kind
  switch (says) {
    case undefined:
    case 'moving':
      return { wrong: false, detail: t('device.scaleMoving', { name }) }
    case 'stable':
      return { wrong: false, detail: t('device.scaleShows', { name, grams: weight.data?.grams ?? 0 }) }
    default:
      return { wrong: true, detail: t(`device.scaleCannot.${says}`, { name }) }
  }
}
