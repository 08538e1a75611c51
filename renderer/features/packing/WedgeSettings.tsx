import { SegmentedControl, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWedge } from '#renderer/platform/wedge.ts'
import { Setting, Settings } from '#renderer/ui/Setting.tsx'

/** How this machine's scanners that play a keyboard are set. As they come, nothing here needs a touch. */
export function WedgeSettings() {
  const { t } = useTranslation()
  const [wedge, set] = useWedge()
  const ownCharacter = wedge.suffix.length === 1
  return (
    <Settings>
      <Setting title={t('settings.wedge.suffix')} help={t('settings.wedge.suffixHelp')}>
        <SegmentedControl
          fullWidth
          aria-label={t('settings.wedge.suffix')}
          value={ownCharacter ? 'character' : wedge.suffix}
          data={[
            { value: 'key', label: t('settings.wedge.key') },
            { value: 'none', label: t('settings.wedge.none') },
            { value: 'character', label: t('settings.wedge.character') },
          ]}
          onChange={(suffix) => set({ suffix: suffix === 'character' ? '#' : suffix })}
        />
        {ownCharacter ? (
          <TextInput
            aria-label={t('settings.wedge.character')}
            maxLength={1}
            defaultValue={wedge.suffix}
            onBlur={(event) => {
              const typed = event.currentTarget.value
              if (typed.length === 1) set({ suffix: typed })
            }}
          />
        ) : null}
      </Setting>
      <Setting title={t('settings.wedge.prefix')} help={t('settings.wedge.prefixHelp')}>
        <TextInput
          aria-label={t('settings.wedge.prefix')}
          maxLength={8}
          defaultValue={wedge.prefix}
          onBlur={(event) => set({ prefix: event.currentTarget.value })}
        />
      </Setting>
      <Setting title={t('settings.wedge.places')} help={t('settings.wedge.placesHelp')}>
        <SegmentedControl
          fullWidth
          aria-label={t('settings.wedge.places')}
          value={wedge.places}
          data={[
            { value: 'typed', label: t('settings.wedge.typed') },
            { value: 'us', label: t('settings.wedge.us') },
          ]}
          onChange={(value) => set({ places: value === 'us' ? 'us' : 'typed' })}
        />
      </Setting>
    </Settings>
  )
}
