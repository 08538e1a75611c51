import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import { useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useLanguageName, useReason } from './device-words.ts'
import css from './devices.module.css'
import type { Draft, Guesses } from './printer-draft.ts'
import { TrialDrawing, WrongDrawing } from './TrialDrawing.tsx'

/** At first no more than a person can lay side by side. */
const atOnce = 3
const markOf = (index: number) => 'ABCDEF'[index] ?? '?'

interface Props {
  readonly draft: Draft
  readonly guesses: Guesses
  readonly onBack: () => void
  readonly onChoose: (language: PrinterLanguage) => void
}

interface Trial {
  /** How many languages, in their order, have been sent. */
  readonly sent: number
  readonly sending: string | null
  readonly trouble: { readonly outcome: 'notSent' | 'unknown'; readonly reason: string } | null
  readonly noneRight: boolean
}
const untried: Trial = { sent: 0, sending: null, trouble: null, noneRight: false }

/** Printers are wrong about themselves, so paper decides: a label in each language, and a person's eye. */
export function LanguageStep({ draft, guesses, onBack, onChoose }: Props) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const languageName = useLanguageName()
  const tryOne = useCommand('devices.tryLanguage')
  const [trial, setTrial] = useState(untried)
  const [first] = guesses
  const { transport, address, dpi, widthMm, heightMm } = draft
  const allSent = trial.sent >= guesses.length

  async function print(from: number, to: number): Promise<void> {
    for (const [index, { language }] of guesses.slice(0, to).entries()) {
      if (index < from) continue
      const mark = markOf(index)
      setTrial({ sent: index, sending: mark, trouble: null, noneRight: false })
      try {
        const { outcome, reason } = await tryOne.mutateAsync({
          transport,
          address,
          language,
          dpi,
          widthMm,
          heightMm,
          mark,
        })
        // It cannot be reached: the other languages would not come out either.
        if (outcome === 'notSent' || (outcome === 'unknown' && from === index)) {
          setTrial({ sent: index, sending: null, trouble: { outcome, reason }, noneRight: false })
          return
        }
      } catch {
        setTrial({ ...untried, sent: index })
        return // the refusal is shown below
      }
    }
    setTrial({ ...untried, sent: Math.min(to, guesses.length) })
  }

  return (
    <>
      <p className={css.question}>{t('devices.language.title')}</p>
      {first === undefined || trial.sent > 0 ? null : (
        <p>
          {t('devices.language.guess', {
            language: languageName(first.language),
            because: t(`devices.language.because.${first.because}`),
          })}
        </p>
      )}
      <FailureNote error={tryOne.error} />
      {trial.trouble === null ? null : (
        <p className={css.warning} role="alert">
          {t(`devices.outcome.${trial.trouble.outcome}`, { reason: reasonOf(trial.trouble.reason) })}
        </p>
      )}
      {trial.sending === null ? null : (
        <p className={css.quiet} role="status">
          {t('devices.language.sending', { mark: trial.sending })}
        </p>
      )}
      {trial.sent === 0 ? (
        <>
          <Looks />
          <p>{t('devices.language.tryHelp')}</p>
          <Button size="lg" loading={trial.sending !== null} onClick={() => void print(0, atOnce)}>
            {t('devices.language.try')}
          </Button>
        </>
      ) : trial.noneRight ? (
        <>
          <p>{allSent ? t('devices.language.noneLast') : t('devices.language.noneFirst')}</p>
          <Button
            size="lg"
            loading={trial.sending !== null}
            onClick={() => void (allSent ? print(0, atOnce) : print(trial.sent, guesses.length))}
          >
            {allSent ? t('devices.language.again') : t('devices.language.rest')}
          </Button>
        </>
      ) : (
        <>
          <p className={css.subQuestion}>{t('devices.language.which')}</p>
          <p className={css.quiet}>{t('devices.language.whichHelp')}</p>
          <div className={css.trials}>
            {guesses.slice(0, trial.sent).map(({ language }, index) => (
              <button
                key={language}
                type="button"
                className={css.trialButton}
                disabled={trial.sending !== null}
                onClick={() => onChoose(language)}
              >
                <TrialDrawing mark={markOf(index)} language={language.toUpperCase()} />
              </button>
            ))}
          </div>
          <Button
            size="lg"
            variant="default"
            disabled={trial.sending !== null}
            onClick={() => setTrial({ ...trial, noneRight: true })}
          >
            {t('devices.language.none')}
          </Button>
        </>
      )}
      <div className={css.known}>
        <span className={css.quiet}>{t('devices.language.choose')}</span>
        {guesses.map(({ language }) => (
          <Button
            key={language}
            variant="default"
            disabled={trial.sending !== null}
            aria-label={t('devices.language.fixed', { language: languageName(language) })}
            onClick={() => onChoose(language)}
          >
            {languageName(language)}
          </Button>
        ))}
      </div>
      <div className={css.buttons}>
        <Button variant="default" size="lg" onClick={onBack}>
          {t('devices.step.back')}
        </Button>
      </div>
    </>
  )
}

/** What right looks like, beside what does not. */
function Looks() {
  const { t } = useTranslation()
  return (
    <div className={css.looks}>
      <figure className={css.look}>
        <TrialDrawing mark="A" language="ZPL" />
        <figcaption>✔ {t('devices.language.right')}</figcaption>
      </figure>
      {(['text', 'blank', 'inverse'] as const).map((how) => (
        <figure key={how} className={css.look}>
          <WrongDrawing how={how} />
          <figcaption>✖ {t(`devices.language.wrong.${how}`)}</figcaption>
        </figure>
      ))}
    </div>
  )
}
