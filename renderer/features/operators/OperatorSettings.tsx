import { Button, PasswordInput, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { role } from '#shared/contract/settings.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { Barcode } from '#renderer/ui/Barcode.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import { Card, Cards, FormStack } from '#renderer/ui/Setting.tsx'

interface Draft {
  readonly id: string | null
  readonly name: string
  readonly role: (typeof role.options)[number]
  readonly pin: string
  readonly active: boolean
  readonly badge: string
}

export function OperatorSettings() {
  const { t } = useTranslation()
  const list = useCall('operators.list', {})
  const [draft, setDraft] = useState<Draft | null>(null)
  return (
    <Section
      title={t('settings.tab.operators')}
      aside={
        <Button
          onClick={() =>
            setDraft({
              id: null,
              name: '',
              // The first one must be able to release and to sign others in.
              role: list.data?.operators.length === 0 ? 'supervisor' : 'packer',
              pin: '',
              active: true,
              badge: '',
            })
          }
        >
          {t('settings.operator.add')}
        </Button>
      }
    >
      <FailureNote error={list.error} />
      {list.data?.operators.length === 0 ? (
        <Empty title={t('settings.operator.none')}>
          <p>{t('settings.operator.noneHelp')}</p>
        </Empty>
      ) : null}
      <Cards>
        {(list.data?.operators ?? []).map((one) => (
          <Card
            key={one.id}
            title={one.name}
            mark={one.active ? undefined : <Chip tone="idle">{t('settings.operator.off')}</Chip>}
            lines={[t(`role.${one.role}`), one.badge]}
            onOpen={() => setDraft({ ...one, pin: '' })}
          />
        ))}
      </Cards>
      <Dialog
        opened={draft !== null}
        onClose={() => setDraft(null)}
        title={draft?.id === null ? t('settings.operator.add') : draft?.name}
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
  const save = useCommand('operators.save')
  const pinOk = draft.pin === '' ? draft.id !== null : /^\d{4,12}$/.test(draft.pin)
  const submit = () =>
    save.mutate(
      {
        name: draft.name,
        role: draft.role,
        active: draft.active,
        ...(draft.pin === '' ? {} : { pin: draft.pin }),
        ...(draft.id === null ? {} : { id: draft.id }),
      },
      { onSuccess: onDone },
    )
  return (
    <FormStack>
      <TextInput
        label={t('settings.operator.name')}
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t('settings.operator.role')}
        value={draft.role}
        data={role.options.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChange={(value) =>
          onChange({ ...draft, role: role.options.find((one) => one === value) ?? 'packer' })
        }
      />
      <PasswordInput
        label={t('settings.operator.pin')}
        description={draft.id === null ? t('settings.operator.pinNew') : t('settings.operator.pinKeep')}
        inputMode="numeric"
        autoComplete="off"
        value={draft.pin}
        onChange={(event) => onChange({ ...draft, pin: event.currentTarget.value.replaceAll(/\D/g, '') })}
      />
      {draft.id === null ? null : (
        <Switch
          size="lg"
          label={t('settings.operator.active')}
          checked={draft.active}
          onChange={(event) => onChange({ ...draft, active: event.currentTarget.checked })}
        />
      )}
      {draft.badge === '' ? null : <Barcode code={draft.badge} text={draft.name} />}
      <FailureNote error={save.error} />
      <Button
        size="lg"
        disabled={draft.name.trim() === '' || !pinOk}
        loading={save.isPending}
        onClick={submit}
      >
        {t('word.save')}
      </Button>
    </FormStack>
  )
}
