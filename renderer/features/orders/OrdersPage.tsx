import { Select, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderRow } from '#shared/contract/orders.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { usePages } from '#renderer/platform/pages.ts'
import { go } from '#renderer/platform/router.ts'
import { Board, type BoardColumn } from '#renderer/ui/Board.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page } from '#renderer/ui/Page.tsx'
import { Deadline, OrderChip } from './order-words.tsx'
import css from './orders.module.css'

/** What a row of the board can be narrowed to; the words make a sentence with the shop and the search. */
const kinds = [
  'all',
  'open',
  'unplanned',
  'late',
  'stopped',
  'held',
  'pullOut',
  'incomplete',
  'unprinted',
  'packed',
  'handedOver',
  'cancelled',
] as const
type Kind = (typeof kinds)[number]

const states = new Set<Kind>(['open', 'packed', 'handedOver', 'cancelled'])

export function OrdersPage({ only, find: findFirst }: { only: string | null; find: string }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>(kinds.find((one) => one === only) ?? 'all')
  const [shop, setShop] = useState<string | null>(null)
  const [find, setFind] = useState(findFirst)
  const shops = useCall('settings.shops', {})
  const filter = useMemo(
    () => ({
      ...(kind === 'all' ? {} : states.has(kind) ? { state: kind } : { only: kind }),
      ...(shop === null ? {} : { shop }),
      ...(find.trim() === '' ? {} : { find: find.trim() }),
    }),
    [kind, shop, find],
  )
  const list = usePages<OrderRow>('orders.list', filter)
  const columns = useColumns()

  return (
    <Page fill title={t('nav.orders')} lead={t('orders.sum', { count: list.total })}>
      <div className={css.sentence} role="search" aria-label={t('orders.filter')}>
        <span>{t('orders.show')}</span>
        <Select
          className={css.word}
          aria-label={t('orders.kindLabel')}
          allowDeselect={false}
          value={kind}
          data={kinds.map((value) => ({ value, label: t(`orders.kind.${value}`) }))}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'all')}
        />
        <span>{t('orders.of')}</span>
        <Select
          className={css.word}
          aria-label={t('word.shop')}
          clearable
          placeholder={t('orders.allShops')}
          value={shop}
          data={(shops.data?.shops ?? []).map((one) => one.name)}
          onChange={setShop}
        />
        <span>{t('orders.whose')}</span>
        <TextInput
          className={css.find}
          aria-label={t('orders.findLabel')}
          placeholder={t('orders.findLabel')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      </div>
      <FailureNote error={list.error} />
      {list.total === 0 && !list.waiting ? (
        <Empty title={t('orders.none')}>
          <p>{t('orders.noneHelp')}</p>
        </Empty>
      ) : (
        <Board
          label={t('nav.orders')}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          onOpen={(row) => go({ at: 'order', id: row.id })}
          onSight={list.see}
          toneOf={(row) => (row.stop === null ? (row.hold === null ? undefined : 'hold') : 'wrong')}
        />
      )}
    </Page>
  )
}

function useColumns(): readonly BoardColumn<OrderRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('word.order'),
        width: '200px',
        cell: (row) => <strong className={css.number}>{row.number}</strong>,
      },
      {
        id: 'state',
        header: t('orders.col.state'),
        width: '136px',
        cell: (row) => <OrderChip order={row} />,
      },
      {
        id: 'what',
        header: t('orders.col.what'),
        width: 'minmax(120px, 2fr)',
        cell: (row) => (
          <>
            {row.firstTitle}
            {row.lines > 1 ? <span className={css.faint}> +{row.lines - 1}</span> : null}
          </>
        ),
      },
      { id: 'units', header: t('orders.col.units'), width: '40px', align: 'end', cell: (row) => row.units },
      { id: 'shop', header: t('word.shop'), width: 'minmax(116px, 0.6fr)', cell: (row) => row.shop },
      {
        id: 'shipBy',
        header: t('word.shipBy'),
        width: '108px',
        align: 'end',
        cell: (row) => (
          <Deadline at={row.shipBy} done={row.state === 'handedOver' || row.state === 'cancelled'} />
        ),
      },
      {
        id: 'wave',
        header: t('orders.col.wave'),
        width: '92px',
        align: 'end',
        cell: (row) =>
          row.wave === null
            ? ''
            : `W-${String(row.wave).padStart(4, '0')}${row.slot === null ? '' : ` · ${row.slot}`}`,
      },
      {
        id: 'waybill',
        header: t('word.waybill'),
        width: 'minmax(124px, 0.7fr)',
        cell: (row) => <span className={css.number}>{row.waybill ?? ''}</span>,
      },
    ],
    [t],
  )
}
