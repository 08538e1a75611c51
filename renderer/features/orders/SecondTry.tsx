import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, useCall, useClient } from '#renderer/platform/core.tsx'
import { save } from '#renderer/platform/files.ts'
import { useLongCall } from '#renderer/platform/long-call.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { WorkProgress } from '#renderer/ui/PaperProgress.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { useReason } from './import-rows.tsx'
import css from './imports.module.css'

/** More than this is mended in a spreadsheet, not here. */
const mostShown = 50

/** The rows that an import did not take: mend the cell at fault and try again, or take them along as a workbook. */
export function SecondTry({ importId, onDone }: { importId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const tell = useTell()
  const words = useReason()
  const rejects = useCall('imports.rejects', { importId })
  const [mended, setMended] = useState<Readonly<Record<number, string>>>({})
  const [error, setError] = useState<unknown>(null)
  const work = useLongCall()
  const rows = rejects.data?.rows ?? []
  const again = rows.filter((row) => row.again).length
  const files = [...new Set(rows.filter((row) => row.again).map((row) => row.file))]

  const guarded = async (job: () => Promise<void>) => {
    setError(null)
    try {
      await job()
    } catch (caught) {
      setError(caught)
    }
  }
  const tryAgain = () =>
    guarded(async () => {
      const values = Object.entries(mended).map(([id, value]) => ({ id: Number(id), value }))
      const done = await work.run((job) => ask(client, 'imports.retry', { importId, job, mended: values }))
      const { created, updated, rejectedCount } = done
      tell(t('imports.again.done', { created, updated, left: rejectedCount }))
      onDone()
    })
  const take = (file: string) =>
    guarded(async () => save(client, await ask(client, 'imports.rejectsFile', { importId, file })))

  return (
    <div className={css.modal}>
      <p className={css.faint}>{again > 0 ? t('imports.again.lead') : t('imports.again.whole')}</p>
      <div className={css.rejects} tabIndex={0} role="region" aria-label={t('imports.rejectsTitle')}>
        <table className={css.sample}>
          <thead>
            <tr>
              <th>{t('imports.col.file')}</th>
              <th className={css.end}>{t('imports.col.row')}</th>
              <th>{t('imports.col.column')}</th>
              <th>{t('imports.col.value')}</th>
              <th>{t('imports.col.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostShown).map((row) => (
              <tr key={row.id}>
                <td>{row.file}</td>
                <td className={css.end}>{row.row}</td>
                <td>{row.column}</td>
                <td>
                  {row.value === null || !row.again ? (
                    (row.value ?? '—')
                  ) : (
                    <TextInput
                      aria-label={t('imports.again.value', { row: row.row, column: row.column })}
                      value={mended[row.id] ?? row.value}
                      onChange={(event) => {
                        const { value } = event.currentTarget
                        setMended((all) => ({ ...all, [row.id]: value }))
                      }}
                    />
                  )}
                </td>
                <td className={css.reason}>{words(row.reason)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > mostShown ? (
        <p className={css.faint}>{t('imports.rejectsMore', { count: rows.length - mostShown })}</p>
      ) : null}
      <FailureNote error={error ?? rejects.error} />
      <WorkProgress
        call={work}
        making={t('imports.reading')}
        far={(done, total) => t('imports.progress', { done, total })}
      />
      {again === 0 ? null : (
        <div className={css.acts}>
          <Button disabled={work.running} onClick={() => void tryAgain()}>
            {t('imports.again.act', { count: again })}
          </Button>
          {files.map((file) => (
            <Button key={file} variant="default" disabled={work.running} onClick={() => void take(file)}>
              {files.length === 1 ? t('imports.again.take') : t('imports.again.takeOf', { file })}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
