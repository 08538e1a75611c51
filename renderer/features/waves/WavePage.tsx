import { Button } from '@mantine/core'
import { IconArrowRight, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldFile } from '#shared/contract/entry.ts'
import type { Output } from '#shared/contract/index.ts'
import { ask, useCall, useClient, useCommand } from '#renderer/platform/core.tsx'
import { save } from '#renderer/platform/files.ts'
import { when } from '#renderer/platform/moment.ts'
import { addressOf, go } from '#renderer/platform/router.ts'
import { useLongCall } from '#renderer/platform/long-call.ts'
import { markSeen } from '#renderer/platform/seen.ts'
import { Barcode } from '#renderer/ui/Barcode.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page, Section } from '#renderer/ui/Page.tsx'
import { PaperProgress } from '#renderer/ui/PaperProgress.tsx'
import css from './wave.module.css'
import { waveName } from './WavesPage.tsx'

type Wave = NonNullable<Output<'waves.get'>>

export function WavePage({ id }: { id: string }) {
  const { t } = useTranslation()
  const wave = useCall('waves.get', { id: /^\d+$/.test(id) ? Number(id) : id })
  if (wave.error !== null) {
    return (
      <Page title={t('word.wave')}>
        <FailureNote error={wave.error} />
      </Page>
    )
  }
  if (wave.data === undefined) return <Page title={t('word.wave')}>{null}</Page>
  if (wave.data === null) {
    return (
      <Page title={t('word.wave')}>
        <Empty title={t('waves.gone')} />
      </Page>
    )
  }
  return <Detail wave={wave.data} />
}

function Detail({ wave }: { wave: Wave }) {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const dissolve = useCommand('waves.dissolve')
  const paper = useLongCall()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'

  const fetch = async (name: string, work: (job: string) => Promise<HeldFile>) => {
    setBusy(name)
    setError(null)
    try {
      await save(client, await paper.run(work))
      if (name.startsWith('pick')) markSeen('pickList')
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(null)
    }
  }

  return (
    <Page
      title={waveName(wave.number)}
      lead={[
        t(`waves.kind.${wave.kind}`),
        t(`waves.state.${wave.state}`),
        t('waves.packedOf', { packed: wave.packed, orders: wave.orders }),
        t('waves.lines', { lines: wave.lines, units: wave.units }),
        wave.distanceMm === null ? '' : t('waves.metres', { metres: Math.round(wave.distanceMm / 1000) }),
        wave.shipBy === null ? '' : `${t('word.shipBy')} ${when(wave.shipBy)}`,
      ]
        .filter((word) => word !== '')
        .join(' · ')}
      actions={<Barcode code={wave.code} />}
    >
      <div className={css.papers}>
        <Button
          leftSection={<IconPrinter size={20} aria-hidden="true" />}
          loading={busy === 'pickA4'}
          onClick={() =>
            void fetch('pickA4', (job) =>
              ask(client, 'waves.pickList', { job, id: wave.id, paper: 'A4', language }),
            )
          }
        >
          {t('waves.pickList')}
        </Button>
        <Button
          variant="default"
          loading={busy === 'pick80'}
          onClick={() =>
            void fetch('pick80', (job) =>
              ask(client, 'waves.pickList', { job, id: wave.id, paper: '80mm', language }),
            )
          }
        >
          {t('waves.pickList80')}
        </Button>
        <Button
          variant="default"
          loading={busy === 'slips'}
          onClick={() =>
            void fetch('slips', (job) =>
              ask(client, 'waves.packingSlips', { job, id: wave.id, paper: 'A5', language }),
            )
          }
        >
          {t('waves.slips')}
        </Button>
        <Button
          variant="default"
          rightSection={<IconArrowRight size={20} aria-hidden="true" />}
          onClick={() => go({ at: 'bench', mode: 'pack' })}
        >
          {t('nav.bench')}
        </Button>
        {wave.packed === 0 && wave.state !== 'done' ? (
          <Button
            className={css.apart}
            variant="subtle"
            loading={dissolve.isPending}
            onClick={() => dissolve.mutate({ id: wave.id }, { onSuccess: () => go({ at: 'waves' }) })}
          >
            {t('waves.dissolve')}
          </Button>
        ) : null}
      </div>
      <PaperProgress call={paper} />
      <FailureNote error={error ?? dissolve.error} />
      {wave.kind === 'multi' ? (
        <Section title={t('waves.slotsTitle')}>
          <ul className={css.wall}>
            {wave.slots.map((slot) => (
              <li key={slot.code}>
                <a
                  className={css.cell}
                  data-state={slot.state}
                  href={addressOf({ at: 'order', id: slot.orderId })}
                >
                  <span className={css.slotNumber}>{slot.slot ?? '·'}</span>
                  <span className={css.slotOrder}>{slot.order}</span>
                  <span className={css.slotState}>
                    {t(`waves.slot.${slot.state}`)} · {t('waves.unitsShort', { count: slot.units })}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('waves.stops')} aside={<span className={css.faint}>{t('waves.stopsHelp')}</span>}>
        <Stops stops={wave.stops} />
      </Section>
      {wave.kind === 'single' ? (
        <Section title={t('nav.orders')}>
          <ul className={css.plain}>
            {wave.slots.map((slot) => (
              <li key={slot.orderId}>
                <a
                  className={css.order}
                  data-state={slot.state}
                  href={addressOf({ at: 'order', id: slot.orderId })}
                >
                  {slot.order} · {t(`waves.slot.${slot.state}`)}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </Page>
  )
}

const aisleOf = (stop: Wave['stops'][number]): string => `${stop.zone} ${stop.aisle}`.trim()

/** The walk, in order: a new aisle begins a new group, as on the paper. */
function Stops({ stops }: { stops: Wave['stops'] }) {
  const { t } = useTranslation()
  return (
    <ol className={css.stops}>
      {stops.map((stop, index) => {
        const here = aisleOf(stop)
        const before = stops[index - 1]
        const fresh = before === undefined || aisleOf(before) !== here
        return (
          <li key={`${stop.location}-${stop.sku}-${index}`}>
            {fresh && here !== '' ? <p className={css.aisle}>{t('waves.aisle', { aisle: here })}</p> : null}
            <div className={css.stop}>
              <span className={css.shelf}>{stop.location ?? t('waves.noShelf')}</span>
              <span className={css.name}>
                {stop.name}
                <span className={css.faint}> {stop.sku}</span>
              </span>
              <span className={css.bubbles}>
                {stop.slots.map((slot) => (
                  <span key={slot.slot} className={css.bubble}>
                    {slot.slot}
                    {slot.quantity > 1 ? <sup>×{slot.quantity}</sup> : null}
                  </span>
                ))}
              </span>
              <strong className={css.quantity}>{stop.quantity}</strong>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
