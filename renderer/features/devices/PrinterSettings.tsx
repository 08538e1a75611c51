import { Button, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { printer } from '#shared/contract/devices.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import { Card, Cards, FormStack } from '#renderer/ui/Setting.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'

type Printer = z.infer<typeof printer>
type Draft = Omit<Printer, 'id'> & { readonly id: string | null }

const fresh: Draft = {
  id: null,
  name: '',
  transport: 'tcp',
  address: '',
  language: 'zpl',
  widthMm: 100,
  heightMm: 150,
  dpi: 203,
  darkness: null,
  speed: null,
  compression: 'z64',
  media: 'gap',
  gapMm: 2,
  offsetXMm: 0,
  offsetYMm: 0,
  rotation: 0,
  profile: null,
  layout: null,
  componentPrinter: null,
  componentTemplate: null,
  spare: null,
}

export function PrinterSettings() {
  const { t } = useTranslation()
  const tell = useTell()
  const printers = useCall('devices.printers', {})
  const test = useCommand('devices.testPrint')
  const [draft, setDraft] = useState<Draft | null>(null)
  const print = (id: string) =>
    test.mutate(
      { id },
      {
        onSuccess: ({ outcome, reason }) =>
          tell(
            t(`settings.printer.outcome.${outcome}`, { reason }),
            outcome === 'sent' || outcome === 'printed' ? 'ok' : outcome === 'unknown' ? 'hold' : 'wrong',
          ),
      },
    )
  return (
    <Section
      title={t('settings.tab.printers')}
      aside={<Button onClick={() => setDraft(fresh)}>{t('settings.printer.add')}</Button>}
    >
      <FailureNote error={printers.error ?? test.error} />
      {printers.data?.printers.length === 0 ? <Empty title={t('settings.printer.none')} /> : null}
      <Cards>
        {(printers.data?.printers ?? []).map((one) => (
          <Card
            key={one.id}
            title={one.name}
            lines={[
              one.transport === 'simulated' ? t('settings.printer.simulated') : one.address,
              `${one.widthMm} × ${one.heightMm} mm · ${one.dpi} dpi · ${one.language.toUpperCase()}`,
            ]}
            onOpen={() => setDraft(one)}
            actions={
              <Button
                variant="default"
                loading={test.isPending && test.variables.id === one.id}
                onClick={() => print(one.id)}
              >
                {t('settings.printer.test')}
              </Button>
            }
          />
        ))}
      </Cards>
      <Dialog
        opened={draft !== null}
        onClose={() => setDraft(null)}
        title={draft?.id === null ? t('settings.printer.add') : draft?.name}
      >
        {draft === null ? null : <Form draft={draft} onChange={setDraft} onDone={() => setDraft(null)} />}
      </Dialog>
    </Section>
  )
}

function Form({
  draft,
  onChange,
  onDone,
}: {
  draft: Draft
  onChange: (draft: Draft) => void
  onDone: () => void
}) {
  const { t } = useTranslation()
  const save = useCommand('devices.savePrinter')
  const put = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const submit = () => {
    const { id, ...rest } = draft
    const whole = { ...rest, address: rest.transport === 'simulated' ? 'simulated' : rest.address }
    save.mutate(id === null ? whole : { ...whole, id }, { onSuccess: onDone })
  }
  return (
    <FormStack>
      <TextInput
        label={t('settings.printer.name')}
        value={draft.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t('settings.printer.transport')}
        value={draft.transport}
        data={[
          { value: 'tcp', label: t('settings.printer.tcp') },
          { value: 'simulated', label: t('settings.printer.simulated') },
        ]}
        onChange={(value) => put({ transport: value === 'tcp' ? 'tcp' : 'simulated' })}
      />
      {draft.transport === 'tcp' ? (
        <TextInput
          label={t('settings.printer.address')}
          placeholder="192.168.1.50:9100"
          value={draft.address}
          onChange={(event) => put({ address: event.currentTarget.value })}
        />
      ) : null}
      <NumberInput
        label={t('settings.printer.width')}
        min={20}
        max={300}
        value={draft.widthMm}
        onChange={(value) => put({ widthMm: Number(value) || 100 })}
      />
      <NumberInput
        label={t('settings.printer.height')}
        min={10}
        max={600}
        value={draft.heightMm}
        onChange={(value) => put({ heightMm: Number(value) || 150 })}
      />
      <SegmentedControl
        aria-label={t('settings.printer.dpi')}
        value={String(draft.dpi)}
        data={['203', '300'].map((value) => ({ value, label: `${value} dpi` }))}
        onChange={(value) => put({ dpi: value === '300' ? 300 : 203 })}
      />
      <FailureNote error={save.error} />
      <Button
        size="lg"
        disabled={draft.name.trim() === '' || (draft.transport === 'tcp' && draft.address.trim() === '')}
        loading={save.isPending}
        onClick={submit}
      >
        {t('word.save')}
      </Button>
    </FormStack>
  )
}
