import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { LayoutKind } from '#shared/domain/labels/layout.ts'
import { useCall } from '#renderer/platform/core.tsx'
import css from './layouts.module.css'

const findAfterMs = 200
const offered = 8

/** Whose label is shown: an order, a product or a shelf of this warehouse; empty for an example. */
export function OfWhat({
  kind,
  value,
  onChange,
}: {
  kind: LayoutKind
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const [find] = useDebouncedValue(value.trim(), findAfterMs)
  const ofOrders = kind === 'shipping' || kind === 'slip'
  const about = { offset: 0, limit: offered, ...(find === '' ? {} : { find }) }
  const orders = useCall('orders.list', about, { enabled: ofOrders, keep: true })
  const products = useCall('catalog.list', about, { enabled: kind === 'product', keep: true })
  const offers = ofOrders
    ? (orders.data?.rows ?? []).map(({ number }) => number)
    : kind === 'product'
      ? (products.data?.rows ?? []).map(({ sku }) => sku)
      : []
  return (
    <Autocomplete
      className={css.ofWhat ?? ''}
      label={t(`layouts.of.${kind}`)}
      placeholder={t('layouts.example')}
      maxLength={200}
      value={value}
      data={[...new Set(offers)]}
      onChange={onChange}
    />
  )
}
