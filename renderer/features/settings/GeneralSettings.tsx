import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, useCall, useClient, useCommand } from '#renderer/platform/core.tsx'
import { deliver } from '#renderer/platform/files.ts'
import { markSeen, useSeen } from '#renderer/platform/seen.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { Setting, Settings } from '#renderer/ui/Setting.tsx'

export function GeneralSettings() {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const settings = useCall('settings.get', {})
  const set = useCommand('settings.set')
  const firstRunHidden = useSeen('firstRunHidden')
  const [error, setError] = useState<unknown>(null)
  const tell = useTell()
  const now = settings.data
  // Looking through the machine's devices takes a moment: only for who chooses.
  const [choosing, setChoosing] = useState(false)
  const found = useCall('devices.find', {}, { enabled: choosing })
  const queues = [
    ...new Set([
      ...(now === undefined || now.paperQueue === null ? [] : [now.paperQueue]),
      ...(found.data?.found ?? [])
        .filter(({ way }) => way === 'cups' || way === 'spooler')
        .map(({ address }) => address),
    ]),
  ]
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const sheet = async () => {
    setError(null)
    try {
      const done = await deliver(client, await ask(client, 'waves.commandSheet', { language }))
      if (done.to === 'printer') tell(t('paper.sent', { queue: done.queue }), 'ok')
    } catch (caught) {
      setError(caught)
    }
  }
  if (now === undefined) return <FailureNote error={settings.error} />
  return (
    <>
      <FailureNote error={set.error ?? error} />
      <Settings>
        <Setting title={t('settings.language')} help={t('settings.languageHelp')}>
          <SegmentedControl
            fullWidth
            aria-label={t('settings.language')}
            value={now.language}
            data={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(value) => set.mutate({ language: value === 'en' ? 'en' : 'zh-CN' })}
          />
        </Setting>
        <Setting title={t('settings.theme')}>
          <SegmentedControl
            fullWidth
            aria-label={t('settings.theme')}
            value={now.theme}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({
              value,
              label: t(`settings.themes.${value}`),
            }))}
            onChange={(value) =>
              set.mutate({ theme: value === 'dark' ? 'dark' : value === 'auto' ? 'auto' : 'light' })
            }
          />
        </Setting>
        <Setting title={t('settings.warehouse')} help={t('settings.warehouseHelp')}>
          <TextInput
            key={now.warehouse}
            aria-label={t('settings.warehouse')}
            defaultValue={now.warehouse}
            onBlur={(event) => {
              const value = event.currentTarget.value.trim()
              if (value !== '' && value !== now.warehouse) set.mutate({ warehouse: value })
            }}
          />
        </Setting>
        <Setting title={t('settings.zone')} help={t('settings.zoneHelp')}>
          <TextInput
            key={now.zone}
            aria-label={t('settings.zone')}
            defaultValue={now.zone}
            onBlur={(event) => {
              const value = event.currentTarget.value.trim()
              if (value !== '' && value !== now.zone) set.mutate({ zone: value })
            }}
          />
        </Setting>
        <Setting title={t('plan.slots')} help={t('plan.slotsHelp')}>
          <NumberInput
            key={now.slots}
            aria-label={t('plan.slots')}
            min={1}
            max={200}
            defaultValue={now.slots}
            onBlur={(event) => {
              const value = Number(event.currentTarget.value)
              if (value >= 1 && value <= 200 && value !== now.slots) set.mutate({ slots: value })
            }}
          />
        </Setting>
        <Setting title={t('settings.papers')} help={t('settings.papersHelp')}>
          <Select
            aria-label={t('settings.papers')}
            value={now.paperQueue ?? ''}
            data={[
              { value: '', label: t('settings.papersAsFiles') },
              ...queues.map((queue) => ({ value: queue, label: queue })),
            ]}
            allowDeselect={false}
            onDropdownOpen={() => setChoosing(true)}
            onChange={(value) => set.mutate({ paperQueue: value === null || value === '' ? null : value })}
          />
        </Setting>
        <Setting title={t('settings.sheet')} help={t('settings.sheetHelp')}>
          <Button variant="default" onClick={() => void sheet()}>
            {t('settings.sheetSave')}
          </Button>
        </Setting>
        <Setting title={t('firstRun.title')} help={t('settings.firstRunHelp')}>
          <Button
            variant="default"
            disabled={!firstRunHidden}
            onClick={() => markSeen('firstRunHidden', false)}
          >
            {t('settings.firstRunShow')}
          </Button>
        </Setting>
      </Settings>
    </>
  )
}
