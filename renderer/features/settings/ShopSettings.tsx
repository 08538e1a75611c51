import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { platform, type shop } from '#shared/contract/settings.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import { Card, Cards, FormStack } from '#renderer/ui/Setting.tsx'

type Shop = z.infer<typeof shop>
type Draft = Omit<Shop, 'id'> & { readonly id: string | null }

const policies = ['allowFresh', 'block', 'quarantine'] as const

const fresh: Draft = {
  id: null,
  name: '',
  platform: 'other',
  zone: 'Asia/Shanghai',
  courier: null,
  promiseHours: 48,
  stalePolicy: 'allowFresh',
  freshMinutes: 720,
  sender: '',
  returnsText: '',
}

export function ShopSettings() {
  const { t } = useTranslation()
  const shops = useCall('settings.shops', {})
  const [draft, setDraft] = useState<Draft | null>(null)
  return (
    <Section
      title={t('settings.tab.shops')}
      aside={<Button onClick={() => setDraft(fresh)}>{t('settings.shop.add')}</Button>}
    >
      <FailureNote error={shops.error} />
      {shops.data?.shops.length === 0 ? <Empty title={t('settings.shop.none')} /> : null}
      <Cards>
        {(shops.data?.shops ?? []).map((one) => (
          <Card
            key={one.id}
            title={one.name}
            lines={[
              t(`platform.${one.platform}`),
              one.courier ?? t('settings.shop.noCourier'),
              t(`settings.policy.${one.stalePolicy}`, { minutes: one.freshMinutes }),
            ]}
            onOpen={() => setDraft(one)}
          />
        ))}
      </Cards>
      <Dialog
        opened={draft !== null}
        onClose={() => setDraft(null)}
        size="lg"
        title={draft?.id === null ? t('settings.shop.add') : draft?.name}
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
  const couriers = useCall('settings.couriers', {})
  const save = useCommand('settings.saveShop')
  const put = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const submit = () => {
    const { id, ...rest } = draft
    save.mutate(id === null ? rest : { ...rest, id }, { onSuccess: onDone })
  }
  return (
    <FormStack>
      <TextInput
        label={t('settings.shop.name')}
        value={draft.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <Select
        label={t('settings.shop.platform')}
        allowDeselect={false}
        value={draft.platform}
        data={platform.options.map((value) => ({ value, label: t(`platform.${value}`) }))}
        onChange={(value) => put({ platform: platform.options.find((one) => one === value) ?? 'other' })}
      />
      <Select
        label={t('settings.shop.courier')}
        clearable
        value={draft.courier}
        data={(couriers.data?.couriers ?? []).map((one) => one.name)}
        onChange={(courier) => put({ courier })}
      />
      <NumberInput
        label={t('settings.shop.promise')}
        min={1}
        max={2400}
        value={draft.promiseHours}
        onChange={(value) => put({ promiseHours: Number(value) || 48 })}
      />
      <Select
        label={t('settings.shop.policy')}
        description={t('settings.shop.policyHelp')}
        allowDeselect={false}
        value={draft.stalePolicy}
        data={policies.map((value) => ({
          value,
          label: t(`settings.policy.${value}`, { minutes: draft.freshMinutes }),
        }))}
        onChange={(value) => put({ stalePolicy: policies.find((one) => one === value) ?? 'allowFresh' })}
      />
      <NumberInput
        label={t('settings.shop.fresh')}
        min={1}
        value={draft.freshMinutes}
        onChange={(value) => put({ freshMinutes: Number(value) || 1 })}
      />
      <TextInput
        label={t('settings.shop.zone')}
        value={draft.zone}
        onChange={(event) => put({ zone: event.currentTarget.value })}
      />
      <Textarea
        label={t('settings.shop.sender')}
        autosize
        minRows={2}
        value={draft.sender}
        onChange={(event) => put({ sender: event.currentTarget.value })}
      />
      <Textarea
        label={t('settings.shop.returns')}
        autosize
        minRows={2}
        value={draft.returnsText}
        onChange={(event) => put({ returnsText: event.currentTarget.value })}
      />
      <FailureNote error={save.error} />
      <Button size="lg" disabled={draft.name.trim() === ''} loading={save.isPending} onClick={submit}>
        {t('word.save')}
      </Button>
    </FormStack>
  )
}
