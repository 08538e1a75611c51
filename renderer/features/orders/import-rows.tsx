import { useTranslation } from 'react-i18next'
import type { ImportResult, RejectedRow } from '#shared/contract/orders.ts'
import css from './imports.module.css'

interface Counts {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly held: number
}

export function Sums({ sums, rejected }: { sums: Counts; rejected: number }) {
  const { t } = useTranslation()
  const parts = [
    ['created', sums.created],
    ['updated', sums.updated],
    ['unchanged', sums.unchanged],
    ['held', sums.held],
    ['rejected', rejected],
  ] as const
  return (
    <dl className={css.sums}>
      {parts.map(([id, count]) => (
        <div key={id} className={css.sum} data-part={id} data-none={count === 0}>
          <dt>{t(`imports.sum.${id}`)}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What a file of kits brings about beside the kits themselves. */
export function KitNews({ news }: { news: Pick<ImportResult, 'exploded' | 'notes'> }) {
  const { t } = useTranslation()
  return (
    <>
      {news.exploded === 0 ? null : <p>{t('imports.exploded', { count: news.exploded })}</p>}
      {news.notes.length === 0 ? null : (
        <div className={css.notes}>
          <p className={css.notesTitle}>{t('imports.notes', { count: news.notes.length })}</p>
          <RowTable rows={news.notes} />
        </div>
      )}
    </>
  )
}

export function Rejects({ rows, count }: { rows: readonly RejectedRow[]; count: number }) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <div className={css.rejects}>
      <p className={css.rejectsTitle}>{t('imports.rejects', { count })}</p>
      <RowTable rows={rows} />
      {count > 50 ? <p className={css.faint}>{t('imports.rejectsMore', { count: count - 50 })}</p> : null}
    </div>
  )
}

function RowTable({ rows }: { rows: readonly RejectedRow[] }) {
  const { t } = useTranslation()
  const words = useReason()
  return (
    <table className={css.sample}>
      <thead>
        <tr>
          <th>{t('imports.col.file')}</th>
          <th className={css.end}>{t('imports.col.row')}</th>
          <th>{t('imports.col.column')}</th>
          <th>{t('imports.col.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, 50).map((row, index) => (
          <tr key={index}>
            <td>{row.file}</td>
            <td className={css.end}>{row.row}</td>
            <td>{row.column}</td>
            <td>{words(row.reason)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Why a row was not taken, in words. */
export function useReason(): (reason: RejectedRow['reason']) => string {
  const { i18n } = useTranslation()
  return (reason) => {
    const key = `imports.reason.${reason.code}`
    return i18n.exists(key) ? String(i18n.t(key as never, (reason.params ?? {}) as never)) : reason.code
  }
}
