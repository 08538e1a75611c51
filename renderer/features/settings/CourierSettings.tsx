import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { addressOf } from '#renderer/platform/router.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import { Card, Cards, FormStack } from '#renderer/ui/Setting.tsx'

interface Draft {
  readonly id: string | null
  readonly name: string
  readonly cutoff: string
}

/** Below this many free numbers a bench may stop within the day. */
const lowPool = 100

export function CourierSettings() {
  const { t } = useTranslation()
  const couriers = useCall('settings.couriers', {})
  const pool = useCall('labels.pool', {})
  const save = useCommand('settings.saveCourier')
  const [draft, setDraft] = useState<Draft | null>(null)
  const submit = () => {
    if (draft === null) return
    save.mutate(
      {
        name: draft.name,
        cutoff: draft.cutoff === '' ? null : draft.cutoff,
        ...(draft.id === null ? {} : { id: draft.id }),
      },
      { onSuccess: () => setDraft(null) },
    )
  }
  return (
    <Section
      title={t('settings.tab.couriers')}
      aside={
        <Button onClick={() => setDraft({ id: null, name: '', cutoff: '' })}>
          {t('settings.courier.add')}
        </Button>
      }
    >
      <FailureNote error={couriers.error} />
      {couriers.data?.couriers.length === 0 ? <Empty title={t('settings.courier.none')} /> : null}
      <Cards>
        {(couriers.data?.couriers ?? []).map((one) => {
          const numbers = pool.data?.couriers.find((row) => row.courier === one.name)
          return (
            <Card
              key={one.id}
              title={one.name}
              mark={
                <Chip tone={one.free === 0 ? 'wrong' : one.free < lowPool ? 'hold' : 'ok'}>
                  {t('settings.courier.free', { count: one.free })}
                </Chip>
              }
              lines={[
                one.cutoff === null
                  ? t('settings.courier.noCutoff')
                  : t('settings.courier.cutoff', { time: one.cutoff }),
                numbers === undefined
                  ? ''
                  : t('settings.courier.used', { used: numbers.used, spent: numbers.void }),
              ]}
              onOpen={() => setDraft({ id: one.id, name: one.name, cutoff: one.cutoff ?? '' })}
              actions={
                <Button component="a" variant="default" href={addressOf({ at: 'imports' })}>
                  {t('settings.courier.import')}
                </Button>
              }
            />
          )
        })}
      </Cards>
      <Dialog
        opened={draft !== null}
        onClose={() => setDraft(null)}
        title={draft?.id === null ? t('settings.courier.add') : draft?.name}
      >
        {draft === null ? null : (
          <FormStack>
            <TextInput
              label={t('settings.courier.name')}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('settings.courier.cutoffLabel')}
              description={t('settings.courier.cutoffHelp')}
              value={draft.cutoff}
              onChange={(event) => setDraft({ ...draft, cutoff: event.currentTarget.value })}
            />
            <FailureNote error={save.error} />
            <Button size="lg" disabled={draft.name.trim() === ''} loading={save.isPending} onClick={submit}>
              {t('word.save')}
            </Button>
          </FormStack>
        )}
      </Dialog>
    </Section>
  )
}
