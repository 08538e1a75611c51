import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PlanSummary } from '#shared/contract/waves.ts'
import { plainStrategy } from '#shared/domain/waves/strategy.ts'
import { useCommand } from '#renderer/platform/core.tsx'
import { clock } from '#renderer/platform/moment.ts'
import { addressOf } from '#renderer/platform/router.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './planner.module.css'
import type { EditedWay } from './StrategyDialog.tsx'
import { bestOf, type Measure, measured, measures, type Way } from './ways.ts'
import { hoursMinutes, metres, strategyWords } from '#renderer/features/waves/words.ts'

interface Props {
  readonly ways: readonly Way[]
  readonly using: readonly string[]
  readonly plans: readonly PlanSummary[]
  /** When the plans were made. */
  readonly at: number
  readonly chosen: string | null
  readonly onUse: (name: string, use: boolean) => void
  readonly onChoose: (plan: string) => void
  readonly onEdit: (way: EditedWay) => void
  /** Drops what was tried without being saved. */
  readonly onForget: (name: string) => void
}

/** One row a strategy: what it would cost. The best of a column is marked, and a row can be looked into. */
export function CompareTable({ ways, using, plans, at, chosen, onUse, onChoose, onEdit, onForget }: Props) {
  const { t, i18n } = useTranslation()
  const tell = useTell()
  const drop = useCommand('waves.dropStrategy')
  const best = new Map(measures.map((measure) => [measure, bestOf(plans, measure)]))
  return (
    <>
      <div className={css.tableBox} tabIndex={0} role="region" aria-label={t('plan.title')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th className={css.tick}>{t('plan.col.use')}</th>
              <th>{t('plan.col.strategy')}</th>
              {measures.map((measure) => (
                <th key={measure} className={css.end}>
                  {t(`plan.col.${measure}`)}
                </th>
              ))}
              <th className={css.end}>{t('plan.col.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {ways.map((way) => {
              const plan = plans.find(({ strategy }) => strategy === way.name)
              const name = strategyWords(way.name, i18n)
              return (
                <tr
                  key={way.name}
                  data-chosen={plan !== undefined && plan.plan === chosen}
                  data-opens={plan !== undefined}
                  onClick={() => (plan === undefined ? undefined : onChoose(plan.plan))}
                >
                  <td className={css.tick} onClick={(event) => event.stopPropagation()}>
                    <Checkbox
                      classNames={{ root: css.check ?? '', body: css.checkBody ?? '' }}
                      aria-label={t('plan.include', { name })}
                      checked={using.includes(way.name)}
                      onChange={(event) => onUse(way.name, event.currentTarget.checked)}
                    />
                  </td>
                  <th scope="row" className={css.way}>
                    {plan === undefined ? (
                      <span>{name}</span>
                    ) : (
                      <button
                        type="button"
                        className={css.choose}
                        aria-pressed={plan.plan === chosen}
                        onClick={() => onChoose(plan.plan)}
                      >
                        {name}
                      </button>
                    )}
                    {way.saved && plan?.cut !== true ? null : (
                      <span className={css.marks}>
                        {way.saved ? null : <Chip tone="idle">{t('plan.unsaved')}</Chip>}
                        {plan?.cut === true ? <Chip tone="hold">{t('plan.cut')}</Chip> : null}
                      </span>
                    )}
                  </th>
                  {plan === undefined ? (
                    <td className={css.none} colSpan={measures.length}>
                      {t('plan.notTried')}
                    </td>
                  ) : (
                    measures.map((measure) => (
                      <Value
                        key={measure}
                        plan={plan}
                        measure={measure}
                        at={at}
                        best={best.get(measure) ?? null}
                      />
                    ))
                  )}
                  <td className={css.end} onClick={(event) => event.stopPropagation()}>
                    <Menu position="bottom-end" withinPortal>
                      <Menu.Target>
                        <ActionIcon
                          variant="subtle"
                          size={44}
                          color="var(--pb-ink)"
                          aria-label={t('strategy.menu', { name })}
                        >
                          <IconDots size={22} aria-hidden="true" />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item
                          className={css.menuItem ?? ''}
                          onClick={() => onEdit({ was: way.name, name, strategy: way.strategy })}
                        >
                          {t('strategy.edit')}
                        </Menu.Item>
                        <Menu.Item
                          className={css.menuItem ?? ''}
                          onClick={() =>
                            onEdit({
                              was: null,
                              name: t('strategy.copyOf', { name }),
                              strategy: way.strategy,
                            })
                          }
                        >
                          {t('strategy.copy')}
                        </Menu.Item>
                        {/* What came with the app stays; a changed one goes back to what it was. */}
                        <Menu.Item
                          className={css.menuItem ?? ''}
                          disabled={way.builtIn && way.saved}
                          onClick={() =>
                            way.saved
                              ? drop.mutate(
                                  { name: way.name },
                                  { onSuccess: () => tell(t('strategy.removed', { name })) },
                                )
                              : onForget(way.name)
                          }
                        >
                          {t('strategy.remove')}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className={css.under}>
        {plans.some(({ walkedBy }) => walkedBy === 'codes') ? (
          <p className={css.faint}>
            {t('plan.byCodes')}{' '}
            <a className={css.link} href={addressOf({ at: 'settings', tab: 'floor' })}>
              {t('plan.byCodesAct')}
            </a>
          </p>
        ) : (
          <span />
        )}
        <Button
          variant="subtle"
          onClick={() => onEdit({ was: null, name: '', strategy: ways[0]?.strategy ?? plainStrategy })}
        >
          {t('strategy.add')}
        </Button>
      </div>
      <FailureNote error={drop.error} />
    </>
  )
}

function Value({
  plan,
  measure,
  at,
  best,
}: {
  plan: PlanSummary
  measure: Measure
  at: number
  best: number | null
}) {
  const { t } = useTranslation()
  const value = measured(plan, measure)
  const isBest = value !== null && value === best
  return (
    <td className={css.end} data-late={measure.startsWith('late') && value !== null && value > 0}>
      <span className={css.value} data-best={isBest}>
        {isBest ? <span className="pb-visually-hidden">{t('plan.best')} </span> : null}
        {words(value, measure, at)}
      </span>
    </td>
  )
}

function words(value: number | null, measure: Measure, at: number): string {
  if (value === null) return '—'
  switch (measure) {
    case 'distance':
      return String(metres(value))
    case 'work':
      return hoursMinutes(value)
    case 'doneAt':
      return clock(at + value * 1000)
    default:
      return String(value)
  }
}
