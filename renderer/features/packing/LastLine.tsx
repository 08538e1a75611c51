import { useTranslation } from 'react-i18next'
import type { BenchState } from '#shared/contract/packing.ts'
import { clockSeconds } from '#renderer/platform/moment.ts'
import type { Heard } from './bench-view.ts'
import css from './bench.module.css'
import { useReasonText } from './reason.ts'
import { RefusedIcon, verdictLooks } from './verdict-look.ts'

interface Props {
  readonly bench: BenchState
  readonly heard: Heard
  readonly mode: 'pack' | 'handover'
}

/** What just happened, in one line at the foot: left the last scan, right the label. */
export function LastLine({ bench, heard, mode }: Props) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  // What was heard in the other mode is another story.
  const before = bench.last?.mode === mode ? bench.last : null
  const failure = heard.last !== null && 'failure' in heard.last ? heard.last : null
  const answer = heard.last !== null && 'answer' in heard.last ? heard.last.answer : before
  // The answer names the label as it was then; the bench knows how far it has come since.
  const named = answer?.label ?? bench.label
  const label = [bench.label, bench.last?.label].find((one) => one?.id === named?.id) ?? named

  return (
    <footer className={css.last}>
      {failure !== null ? (
        <span className={css.lastScan}>
          <RefusedIcon size={24} aria-hidden="true" />
          {failure.code}
        </span>
      ) : answer === null ? (
        <span className={css.lastScan}>{t('bench.ready')}</span>
      ) : (
        <LastScan answer={answer} words={reasonText(answer.reason)} />
      )}
      {label === null ? (
        <span className={css.lastLabel}>{t('bench.shift', { count: bench.packedToday })}</span>
      ) : (
        <span className={css.lastLabel} data-trouble={label.state === 'notSent' || label.state === 'unknown'}>
          {t('word.label')} <strong>…{label.waybill.slice(-4)}</strong> · {t(`label.${label.state}`)}
        </span>
      )}
    </footer>
  )
}

function LastScan({ answer, words }: { answer: NonNullable<BenchState['last']>; words: string }) {
  const { t } = useTranslation()
  const { Icon, tone: usual } = verdictLooks[answer.verdict]
  const tone = answer.warning === null ? usual : 'hold'
  const what = answer.scanned?.title ?? (words === '' ? (answer.order?.number ?? answer.code) : words)
  // What a command came to may be anything but good.
  const isTold = answer.verdict === 'command' && what === words
  return (
    <span className={css.lastScan} data-tone={tone}>
      <Icon size={24} stroke={2.4} aria-hidden="true" />
      {isTold ? null : <strong>{t(`bench.verdict.${answer.verdict}`)}</strong>}
      <span className={css.lastWhat}>{what}</span>
      <span className={css.lastTime}>{clockSeconds(answer.at)}</span>
    </span>
  )
}
