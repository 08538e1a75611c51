import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaveRow } from '#shared/contract/waves.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { addressOf } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page } from '#renderer/ui/Page.tsx'
import { AllLists } from './AllLists.tsx'
import { Cutoffs } from './Cutoffs.tsx'
import { WaveCard } from './WaveCard.tsx'
import css from './waves.module.css'

const columns = ['open', 'picking', 'packing', 'done'] as const

/** The core lists no more waves than these, the most urgent first: the sums are theirs, and that is said. */
const mostListed = 500

/** Cards of a column that exist at once: more than anybody reads, few enough to be there at once. */
const cardsAtOnce = 24

export function WavesPage() {
  const { t } = useTranslation()
  const list = useCall('waves.list', {})
  const open = useCall('waves.open', {})
  const waves = list.data?.waves ?? []
  const waiting = open.data?.waiting ?? 0
  const plan = (
    <Button component="a" href={addressOf({ at: 'plan' })}>
      {t('waves.plan')}
    </Button>
  )
  return (
    <Page
      fill
      title={t('nav.waves')}
      lead={list.data === undefined ? ' ' : <Sum waves={waves} waiting={waiting} />}
      actions={
        <>
          <AllLists waves={waves.filter(({ state }) => state === 'open')} />
          {plan}
        </>
      }
    >
      <FailureNote error={list.error ?? open.error} />
      {open.data === undefined ? null : <Cutoffs {...open.data} />}
      {list.data !== undefined && waves.length === 0 ? (
        <Empty title={t('waves.none')}>
          <p>{t('waves.noneHelp', { count: waiting })}</p>
          {plan}
        </Empty>
      ) : (
        <div className={css.board} tabIndex={0} role="region" aria-label={t('nav.waves')}>
          {columns.map((state) => (
            <Column key={state} state={state} waves={waves.filter((wave) => wave.state === state)} />
          ))}
        </div>
      )}
    </Page>
  )
}

/** Both sentences add up: waves over their columns, orders over what is packed and what is not. */
function Sum({ waves, waiting }: { waves: readonly WaveRow[]; waiting: number }) {
  const { t } = useTranslation()
  const of = (state: WaveRow['state']) => waves.filter((wave) => wave.state === state).length
  const orders = waves.reduce((sum, wave) => sum + wave.orders, 0)
  const packed = waves.reduce((sum, wave) => sum + wave.packed, 0)
  return (
    <>
      {t('waves.sum', {
        waves: t('count.waves', { count: waves.length }),
        open: of('open'),
        picking: of('picking'),
        packing: of('packing'),
        done: of('done'),
      })}
      <br />
      {t('waves.sumOrders', {
        orders: t('count.orders', { count: orders }),
        packed,
        left: orders - packed,
        waiting: t('count.orders', { count: waiting }),
      })}
      {waves.length < mostListed ? '' : ` ${t('waves.sumCut', { count: waves.length })}`}
    </>
  )
}

function Column({ state, waves }: { state: WaveRow['state']; waves: readonly WaveRow[] }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(cardsAtOnce)
  const [opened, setOpened] = useState(state !== 'done')
  const rest = waves.length - shown
  return (
    <section className={css.column} data-narrow={!opened} aria-label={t(`waves.state.${state}`)}>
      <div className={css.columnHead}>
        <h2 className={css.columnTitle}>
          {t(`waves.state.${state}`)} <span className={css.columnCount}>{waves.length}</span>
        </h2>
        {state === 'done' && waves.length > 0 ? (
          <Button
            variant="subtle"
            className={css.toggle ?? ''}
            px={12}
            aria-expanded={opened}
            onClick={() => setOpened((now) => !now)}
          >
            {opened ? t('waves.hideDone') : t('waves.showDone')}
          </Button>
        ) : null}
      </div>
      {waves.length === 0 ? <p className={css.none}>{t('waves.emptyColumn')}</p> : null}
      {opened && waves.length > 0 ? (
        <ul className={css.cards}>
          {waves.slice(0, shown).map((wave) => (
            <li key={wave.id}>
              <WaveCard wave={wave} />
            </li>
          ))}
          {rest <= 0 ? null : (
            <li>
              <Button fullWidth variant="default" onClick={() => setShown((now) => now + 2 * cardsAtOnce)}>
                {t('waves.more', { count: Math.min(rest, 2 * cardsAtOnce) })}
              </Button>
            </li>
          )}
        </ul>
      ) : null}
    </section>
  )
}
