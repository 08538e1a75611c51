import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { Sentence } from '#renderer/ui/Sentence.tsx'
import { byHour } from '#renderer/features/waves/board/by-hour.ts'
import css from './planner.module.css'

export interface Filter {
  readonly shop: string | null
  readonly before: string | null
}

interface Props {
  readonly filter: Filter
  readonly cutoffs: Output<'waves.open'>['cutoffs']
  readonly onChange: (filter: Filter) => void
}

/** Hours ahead that one may plan for. */
const offeredHours = 48

/** Which orders are tried, as a sentence. */
export function FilterSentence({ filter, cutoffs, onChange }: Props) {
  const { t } = useTranslation()
  const shops = useCall('settings.shops', {})
  const hours = useMemo(() => byHour(cutoffs).slice(0, offeredHours), [cutoffs])
  const times = hours.map(({ last }, index) => ({
    value: last,
    label: t('plan.beforeTime', {
      time: when(last),
      count: hours.slice(0, index + 1).reduce((sum, { orders }) => sum + orders, 0),
    }),
  }))
  return (
    <Sentence large text={t('plan.sentence')}>
      {[
        <Select
          key="shop"
          className={css.word}
          aria-label={t('word.shop')}
          placeholder={t('plan.allShops')}
          clearable
          value={filter.shop}
          data={(shops.data?.shops ?? []).map((one) => one.name)}
          onChange={(shop) => onChange({ ...filter, shop })}
        />,
        <Select
          key="before"
          className={css.wideWord}
          aria-label={t('plan.before')}
          placeholder={t('plan.anyTime')}
          clearable
          value={filter.before}
          data={times}
          onChange={(before) => onChange({ ...filter, before })}
        />,
      ]}
    </Sentence>
  )
}
