import { useTranslation } from 'react-i18next'
import type { OrderRow } from '#shared/contract/orders.ts'
import { minutesUntil, useNow, when } from '#renderer/platform/moment.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import css from './order-words.module.css'

export function OrderChip({ order }: { order: Pick<OrderRow, 'state' | 'stop' | 'hold' | 'wave'> }) {
  const { t } = useTranslation()
  if (order.state !== 'handedOver' && order.state !== 'cancelled') {
    if (order.stop !== null) return <Chip tone="wrong">{t(`stop.${order.stop}`)}</Chip>
    if (order.hold !== null) return <Chip tone="hold">{t('order.held')}</Chip>
  }
  if (order.state === 'open' && order.wave !== null) return <Chip tone="info">{t('order.inWave')}</Chip>
  return (
    <Chip tone={order.state === 'packed' || order.state === 'handedOver' ? 'ok' : 'idle'}>
      {t(`order.state.${order.state}`)}
    </Chip>
  )
}

/** A promised time: its clock, and how far it is when that matters. */
export function Deadline({ at, done }: { at: string | null; done: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  if (at === null) return <span className={css.faint}>—</span>
  const minutes = minutesUntil(at, now)
  const tone = done ? 'done' : minutes < 0 ? 'late' : minutes < 120 ? 'soon' : 'far'
  return (
    <span className={css.deadline} data-tone={tone}>
      {when(at, now)}
      {tone === 'late' ? <strong> {t('order.late')}</strong> : null}
    </span>
  )
}
