import { Button, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WeightRow } from '#shared/contract/weights.ts'
import { useCommand } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { usePages } from '#renderer/platform/pages.ts'
import { Board, type BoardColumn } from '#renderer/ui/Board.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import css from './weight.module.css'

/** What the scales taught of each SKU, and how to take it back when its packaging is another. */
export function LearnedWeights() {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const [open, setOpen] = useState<WeightRow | null>(null)
  const filter = useMemo(() => (find.trim() === '' ? {} : { find: find.trim() }), [find])
  const list = usePages<WeightRow>('weights.list', filter)
  const columns = useColumns()
  return (
    <Section
      title={t('settings.tab.weights')}
      aside={
        <TextInput
          className={css.find}
          aria-label={t('weights.find')}
          placeholder={t('weights.find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      }
    >
      <FailureNote error={list.error} />
      {open === null ? null : <Forget key={open.sku} row={open} onDone={() => setOpen(null)} />}
      {list.total === 0 && !list.waiting ? (
        <Empty title={t(find.trim() === '' ? 'weights.none' : 'weights.notFound')}>
          <p>{t('weights.noneHelp')}</p>
        </Empty>
      ) : (
        <div className={css.board}>
          <Board
            label={t('settings.tab.weights')}
            columns={columns}
            rows={list.rows}
            idOf={(row) => row.sku}
            onOpen={setOpen}
            onSight={list.see}
          />
        </div>
      )}
    </Section>
  )
}

function Forget({ row, onDone }: { row: WeightRow; onDone: () => void }) {
  const { t } = useTranslation()
  const forget = useCommand('weights.forget')
  return (
    <div className={css.forget} role="group" aria-label={row.sku}>
      <p>
        <strong>{row.sku}</strong> {row.name}
      </p>
      <p>{t('weights.forgetHelp')}</p>
      <FailureNote error={forget.error} />
      <div className={css.forgetButtons}>
        <Button variant="default" onClick={onDone}>
          {t('word.cancel')}
        </Button>
        <Button
          variant="default"
          loading={forget.isPending}
          disabled={row.samples === 0}
          onClick={() => forget.mutate({ sku: row.sku }, { onSuccess: onDone })}
        >
          {t('weights.forget')}
        </Button>
      </div>
    </div>
  )
}

function useColumns(): readonly BoardColumn<WeightRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      { id: 'sku', header: 'SKU', width: '104px', cell: (row) => <strong>{row.sku}</strong> },
      { id: 'name', header: t('weights.col.name'), width: 'minmax(120px, 2fr)', cell: (row) => row.name },
      {
        id: 'expected',
        header: t('weights.col.expected'),
        width: '112px',
        align: 'end',
        cell: (row) => (row.expected === null ? t('weights.tooFew') : t('weights.band', row.expected)),
      },
      {
        id: 'samples',
        header: t('weights.col.samples'),
        width: '56px',
        align: 'end',
        cell: (row) => row.samples,
      },
      {
        id: 'catalogue',
        header: t('weights.col.catalogue'),
        width: '112px',
        align: 'end',
        cell: (row) =>
          row.catalogueG === null
            ? ''
            : t(row.catalogueWrong ? 'weights.wrong' : 'weights.grams', { grams: row.catalogueG }),
      },
      { id: 'at', header: t('weights.col.at'), width: '104px', align: 'end', cell: (row) => when(row.at) },
    ],
    [t],
  )
}
