import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Printer, PrinterFamily } from '#shared/contract/devices.ts'
import { freeName } from '#shared/support/free-name.ts'
import css from './devices.module.css'
import { LanguageStep } from './LanguageStep.tsx'
import { NameStep } from './NameStep.tsx'
import { PaperStep } from './PaperStep.tsx'
import type { Start } from './printer-draft.ts'
import { TestStep } from './TestStep.tsx'

type Step = 'paper' | 'language' | 'name' | 'test'

interface Props {
  readonly start: Start
  readonly families: readonly PrinterFamily[]
  readonly others: readonly Printer[]
  readonly onAdjust: (id: string) => void
  readonly onDone: () => void
}

/** One question at a time: its paper, its language, its name; then a label that proves it. */
export function AddPrinter({ start, families, others, onAdjust, onDone }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => ({
    ...start.draft,
    name: freeName(
      start.draft.name,
      others.map(({ name }) => name),
    ),
  }))
  const [saved, setSaved] = useState<string | null>(null)
  // A component draws by itself, and the simulated printer understands everything. One guess is certain.
  const steps = stepsOf[draft.transport] ?? (start.guesses.length === 1 ? known : all)
  const [step, setStep] = useState<Step>('paper')
  const at = steps.indexOf(step)
  const go = (by: 1 | -1) => setStep(steps[at + by] ?? step)
  return (
    <div className={css.stack}>
      <ol className={css.steps} aria-label={t('devices.step.label')}>
        {steps.map((one, index) => (
          <li key={one} data-done={index < at} aria-current={one === step ? 'step' : undefined}>
            <span className={css.stepNumber} aria-hidden="true">
              {index < at ? '✔' : index + 1}
            </span>
            {t(`devices.step.${one}`)}
          </li>
        ))}
      </ol>
      {body()}
    </div>
  )

  function body() {
    switch (step) {
      case 'paper':
        return (
          <PaperStep
            draft={draft}
            families={families}
            onChange={(part) => setDraft({ ...draft, ...part })}
            onNext={() => go(1)}
          />
        )
      case 'language':
        return (
          <LanguageStep
            draft={draft}
            guesses={start.guesses}
            onBack={() => go(-1)}
            onChoose={(language) => {
              setDraft({ ...draft, language })
              go(1)
            }}
          />
        )
      case 'name':
        return (
          <NameStep
            draft={draft}
            others={others.filter(({ id }) => id !== saved)}
            saved={saved}
            onChange={(part) => setDraft({ ...draft, ...part })}
            onBack={() => go(-1)}
            onSaved={(id) => {
              setSaved(id)
              if (steps.includes('test')) setStep('test')
              else onDone()
            }}
          />
        )
      case 'test':
        return saved === null ? null : (
          <TestStep id={saved} onAdjust={() => onAdjust(saved)} onDone={onDone} />
        )
    }
  }
}

const all: readonly Step[] = ['paper', 'language', 'name', 'test']
const known: readonly Step[] = all.filter((step) => step !== 'language')
const stepsOf: Readonly<Partial<Record<Printer['transport'], readonly Step[]>>> = {
  component: ['paper', 'name'],
  simulated: known,
}
