import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/domain/waves/floor/check.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import css from './floor-findings.module.css'

interface Props {
  readonly findings: readonly Finding[]
  readonly waiting: boolean
  /** The code of the finding whose shelves are pointed out. */
  readonly shown: string | null
  readonly onShow: (code: string | null) => void
}

/** What is wrong with the plan and with the shelves on it, in words that say what to do. */
export function FloorFindings({ findings, waiting, shown, onShow }: Props) {
  const { t, i18n } = useTranslation()
  const words = (code: string) => {
    const key = `floor.finding.${code}`
    return i18n.exists(key) ? String(i18n.t(key as never)) : code
  }
  return (
    <section className={css.box} aria-label={t('floor.findings')}>
      <h3 className={css.title}>{t('floor.findings')}</h3>
      <div role="status">
        {waiting ? (
          <p className={css.faint}>{t('floor.checking')}</p>
        ) : findings.length === 0 ? (
          <Chip tone="ok">{t('floor.findingsOk')}</Chip>
        ) : null}
      </div>
      <ul className={css.list}>
        {findings.map((finding) => {
          const named = finding.about.filter((one) => !isInternal(one)).slice(0, mostNamed)
          const onPlan = finding.code.startsWith('shel')
          return (
            <li key={finding.code} className={css.finding}>
              <Chip tone={finding.severity === 'error' ? 'wrong' : 'hold'}>
                {t(`floor.${finding.severity}`)}
              </Chip>
              <p className={css.words}>
                {words(finding.code)} {named.length === 0 ? null : <strong>{named.join(' · ')}</strong>}
                {finding.count > named.length && named.length > 0 ? (
                  <span className={css.faint}> {t('floor.andMore', { count: finding.count })}</span>
                ) : null}
              </p>
              {onPlan ? (
                <Button
                  className={css.act ?? ''}
                  variant="default"
                  aria-pressed={shown === finding.code}
                  aria-label={`${shown === finding.code ? t('floor.hide') : t('floor.show')}: ${words(finding.code)}`}
                  onClick={() => onShow(shown === finding.code ? null : finding.code)}
                >
                  {shown === finding.code ? t('floor.hide') : t('floor.show')}
                </Button>
              ) : null}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Names that are read before somebody gives up. */
const mostNamed = 6

/** Faults of the plan as a whole name indices, and `-` stands for nothing: neither says anything to a person. */
const isInternal = (about: string): boolean => about === '-' || about.startsWith('{')
