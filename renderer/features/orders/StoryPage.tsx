import { Button, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OrderStory } from '#shared/contract/orders.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { clockSeconds, dayOf, when } from '#renderer/platform/moment.ts'
import { addressOf } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page, Section } from '#renderer/ui/Page.tsx'
import { itemName } from '#renderer/ui/item-name.ts'
import { ProductPicture } from '#renderer/ui/ProductPicture.tsx'
import { Deadline, OrderChip } from './order-words.tsx'
import { labelReason } from '#renderer/ui/label-reason.ts'
import css from './story.module.css'

export function StoryPage({ id }: { id: string }) {
  const { t } = useTranslation()
  const story = useCall('orders.story', { id })
  if (story.error !== null) {
    return (
      <Page title={t('word.order')}>
        <FailureNote error={story.error} />
      </Page>
    )
  }
  if (story.data === undefined) return <Page title={t('word.order')}>{null}</Page>
  if (story.data === null) {
    return (
      <Page title={t('word.order')}>
        <Empty title={t('story.gone')} />
      </Page>
    )
  }
  const order = story.data
  return (
    <Page
      title={order.number}
      lead={`${order.shop} · ${t('story.knownAt', { time: when(order.knownAt) })}`}
      actions={<OrderChip order={order} />}
    >
      <div className={css.columns}>
        <Facts order={order} />
        <Section title={t('story.title')}>
          <Timeline events={order.events} />
        </Section>
      </div>
    </Page>
  )
}

