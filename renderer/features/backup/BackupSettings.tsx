import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, useCall, useClient, useCommand } from '#renderer/platform/core.tsx'
import { save } from '#renderer/platform/files.ts'
import { when } from '#renderer/platform/moment.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './backup.module.css'

export function BackupSettings() {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const tell = useTell()
  const list = useCall('backup.list', {})
  const make = useCommand('backup.create')
  const doctor = useCall('files.doctor', {})
  const info = useCall('app.info', {})
  const [error, setError] = useState<unknown>(null)
  const words = (id: string) => {
    const key = `settings.backup.check.${id}`
    return i18n.exists(key) ? String(i18n.t(key as never)) : id
  }
  const fetch = async (name: string) => {
    setError(null)
    try {
      await save(client, await ask(client, 'backup.download', { name }))
    } catch (caught) {
      setError(caught)
    }
  }
  return (
    <div className={css.stack}>
      <Section
        title={t('settings.tab.backup')}
        aside={
          <Button
            loading={make.isPending}
            onClick={() => make.mutate({}, { onSuccess: () => tell(t('settings.backup.made')) })}
          >
            {t('settings.backup.make')}
          </Button>
        }
      >
        <FailureNote error={list.error ?? make.error ?? error} />
        {list.data?.backups.length === 0 ? <Empty title={t('settings.backup.none')} /> : null}
        <ul className={css.list}>
          {(list.data?.backups ?? []).map((one) => (
            <li key={one.name} className={css.row}>
              <strong>{when(one.at)}</strong>
              <span className={css.name}>{one.name}</span>
              <span>{(one.size / 1_000_000).toFixed(1)} MB</span>
              <Button variant="default" onClick={() => void fetch(one.name)}>
                {t('settings.backup.save')}
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('settings.backup.doctor')}>
        <p className={css.where}>{t('settings.backup.where', { place: info.data?.dataDir ?? '' })}</p>
        <ul className={css.list}>
          {(doctor.data?.checks ?? []).map((check) => (
            <li key={check.id} className={css.row}>
              <Chip tone={check.ok ? 'ok' : 'wrong'}>
                {check.ok ? t('settings.backup.good') : t('settings.backup.bad')}
              </Chip>
              <span className={css.name}>{words(check.id)}</span>
              <span className={css.detail}>{check.detail}</span>
            </li>
          ))}
        </ul>
        <p className={css.where}>{t('settings.version', { version: info.data?.version ?? '' })}</p>
      </Section>
    </div>
  )
}
