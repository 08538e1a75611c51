import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import css from './imports.module.css'
import { SecondTry } from './SecondTry.tsx'

/** What was imported, and a second try for the rows that were not taken. */
export function ImportHistory() {
  const { t } = useTranslation()
  const list = useCall('imports.list', {})
  const [open, setOpen] = useState<string | null>(null)
  const imports = list.data?.imports ?? []
  return (
    <Section title={t('imports.history')}>
      <FailureNote error={list.error} />
      {imports.length === 0 && list.data !== undefined ? (
        <Empty title={t('imports.none')} />
      ) : (
        <div className={css.sampleBox} tabIndex={0} role="region" aria-label={t('imports.history')}>
          <table className={css.history}>
            <thead>
              <tr>
                <th>{t('imports.col.when')}</th>
                <th>{t('imports.col.what')}</th>
                <th>{t('imports.col.file')}</th>
                <th className={css.end}>{t('imports.sum.created')}</th>
                <th className={css.end}>{t('imports.sum.updated')}</th>
                <th className={css.end}>{t('imports.sum.unchanged')}</th>
                <th className={css.end}>{t('imports.sum.held')}</th>
                <th className={css.end}>{t('imports.sum.rejected')}</th>
              </tr>
            </thead>
            <tbody>
              {imports.map((one) => (
                <tr key={one.id}>
                  <td>{when(one.at)}</td>
                  <td>
                    {t(`imports.kind.${one.kind}`)}
                    {one.shop === null ? '' : ` · ${one.shop}`}
                  </td>
                  <td className={css.fileCell}>{one.file}</td>
                  <td className={css.end}>{one.created}</td>
                  <td className={css.end}>{one.updated}</td>
                  <td className={css.end}>{one.unchanged}</td>
                  <td className={css.end}>{one.held}</td>
                  <td className={css.end}>
                    {one.rejected === 0 ? (
                      0
                    ) : (
                      <button type="button" className={css.link} onClick={() => setOpen(one.id)}>
                        {one.rejected}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Dialog
        opened={open !== null}
        onClose={() => setOpen(null)}
        size="xl"
        title={t('imports.rejectsTitle')}
      >
        {open === null ? null : <SecondTry importId={open} onDone={() => setOpen(null)} />}
      </Dialog>
    </Section>
  )
}