function Facts({ order }: { order: OrderStory }) {
  const { t } = useTranslation()
  const done = order.state === 'handedOver' || order.state === 'cancelled'
  const amount = (order.amountMinor / 100).toFixed(2)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('word.shipBy'), <Deadline key="d" at={order.shipBy} done={done} />],
    [t('word.courier'), order.courier ?? '—'],
    [t('word.waybill'), order.waybill ?? '—'],
    [
      t('word.wave'),
      order.wave === null ? (
        '—'
      ) : (
        <a key="w" href={addressOf({ at: 'wave', id: String(order.wave) })}>
          W-{String(order.wave).padStart(4, '0')}
          {order.slot === null ? '' : ` · ${t('word.slot')} ${order.slot}`}
        </a>
      ),
    ],
    [t('story.amount'), `${amount} ${order.currency}`],
    [t('story.receiver'), order.receiverMasked === '' ? '—' : order.receiverMasked],
    [t('story.platformStatus'), order.platformStatus === '' ? '—' : order.platformStatus],
  ]
  return (
    <div className={css.facts}>
      {order.stop === null || done ? null : (
        <p className={css.stop}>
          <strong>{t(`stop.${order.stop}`)}</strong>
          {order.stopNote === '' ? '' : ` · ${order.stopNote}`}
        </p>
      )}
      <dl className={css.list}>
        {facts.map(([word, value]) => (
          <div key={word} className={css.fact}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {order.buyerNote === '' ? null : (
        <p className={css.note}>
          <strong>{t('bench.buyerNote')}</strong> {order.buyerNote}
        </p>
      )}
      {order.sellerNote === '' ? null : (
        <p className={css.note}>
          <strong>{t('bench.sellerNote')}</strong> {order.sellerNote}
        </p>
      )}
      <Section title={t('story.goods')}>
        <ul className={css.lines}>
          {order.orderLines.map((line, index) => (
            <li key={`${line.sku}-${index}`} className={css.line}>
              <span className={css.picture}>
                <ProductPicture sku={line.sku} title={line.title} picture={line.picture} size="small" />
              </span>
              <span className={css.lineWords}>
                <strong>{itemName(line)}</strong>
                <span className={css.faint}>
                  {line.sku}
                  {line.location === null ? '' : ` · ${line.location}`}
                  {line.known ? '' : ` · ${t('story.unknownSku')}`}
                </span>
                {line.kit === null ? null : (
                  <span className={css.faint}>
                    {t('story.partOfKit', { kit: line.kit.title, quantity: line.kit.quantity })}
                  </span>
                )}
              </span>
              <span className={css.count} data-full={line.packed >= line.quantity}>
                {line.packed}/{line.quantity}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      {order.label === null ? null : <LabelForm key={order.label.id} label={order.label} />}
      {done ? null : <HoldForm order={order} />}
    </div>
  )
}

/** Print again: the label is right, its paper is not. Void: the label is wrong, and the box gets another at a bench. */
function LabelForm({ label }: { label: NonNullable<OrderStory['label']> }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const reprint = useCommand('labels.reprint')
  const voiding = useCommand('labels.void')
  const busy = reprint.isPending || voiding.isPending
  const acts = [
    { act: reprint, word: t('story.label.reprint'), look: undefined },
    { act: voiding, word: t('story.label.void'), look: css.grave },
  ]
  return (
    <Section title={`${t('word.label')} ${label.waybill} · ${t(`label.${label.state}`)}`}>
      <p>{t('story.label.lead', { count: label.prints })}</p>
      <Textarea
        aria-label={t('story.label.reason')}
        placeholder={t('story.label.reason')}
        autosize
        minRows={1}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FailureNote error={reprint.error ?? voiding.error} />
      <div className={css.acts}>
        {acts.map(({ act, word, look }) => (
          <Button
            key={word}
            variant="default"
            className={look ?? ''}
            disabled={busy || reason.trim() === ''}
            loading={act.isPending}
            onClick={() => act.mutate({ id: label.id, reason }, { onSuccess: () => setReason('') })}
          >
            {word}
          </Button>
        ))}
      </div>
    </Section>
  )
}

function HoldForm({ order }: { order: OrderStory }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const hold = useCommand('orders.hold')
  const release = useCommand('orders.release')
  const held = order.hold !== null || order.stop !== null
  const act = held ? release : hold
  return (
    <Section title={held ? t('story.releaseTitle') : t('story.holdTitle')}>
      {order.hold === null ? null : <p className={css.stop}>{t('story.heldFor', { reason: order.hold })}</p>}
      <Textarea
        aria-label={t('story.reason')}
        placeholder={t('story.reason')}
        autosize
        minRows={1}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FailureNote error={act.error} />
      <div>
        <Button
          variant="default"
          disabled={reason.trim() === ''}
          loading={act.isPending}
          onClick={() => act.mutate({ id: order.id, reason }, { onSuccess: () => setReason('') })}
        >
          {held ? t('story.release') : t('story.hold')}
        </Button>
      </div>
    </Section>
  )
}

/** Scans, labels and acts are told in the words that the bench and the boards use for them. */
function textKey(event: OrderStory['events'][number]): string {
  switch (event.kind) {
    case 'scan':
    case 'handOver':
      return `bench.verdict.${event.code}`
    case 'label':
      return `label.${event.code}`
    case 'audit':
      return `story.act.${event.code}`
    case 'weight':
      return `story.weight.${event.code}`
    default:
      return `story.kind.${event.kind}`
  }
}

function eventText({ kind, text }: OrderStory['events'][number], t: TFunction): string {
  if (kind === 'label') {
    const [waybill = '', ...reason] = text.split(' · ')
    return reason.length === 0 ? waybill : `${waybill} · ${labelReason(reason.join(' · '), t)}`
  }
  return kind === 'wave' && /^\d+$/.test(text) ? `W-${text.padStart(4, '0')}` : text
}

function Timeline({ events }: { events: OrderStory['events'] }) {
  const { t, i18n } = useTranslation()
  return (
    <ol className={css.timeline}>
      {events.map((event, index) => {
        const date = dayOf(event.at)
        const before = events[index - 1]
        const fresh = before === undefined || dayOf(before.at) !== date
        const key = textKey(event)
        const words = i18n.exists(key) ? String(i18n.t(key as never)) : t(`story.kind.${event.kind}`)
        return (
          <li key={`${event.at}-${index}`} className={css.event} data-kind={event.kind}>
            {fresh ? <p className={css.day}>{date}</p> : null}
            <span className={css.time}>{clockSeconds(event.at)}</span>
            <span className={css.dot} aria-hidden="true" />
            <span className={css.eventWords}>
              <strong>
                {event.kind === 'label' ? `${t('word.label')} ` : ''}
                {words}
              </strong>
              {event.text === '' ? null : <span className={css.eventText}>{eventText(event, t)}</span>}
              {event.who === null ? null : <span className={css.faint}>{event.who}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
