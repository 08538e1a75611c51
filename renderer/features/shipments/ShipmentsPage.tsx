import { Button, Menu, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { ask, useCall, useClient } from '#renderer/platform/core.tsx'
import { deliver } from '#renderer/platform/files.ts'
import { clock, when } from '#renderer/platform/moment.ts'
import { addressOf, go } from '#renderer/platform/router.ts'
import { useLongCall } from '#renderer/platform/long-call.ts'
import { markSeen } from '#renderer/platform/seen.ts'
import { Board, type BoardColumn } from '#renderer/ui/Board.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page, Section } from '#renderer/ui/Page.tsx'
import { PaperProgress } from '#renderer/ui/PaperProgress.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './shipments.module.css'

type Day = Output<'shipments.day'>
type Row = Day['rows'][number]
type HeldFile = Output<'shipments.export'>

export function ShipmentsPage() {
  const { t } = useTranslation()
  const [chosen, setDay] = useState<string | null>(null)
  const [courier, setCourier] = useState<string | null>(null)
  const list = useCall(
    'shipments.day',
    {
      ...(chosen === null ? {} : { day: chosen }),
      ...(courier === null ? {} : { courier }),
      offset: 0,
      limit: 1000,
    },
    { keep: true },
  )
  const day = chosen ?? list.data?.day ?? ''
  return (
    <Page
      title={t('shipments.title')}
      lead={
        list.data === undefined
          ? ' '
          : t('shipments.sum', { count: list.data.couriers.reduce((sum, one) => sum + one.parcels, 0) })
      }
      actions={
        <>
          <TextInput
            type="date"
            aria-label={t('shipments.day')}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          />
          <Export day={day} courier={courier} />
        </>
      }
    >
      <FailureNote error={list.error} />
      {list.data === undefined ? null : (
        <>
          <DayClose day={list.data} />
          <Couriers day={list.data} chosen={courier} onChoose={setCourier} />
          <Parcels day={list.data} />
        </>
      )}
    </Page>
  )
}

function Export({ day, courier }: { day: string; courier: string | null }) {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const tell = useTell()
  const paper = useLongCall()
  const [error, setError] = useState<unknown>(null)
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const chosen = { day, language, ...(courier === null ? {} : { courier }) } as const
  const fetch = async (make: (job: string) => Promise<HeldFile>) => {
    setError(null)
    try {
      const { held, done } = await paper.run(async (job) => {
        const held = await make(job)
        return { held, done: await deliver(client, held, job) }
      })
      markSeen('export')
      tell(
        done.to === 'printer'
          ? t('paper.sent', { queue: done.queue })
          : t('shipments.exported', { name: held.name }),
      )
    } catch (caught) {
      setError(caught)
    }
  }
  const parcels = (format: 'csv' | 'xlsx' | 'pdf', encoding: 'gbk' | 'utf-8-bom') =>
    void fetch((job) => ask(client, 'shipments.export', { ...chosen, job, format, encoding }))
  const units = () =>
    void fetch((job) => ask(client, 'shipments.exportUnits', { ...chosen, job, format: 'xlsx' }))
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <Button loading={paper.running} leftSection={<IconDownload size={20} aria-hidden="true" />}>
            {t('shipments.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item className={css.item} onClick={() => parcels('xlsx', 'utf-8-bom')}>
            {t('shipments.format.xlsx')}
          </Menu.Item>
          <Menu.Item className={css.item} onClick={() => parcels('csv', 'utf-8-bom')}>
            {t('shipments.format.csv')}
          </Menu.Item>
          <Menu.Item className={css.item} onClick={() => parcels('csv', 'gbk')}>
            {t('shipments.format.csvGbk')}
          </Menu.Item>
          <Menu.Item className={css.item} onClick={() => parcels('pdf', 'utf-8-bom')}>
            {t('shipments.format.pdf')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item className={css.item} onClick={units}>
            {t('shipments.format.units')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PaperProgress call={paper} />
      <FailureNote error={error} />
    </>
  )
}

/** The day is closed when what was labelled has left: the difference is shown, with each parcel of it by name. */
function DayClose({ day }: { day: Day }) {
  const { t } = useTranslation()
  const open = day.labels - day.handOvers
  const equal = open === 0 && day.waiting.length === 0
  return (
    <Section
      title={t('shipments.close')}
      aside={
        <Chip tone={equal ? 'ok' : 'hold'}>
          {equal
            ? t('shipments.equal')
            : t('shipments.open', { count: Math.max(Math.abs(open), day.waiting.length) })}
        </Chip>
      }
    >
      <div className={css.equation}>
        <p className={css.term}>
          <strong>{day.labels}</strong>
          <span>{t('shipments.labels')}</span>
        </p>
        <span className={css.sign} data-equal={equal} aria-hidden="true">
          {equal ? '=' : '≠'}
        </span>
        <p className={css.term}>
          <strong>{day.handOvers}</strong>
          <span>{t('shipments.handOvers')}</span>
        </p>
        <span className={css.sign} aria-hidden="true">
          +
        </span>
        <p className={css.term} data-open={day.waiting.length > 0}>
          <strong>{day.waiting.length}</strong>
          <span>{t('shipments.waiting')}</span>
        </p>
      </div>
      {day.waiting.length === 0 ? null : (
        <ul className={css.waiting}>
          {day.waiting.map((one) => (
            <li key={one.orderId} className={css.waitingRow}>
              <a className={css.waitingOrder} href={addressOf({ at: 'order', id: one.orderId })}>
                {one.order}
              </a>
              <span>{one.shop}</span>
              <span>{one.waybill ?? t('shipments.noLabel')}</span>
              <span className={css.faint}>{t('shipments.packedAt', { time: when(one.packedAt) })}</span>
              {one.stop !== null ? (
                <Chip tone="wrong">{t('shipments.pullOut', { reason: t(`stop.${one.stop}`) })}</Chip>
              ) : one.hold !== null ? (
                <Chip tone="hold">{t('order.held')}</Chip>
              ) : (
                <Chip tone="idle">{t('shipments.scanToHandOver')}</Chip>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Couriers({
  day,
  chosen,
  onChoose,
}: {
  day: Day
  chosen: string | null
  onChoose: (courier: string | null) => void
}) {
  const { t } = useTranslation()
  if (day.couriers.length === 0) return null
  return (
    <ul className={css.couriers}>
      {day.couriers.map((one) => (
        <li key={one.courier}>
          <button
            type="button"
            className={css.courier}
            aria-pressed={chosen === one.courier}
            onClick={() => onChoose(chosen === one.courier ? null : one.courier)}
          >
            <span>{one.courier}</span>
            <strong>{one.parcels}</strong>
            <span className={css.faint}>{(one.weightG / 1000).toFixed(1)} kg</span>
          </button>
        </li>
      ))}
      <li className={css.sum}>
        {t('shipments.kg', {
          kg: (day.couriers.reduce((sum, one) => sum + one.weightG, 0) / 1000).toFixed(1),
        })}
      </li>
    </ul>
  )
}

function Parcels({ day }: { day: Day }) {
  const { t } = useTranslation()
  const columns = useMemo(() => columnsOf(t), [t])
  if (day.rows.length === 0) {
    return (
      <Empty title={t('shipments.none')}>
        <p>{t('shipments.noneHelp')}</p>
        <Button component="a" variant="default" href={addressOf({ at: 'bench', mode: 'handover' })}>
          {t('nav.handover')}
        </Button>
      </Empty>
    )
  }
  return (
    <div className={css.board}>
      <Board
        label={t('shipments.title')}
        columns={columns}
        rows={day.rows}
        idOf={(row) => row.id}
        onOpen={(row) => go({ at: 'order', id: row.orderId })}
      />
    </div>
  )
}

const columnsOf = (t: TFunction): readonly BoardColumn<Row>[] => [
  { id: 'time', header: t('shipments.col.time'), width: '72px', cell: (row) => clock(row.handedOverAt) },
  {
    id: 'order',
    header: t('word.order'),
    width: '200px',
    cell: (row) => <strong>{row.order}</strong>,
  },
  { id: 'shop', header: t('word.shop'), width: 'minmax(120px, 1fr)', cell: (row) => row.shop },
  { id: 'courier', header: t('word.courier'), width: 'minmax(96px, 0.8fr)', cell: (row) => row.courier },
  { id: 'waybill', header: t('word.waybill'), width: 'minmax(170px, 1fr)', cell: (row) => row.waybill },
  { id: 'units', header: t('orders.col.units'), width: '64px', align: 'end', cell: (row) => row.units },
  {
    id: 'weight',
    header: t('shipments.col.weight'),
    width: '88px',
    align: 'end',
    cell: (row) => (row.weightG === null ? '—' : row.weightG),
  },
  { id: 'bench', header: t('shipments.col.bench'), width: 'minmax(96px, 0.8fr)', cell: (row) => row.bench },
]
