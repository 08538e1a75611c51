import { IconCalendarQuestion, IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BenchWeight, ScanAnswer } from '#shared/contract/packing.ts'
import { type Command, commandCode, releaseReasons } from '#shared/domain/packing/codes.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { useScans } from '#renderer/platform/scans.tsx'
import { Barcode } from '#renderer/ui/Barcode.tsx'
import type { ToWeigh } from './bench-view.ts'
import bench from './bench.module.css'
import { useReasonText } from './reason.ts'
import { WordChoices } from './WordChoices.tsx'
import css from './weight.module.css'

type Expected = ToWeigh['expected']

/** What the scale says of the box, and what it should say by now. */
export function LiveWeight({ bench: name, expected }: { bench: string; expected: Expected }) {
  const { t } = useTranslation()
  const weight = useCall('packing.weight', { bench: name }, { keep: true })
  return (
    <>
      <span className={css.live}>{useNetText()(weight.data)}</span>{' '}
      {expected === null ? t('bench.notKnown') : t('bench.shouldWeigh', expected)}
    </>
  )
}

function useNetText(): (weight: BenchWeight | undefined) => string {
  const { t } = useTranslation()
  return (weight) => {
    const grams = weight?.netGrams ?? weight?.grams ?? null
    if (weight === undefined || weight.kind === 'moving') return t('bench.scaleMoves')
    return grams === null ? t('bench.scaleSilent') : t('bench.scaleSays', { grams })
  }
}

/** The scan counted all the same: what the scale, or the code itself, says against it stands above the scene until the next scan. */
export function WeightWarning({ warning }: { warning: ScanAnswer['warning'] }) {
  const reasonText = useReasonText()
  if (warning === null) return null
  const Picture = warning.code === 'unreadExpiry' ? IconCalendarQuestion : IconScale
  return (
    <section className={css.warning} role="status">
      <Picture size={56} stroke={2} aria-hidden="true" />
      <p>{reasonText(warning)}</p>
    </section>
  )
}

function Act({ command }: { command: Command }) {
  const { t } = useTranslation()
  const { inject } = useScans()
  return (
    <button type="button" className={bench.acknowledge} onClick={() => inject(commandCode(command))}>
      <Barcode code={commandCode(command)} />
      <span className={bench.acknowledgeText}>{t(`command.${command}`)}</span>
    </button>
  )
}

/** All units are in: the box is weighed before its label comes. */
export function WeightScene({ bench: name, expected, got }: ToWeigh & { bench: string }) {
  const { t } = useTranslation()
  const weight = useCall('packing.weight', { bench: name }, { keep: true })
  const net = useNetText()
  const off = got === null || expected === null ? null : got > expected.grams ? 'heavy' : 'light'
  const away = got === null || expected === null ? 0 : Math.abs(got - expected.grams)
  return (
    <div className={css.scene} data-off={off !== null}>
      <div className={css.head}>
        <IconScale size={120} stroke={2} aria-hidden="true" />
        <div className={css.words}>
          <h1 className={css.title}>{off === null ? t('bench.weighTitle') : t(`bench.offTitle.${off}`)}</h1>
          <p className={css.help}>
            {off !== null
              ? t('bench.offHelp')
              : expected === null
                ? t('bench.weighLearn')
                : t('bench.weighWait')}
          </p>
        </div>
      </div>
      <div className={css.figures}>
        <p className={css.got}>
          {got === null ? net(weight.data) : t('bench.scaleSays', { grams: got })}
          {off === null ? null : (
            <strong className={css.away}>{t(`bench.offBy.${off}`, { grams: away })}</strong>
          )}
        </p>
        <p className={css.expected}>
          {expected === null ? t('bench.notKnown') : t('bench.shouldWeigh', expected)}
        </p>
        {off === null || weight.data === undefined || weight.data.netGrams === got ? null : (
          <p className={css.now}>
            {t('bench.scaleNow')} {net(weight.data)}
          </p>
        )}
      </div>
      <div className={css.acts}>
        <Act command="WEIGH" />
        <Act command="UNDO" />
        <Act command="NEXT" />
        <p className={css.out}>{t('bench.weighOut')}</p>
      </div>
    </div>
  )
}

/** A supervisor lets it go: one scan says why. */
export function ReleaseScene({ expected, got }: ToWeigh) {
  const { t } = useTranslation()
  return (
    <div className={bench.choice}>
      <div>
        <h1 className={bench.choiceTitle}>{t('bench.releaseWhy')}</h1>
        <p className={css.expected}>
          {got === null ? '' : `${t('bench.scaleSays', { grams: got })} · `}
          {expected === null ? t('bench.notKnown') : t('bench.shouldWeigh', expected)}
        </p>
      </div>
      <WordChoices words={releaseReasons.map((reason) => t(`bench.releaseReason.${reason}`))} />
    </div>
  )
}
