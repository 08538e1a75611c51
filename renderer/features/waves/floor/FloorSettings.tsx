import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '#renderer/platform/core.tsx'
import { addressOf } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import { FloorEditor } from './FloorEditor.tsx'

/** The warehouse floor: what the core walks by, where it comes from, and how to change it. */
export function FloorSettings() {
  const { t } = useTranslation()
  const floor = useCall('waves.floor', {})
  return (
    <Section title={t('settings.tab.floor')}>
      <FailureNote error={floor.error} />
      {floor.data === undefined ? null : floor.data.plan === null ? (
        <Empty title={t('floor.none')}>
          <p>{t('floor.noneHelp')}</p>
          <Button component="a" href={addressOf({ at: 'imports' })}>
            {t('floor.noneAct')}
          </Button>
        </Empty>
      ) : (
        // Another plan in the core (saved here or elsewhere) begins a new drawing; other shelves do not.
        <FloorEditor
          key={`${floor.data.source} ${floor.data.at}`}
          floor={floor.data}
          plan={floor.data.plan}
        />
      )}
    </Section>
  )
}
