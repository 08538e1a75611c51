import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Section } from '#renderer/ui/Page.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './wave.module.css'
import type { Wave } from './WavePage.tsx'

/** Orders offered: those due soonest. Who looks for another one finds it by its number. */
const offered = 20

/** An order that cannot wait joins a running wave, with a reason that everybody is shown. */
export function JoinPanel({ wave }: { wave: Wave }) {
  const { t } = useTranslation()
  const tell = useTell()
  const urgent = useCall('waves.urgent', { limit: offered })
  const join = useCommand('waves.join')
  const [order, setOrder] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const orders = urgent.data?.orders ?? []
  const submit = () => {
    if (order === null) return
    join.mutate(
      { id: wave.id, order, reason: reason.trim() },
      {
        onSuccess: ({ revision, slot }) => {
          setOrder(null)
          setReason('')
          tell(
            slot === null
              ? t('join.done', { order, revision })
              : t('join.doneSlot', { order, revision, slot }),
          )
        },
      },
    )
  }
  return (
    <Section title={t('join.title')} aside={<span className={css.faint}>{t('join.lead')}</span>}>
      <FailureNote error={urgent.error} />
      {urgent.data !== undefined && orders.length === 0 ? (
        <p className={css.faint}>{t('join.none')}</p>
      ) : (
        <form
          className={css.join}
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <Select
            className={css.joinOrder ?? ''}
            label={t('join.order')}
            searchable
            value={order}
            data={orders.map((one) => ({
              value: one.order,
              label:
                one.dueAt === null
                  ? t('join.noDue', { order: one.order })
                  : t('join.due', { order: one.order, time: when(one.dueAt) }),
            }))}
            onChange={setOrder}
          />
          <TextInput
            className={css.joinReason ?? ''}
            label={t('join.reason')}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" disabled={order === null || reason.trim() === ''} loading={join.isPending}>
            {t('join.act')}
          </Button>
        </form>
      )}
      <FailureNote error={join.error} />
    </Section>
  )
}
