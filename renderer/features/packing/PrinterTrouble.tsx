import {
  IconAlertTriangle,
  IconCpuOff,
  IconFileOff,
  IconFlame,
  IconHandGrab,
  IconLockOpen,
  IconMoonStars,
  IconPlayerPause,
  IconPlugConnectedX,
  IconPrinterOff,
  IconRulerOff,
  IconScissors,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PrinterState } from '#shared/contract/devices.ts'
import type { BenchState } from '#shared/contract/packing.ts'
import { commandCode } from '#shared/domain/packing/codes.ts'
import { clock } from '#renderer/platform/moment.ts'
import { useScans } from '#renderer/platform/scans.tsx'
import { Barcode } from '#renderer/ui/Barcode.tsx'
import css from './printer-trouble.module.css'

const pictures = {
  paperOut: IconFileOff,
  headOpen: IconLockOpen,
  ribbonOut: IconRulerOff,
  paused: IconPlayerPause,
  headHot: IconFlame,
  jam: IconAlertTriangle,
  cutter: IconScissors,
  takeLabel: IconHandGrab,
  memory: IconCpuOff,
  other: IconPrinterOff,
  absent: IconPlugConnectedX,
  silent: IconMoonStars,
} as const

export type TroubleKind = keyof typeof pictures

/**
 * What keeps the bench's printer from printing, or null. Silence counts only of a printer that has answered before:
 * many never answer and print all day.
 */
export function troubleOf(state: PrinterState | null): readonly TroubleKind[] | null {
  switch (state?.kind) {
    case 'trouble':
      return state.troubles.length === 0 ? ['other'] : state.troubles
    case 'absent':
      return ['absent']
    case 'silent':
      return state.answers ? ['silent'] : null
    default:
      return null
  }
}

/** In words and picture, with what to do; gone by itself when the printer is well again. */
export function PrinterTrouble({ bench }: { bench: BenchState }) {
  const { t } = useTranslation()
  const state = bench.printerState
  const troubles = troubleOf(state)
  if (troubles === null || state === null) return null
  return (
    <section className={css.strip} role="status" aria-label={t('bench.trouble.title')}>
      {troubles.map((kind) => {
        const Picture = pictures[kind]
        return (
          <div key={kind} className={css.trouble}>
            <Picture className={css.picture} size={64} stroke={2} aria-hidden="true" />
            <div>
              <p className={css.what}>
                {bench.printer}: {t(`bench.trouble.${kind}.what`)}
                <span className={css.since}> {t('bench.trouble.since', { time: clock(state.since) })}</span>
              </p>
              <p className={css.help}>{t(`bench.trouble.${kind}.help`)}</p>
            </div>
          </div>
        )
      })}
    </section>
  )
}

/** Labels that may or may not have come out: never printed again by themselves, the packer says what is true. */
export function LabelsInDoubt({ bench }: { bench: BenchState }) {
  const { t } = useTranslation()
  const { inject } = useScans()
  // The scene asks about the label that it waits for.
  const waiting = bench.pending?.kind === 'label' ? bench.pending.waybill : null
  const doubts = bench.doubts.filter(({ waybill }) => waybill !== waiting)
  const [first] = doubts
  if (first === undefined) return null
  return (
    <section className={css.strip} aria-label={t('bench.doubt.title', { count: doubts.length })}>
      <div className={css.trouble}>
        <IconAlertTriangle className={css.picture} size={64} stroke={2} aria-hidden="true" />
        <div>
          <p className={css.what}>
            {t('bench.doubt.title', { count: doubts.length })}{' '}
            {doubts
              .slice(0, 4)
              .map(({ waybill, slot }) =>
                slot === null ? `…${waybill.slice(-4)}` : `…${waybill.slice(-4)} (${t('word.slot')} ${slot})`,
              )
              .join(' · ')}
          </p>
          <p className={css.help}>{t('bench.doubt.help', { waybill: first.waybill })}</p>
        </div>
        <button type="button" className={css.missing} onClick={() => inject(commandCode('MISSING'))}>
          <Barcode code={commandCode('MISSING')} />
          <span>{t('command.MISSING')}</span>
        </button>
      </div>
    </section>
  )
}
