import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanSummary } from '#shared/contract/waves.ts'
import type { Strategy } from '#shared/domain/waves/strategy.ts'
import { ask, useCall, useClient } from '#renderer/platform/core.tsx'
import { useLongCall } from '#renderer/platform/long-call.ts'
import { clock } from '#renderer/platform/moment.ts'
import { addressOf } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page } from '#renderer/ui/Page.tsx'
import { WorkProgress } from '#renderer/ui/PaperProgress.tsx'
import { ChosenPlan } from './ChosenPlan.tsx'
import { CompareTable } from './CompareTable.tsx'
import { type Filter, FilterSentence } from './FilterSentence.tsx'
import css from './planner.module.css'
import { type EditedWay, StrategyDialog } from './StrategyDialog.tsx'
import { bestPlan, firstTried, mostAtOnce, type Way, waysOf } from './ways.ts'

interface Trial {
  readonly plans: readonly PlanSummary[]
  readonly at: number
  readonly filter: Filter
}

/** Several ways of planning the same orders, side by side; one of them is released. */
export function PlannerPage() {
  const { t } = useTranslation()
  const client = useClient()
  const known = useCall('waves.strategies', {})
  const open = useCall('waves.open', {})
  const call = useLongCall()
  const [filter, setFilter] = useState<Filter>({ shop: null, before: null })
  const [unsaved, setUnsaved] = useState<ReadonlyMap<string, Strategy>>(new Map())
  const [ticked, setTicked] = useState<readonly string[] | null>(null)
  const [trial, setTrial] = useState<Trial | null>(null)
  const [chosenId, setChosen] = useState<string | null>(null)
  const [edited, setEdited] = useState<EditedWay | null>(null)
  const [error, setError] = useState<unknown>(null)
  /** Only the answer to the newest question counts. */
  const asked = useRef(0)

  const ways = waysOf(known.data?.strategies ?? [], unsaved)
  const using = ticked ?? firstTried(ways)
  const tried = ways.filter(({ name }) => using.includes(name)).slice(0, mostAtOnce)
  const waiting = open.data?.waiting
  const plans = trial?.plans ?? []
  const chosen = plans.find(({ plan }) => plan === chosenId) ?? bestPlan(plans)

  const compare = async (among: Filter, which: readonly Way[]) => {
    if (which.length === 0) return
    const mine = (asked.current += 1)
    call.cancel()
    setError(null)
    try {
      const answer = await call.run((job) =>
        ask(client, 'waves.compare', {
          strategies: which.map(({ name, strategy, saved }) => (saved ? name : { name, strategy })),
          job,
          ...(among.shop === null ? {} : { shop: among.shop }),
          ...(among.before === null ? {} : { before: among.before }),
        }),
      )
      if (asked.current !== mine) return
      setTrial({ plans: answer.plans, at: Date.now(), filter: among })
      setChosen(null)
    } catch (caught) {
      if (asked.current === mine) setError(caught)
    }
  }

  // Whoever comes here wants to see what would come out: the first trial needs no click.
  const begin = useEffectEvent(() => void compare(filter, tried))
  const ready = known.data !== undefined && waiting !== undefined && waiting > 0
  useEffect(() => {
    if (ready && asked.current === 0) begin()
  }, [ready])

  const refine = (next: Filter) => {
    setFilter(next)
    void compare(next, tried)
  }
  const forget = (...names: readonly string[]) =>
    setUnsaved((now) => new Map([...now].filter(([name]) => !names.includes(name))))
  const nothing = waiting === 0 && plans.length === 0

  return (
    <Page
      title={t('plan.title')}
      lead={t('plan.lead')}
      actions={
        <Button component="a" variant="default" href={addressOf({ at: 'waves' })}>
          {t('plan.back')}
        </Button>
      }
    >
      <FailureNote error={known.error ?? open.error} />
      {nothing ? (
        <Empty title={t('plan.nothing')}>
          <p>{t('plan.nothingHelp')}</p>
        </Empty>
      ) : (
        <>
          <div className={css.ask} role="search" aria-label={t('plan.filter')}>
            <FilterSentence filter={filter} cutoffs={open.data?.cutoffs ?? []} onChange={refine} />
            <div className={css.acts}>
              {trial === null ? null : (
                <span className={css.faint}>{t('plan.triedAt', { time: clock(trial.at) })}</span>
              )}
              <Button
                loading={call.running}
                disabled={tried.length === 0}
                onClick={() => void compare(filter, tried)}
              >
                {t('plan.try', { count: tried.length })}
              </Button>
            </div>
          </div>
          <WorkProgress
            call={call}
            making={t('plan.trying')}
            far={(done, total) => t('plan.tried', { percent: Math.round((100 * done) / total) })}
          />
          <FailureNote error={error} />
          <CompareTable
            ways={ways}
            using={using}
            plans={plans}
            at={trial?.at ?? 0}
            chosen={chosen?.plan ?? null}
            onUse={(name, use) => setTicked(use ? [...using, name] : using.filter((one) => one !== name))}
            onChoose={setChosen}
            onEdit={setEdited}
            onForget={forget}
          />
          {chosen === null ? null : (
            <ChosenPlan
              key={chosen.plan}
              plan={chosen}
              stale={trial !== null && trial.filter !== filter}
              onAgain={() => void compare(filter, tried)}
            />
          )}
        </>
      )}
      <StrategyDialog
        edited={edited}
        onClose={() => setEdited(null)}
        onTry={(way) => {
          const next = [...using.filter((name) => name !== way.name), way.name]
          const held = new Map(unsaved).set(way.name, way.strategy)
          setUnsaved(held)
          setTicked(next)
          setEdited(null)
          const all = waysOf(known.data?.strategies ?? [], held)
          void compare(
            filter,
            all.filter(({ name }) => next.includes(name)),
          )
        }}
        onKept={(names) => {
          forget(...names)
          setEdited(null)
        }}
      />
    </Page>
  )
}
