import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, useCall, useClient, useProgress } from '#renderer/platform/core.tsx'
import { addressOf, type Place } from '#renderer/platform/router.ts'
import { markSeen, useSeen } from '#renderer/platform/seen.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import css from './first-run.module.css'

const steps = ['demo', 'plan', 'pickList', 'pack', 'label', 'handOver', 'export'] as const
type Step = (typeof steps)[number]

/** The main job in under three minutes, without hardware: each step ticks itself when the core has seen it done. */
function useSteps() {
  const hidden = useSeen('firstRunHidden')
  const { data } = useCall('app.firstSteps', {}, { enabled: !hidden })
  const pickList = useSeen('pickList')
  const exported = useSeen('export')
  const done: Readonly<Record<Step, boolean>> = {
    demo: data?.orders === true,
    plan: data !== undefined && data.newestWave !== null,
    pickList,
    pack: data?.packed === true,
    label: data?.label === true,
    handOver: data?.handedOver === true,
    export: exported,
  }
  const current = steps.find((step) => !done[step]) ?? null
  return { hidden, known: data !== undefined, done, current, newestWave: data?.newestWave ?? null }
}

function placeOf(step: Step, wave: string | null): Place | null {
  switch (step) {
    case 'plan':
      return { at: 'plan' }
    case 'pickList':
      return wave === null ? { at: 'waves' } : { at: 'wave', id: wave }
    case 'pack':
    case 'label':
      return { at: 'bench', mode: 'pack' }
    case 'handOver':
      return { at: 'bench', mode: 'handover' }
    case 'export':
      return { at: 'shipments' }
    default:
      return null
  }
}

export function FirstRun({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { hidden, known, done, current, newestWave } = useSteps()
  if (hidden || !known) return null
  const count = steps.filter((step) => done[step]).length
  if (place.at !== 'today') {
    if (current === null) return null
    return (
      <div className={css.strip}>
        <span className={css.stripCount}>
          {count}/{steps.length}
        </span>
        <span className={css.stripWords}>
          <strong>{t(`firstRun.step.${current}`)}</strong> {t(`firstRun.how.${current}`)}
        </span>
        <StepAct step={current} wave={newestWave} here={place} />
      </div>
    )
  }
  return (
    <section className={css.card} aria-label={t('firstRun.title')}>
      <div className={css.head}>
        <div>
          <h2 className={css.title}>{current === null ? t('firstRun.allDone') : t('firstRun.title')}</h2>
          <p className={css.lead}>{current === null ? t('firstRun.allDoneLead') : t('firstRun.lead')}</p>
        </div>
        <Button variant="subtle" onClick={() => markSeen('firstRunHidden')}>
          {t('firstRun.hide')}
        </Button>
      </div>
      <ol className={css.steps}>
        {steps.map((step, index) => (
          <li
            key={step}
            className={css.step}
            data-state={done[step] ? 'done' : step === current ? 'now' : 'later'}
          >
            <span className={css.number} aria-hidden="true">
              {done[step] ? '✔' : index + 1}
            </span>
            <span className={css.words}>{t(`firstRun.step.${step}`)}</span>
          </li>
        ))}
      </ol>
      {current === null ? null : (
        <div className={css.now}>
          <p className={css.how}>{t(`firstRun.how.${current}`)}</p>
          <StepAct step={current} wave={newestWave} here={place} />
        </div>
      )}
    </section>
  )
}

/** The same thread at the bench: one line above the on-screen scanner. */
export function FirstRunAtBench({ mode }: { mode: 'pack' | 'handover' }) {
  const { t } = useTranslation()
  const { hidden, known, newestWave, done } = useSteps()
  const current = steps.find((step) => !done[step] && step !== 'pickList') ?? null
  if (hidden || !known || current === null) return null
  const here: Place = { at: 'bench', mode }
  return (
    <div className={css.atBench}>
      <p className={css.benchCount}>
        {steps.filter((step) => done[step]).length}/{steps.length}
      </p>
      <p>
        <strong>{t(`firstRun.step.${current}`)}</strong>
      </p>
      <p>{t(`firstRun.how.${current}`)}</p>
      <StepAct step={current} wave={newestWave} here={here} tall />
    </div>
  )
}

function StepAct({
  step,
  wave,
  here,
  tall = false,
}: {
  step: Step
  wave: string | null
  here: Place
  tall?: boolean
}) {
  const { t } = useTranslation()
  if (step === 'demo') return <LoadDemo />
  const place = placeOf(step, wave)
  if (place === null || addressOf(place) === addressOf(here)) return null
  return (
    <Button component="a" href={addressOf(place)} h={tall ? 72 : 44}>
      {t(`firstRun.act.${step}`)}
    </Button>
  )
}

function LoadDemo() {
  const { t } = useTranslation()
  const client = useClient()
  const [orders, setOrders] = useState(120)
  const [job, setJob] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const progress = useProgress(job)
  const load = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    setError(null)
    try {
      await ask(client, 'app.demo', { job: id, orders })
    } catch (caught) {
      setError(caught)
    } finally {
      setJob(null)
    }
  }
  return (
    <div className={css.demo}>
      <NumberInput
        className={css.demoCount}
        aria-label={t('firstRun.demoOrders')}
        suffix={t('firstRun.demoUnit')}
        min={10}
        max={50_000}
        value={orders}
        onChange={(value) => setOrders(Math.min(50_000, Math.max(1, Number(value) || 1)))}
      />
      <Button loading={job !== null} onClick={() => void load()}>
        {t('firstRun.act.demo')}
      </Button>
      {progress === null || progress.total === 0 ? null : (
        <span>{t('imports.progress', { done: progress.done, total: progress.total })}</span>
      )}
      <FailureNote error={error} />
    </div>
  )
}
