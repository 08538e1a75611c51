import { IconBarcode, IconFileText, IconGridDots, IconPackage, IconTruckDelivery } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BenchState, ScanAnswer } from '#shared/contract/packing.ts'
import { clock, minutesUntil, useNow } from '#renderer/platform/moment.ts'
import css from './idle.module.css'
import { queueLength } from './bench-view.ts'
import { verdictLooks } from './verdict-look.ts'
import { useReasonText } from './reason.ts'

interface Props {
  readonly bench: BenchState
  readonly mode: 'pack' | 'handover'
  readonly answer: ScanAnswer | null
}

/** Nothing on the bench: what can be scanned, drawn; what just went well; what the shift has done. */
export function Idle({ bench, mode, answer }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const reasonText = useReasonText()
  const { wave } = bench
  const minutes = bench.nextShipBy === null ? null : minutesUntil(bench.nextShipBy, now)
  const things =
    mode === 'handover'
      ? [{ Icon: IconTruckDelivery, word: t('bench.thing.label') }]
      : wave === null
        ? [
            { Icon: IconFileText, word: t('bench.thing.wave') },
            { Icon: IconGridDots, word: t('bench.thing.slot') },
            { Icon: IconBarcode, word: t('bench.thing.order') },
            { Icon: IconPackage, word: t('bench.thing.item') },
          ]
        : wave.kind === 'single'
          ? [{ Icon: IconPackage, word: t('bench.thing.item') }]
          : [
              { Icon: IconGridDots, word: t('bench.thing.slot') },
              { Icon: IconPackage, word: t('bench.thing.item') },
            ]
  const title =
    mode === 'handover'
      ? t('bench.scanLabelToHandOver')
      : wave === null
        ? t('bench.scanAnything')
        : wave.kind === 'single'
          ? t('bench.scanItemOfWave')
          : t('bench.scanSlot')
  const good = answer !== null && verdictLooks[answer.verdict].tone !== 'wrong'
  const look = answer === null ? null : verdictLooks[answer.verdict]

  return (
    <div className={css.idle}>
      {answer === null || look === null || !good ? null : (
        <p className={css.just} data-tone={look.tone}>
          <look.Icon size={40} stroke={2.4} aria-hidden="true" />
          <strong>{t(`bench.verdict.${answer.verdict}`)}</strong>
          <span className={css.justWhat}>
            {reasonText(answer.reason)}
            {answer.reason === null && answer.order !== null ? answer.order.number : ''}
          </span>
        </p>
      )}
      <h1 className={css.title}>{title}</h1>
      <ul className={css.things}>
        {things.map(({ Icon, word }) => (
          <li key={word} className={css.thing}>
            <Icon size={72} stroke={1.4} aria-hidden="true" />
            <span>{word}</span>
          </li>
        ))}
      </ul>
      <dl className={css.numbers}>
        <div>
          <dt>{t('bench.shiftWord')}</dt>
          <dd>{bench.packedToday}</dd>
        </div>
        {wave === null ? (
          <div>
            <dt>{t('bench.waitingWord')}</dt>
            <dd>{queueLength(bench.waiting)}</dd>
          </div>
        ) : (
          <div>
            <dt>{t('bench.waveWord')}</dt>
            <dd>
              {wave.done}
              <span className={css.of}>/{wave.orders}</span>
            </dd>
          </div>
        )}
        {minutes === null || bench.nextShipBy === null ? null : (
          <div data-late={minutes < 0} data-soon={minutes >= 0 && minutes < 60}>
            <dt>{t('bench.nextShipBy')}</dt>
            <dd>{clock(bench.nextShipBy)}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}
