import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ComponentPlatform, componentPlatforms } from '#shared/domain/devices/component-address.ts'
import { ask, useClient } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import css from './devices.module.css'
import { type Start, startAt } from './printer-draft.ts'
import type { Output } from '#shared/contract/index.ts'
import { useMutation } from '@tanstack/react-query'

/** A marketplace's print component prints what only its marketplace can read: it is asked which printers it has. */
export function ComponentAddress({ onStart }: { onStart: (start: Start) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [platform, setPlatform] = useState<ComponentPlatform>('cainiao')
  const [url, setUrl] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const address = `${platform} ${url}`.trim()
  const asked = useMutation<Output<'devices.componentPrinters'>, Error, string>({
    mutationFn: (at) => ask(client, 'devices.componentPrinters', { address: at }),
    onSuccess: ({ printers }) =>
      setChosen((printers.find(({ isDefault }) => isDefault) ?? printers[0])?.name ?? null),
  })
  const printers = asked.variables === address ? asked.data?.printers : undefined
  return (
    <>
      <div className={css.pair}>
        <Select
          label={t('devices.address.platform')}
          allowDeselect={false}
          value={platform}
          data={componentPlatforms.map((value) => ({
            value,
            label: t(`devices.address.components.${value}`),
          }))}
          onChange={(value) => setPlatform(componentPlatforms.find((one) => one === value) ?? platform)}
        />
        <TextInput
          label={t('devices.address.url')}
          placeholder="ws://127.0.0.1:13528"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value.trim())}
        />
      </div>
      <p className={css.quiet}>{t('devices.address.urlHelp')}</p>
      {platform === 'douyin' ? (
        <p className={css.warning} role="note">
          {t('devices.address.douyinHelp')}
        </p>
      ) : null}
      <Button variant="default" loading={asked.isPending} onClick={() => asked.mutate(address)}>
        {t('devices.address.ask')}
      </Button>
      <FailureNote error={asked.error} />
      {printers?.length === 0 ? <p className={css.warning}>{t('devices.address.noPrinters')}</p> : null}
      {printers === undefined || printers.length === 0 ? null : (
        <Select
          label={t('devices.address.asked')}
          allowDeselect={false}
          value={chosen}
          data={printers.map(({ name, enabled }) => ({
            value: name,
            label: enabled ? name : `${name} (${t('devices.address.off')})`,
          }))}
          onChange={setChosen}
        />
      )}
      <div className={css.buttons}>
        <Button
          size="lg"
          disabled={printers === undefined || chosen === null}
          onClick={() =>
            onStart(
              startAt({
                name: chosen ?? '',
                transport: 'component',
                address,
                componentPrinter: chosen,
              }),
            )
          }
        >
          {t('devices.step.next')}
        </Button>
      </div>
    </>
  )
}
