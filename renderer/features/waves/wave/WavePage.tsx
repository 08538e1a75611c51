import { Button } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { addressOf, go } from '#renderer/platform/router.ts'
import { Barcode } from '#renderer/ui/Barcode.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Page, Section } from '#renderer/ui/Page.tsx'
import { AssignPicker } from './AssignPicker.tsx'
import { DueTime } from '#renderer/features/waves/DueTime.tsx'
import { JoinPanel } from './JoinPanel.tsx'
import { Replanned, type ReplanOutcome } from './Replanned.tsx'
import { ReplanPanel } from './ReplanPanel.tsx'
import { useRework } from './rework.ts'
import { WalkMap } from '#renderer/features/waves/walk/WalkMap.tsx'
import css from './wave.module.css'
import { WaveEvents } from './WaveEvents.tsx'
import { WavePapers } from './WavePapers.tsx'
import { WaveSlots } from './WaveSlots.tsx'
import { WaveStops } from './WaveStops.tsx'
import { metres, themeWords, waveName, workWords } from '#renderer/features/waves/words.ts'

export type Wave = NonNullable<Output<'waves.get'>>

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
  return <Loaded wave={wave.data} />
}

function Loaded({ wave }: { wave: Wave }) {
  const [outcome, setOutcome] = useState<ReplanOutcome | null>(null)
  // A new list is a new walk: marks of the old one mean nothing on it.
  return <Detail key={wave.revision} wave={wave} outcome={outcome} onReplanned={setOutcome} />
}

interface DetailProps {
  readonly wave: Wave
  readonly outcome: ReplanOutcome | null
  readonly onReplanned: (outcome: ReplanOutcome) => void
}

function Detail({ wave, outcome, onReplanned }: DetailProps) {
  const { t } = useTranslation()
  const dissolve = useCommand('waves.dissolve')
  const map = useCall('waves.map', { id: wave.id })
  const numbers = useMemo(() => wave.stops.map(({ number }) => number), [wave.stops])
  const listed = wave.stops.findIndex((stop) => stop.listed)
  const from = listed < 0 ? wave.stops.length : listed
  const rework = useRework(wave, from)
  const { isPicked } = rework
  // One stop may be several goods; it is done when all of them are.
  const isStopDone = useCallback(
    (number: number) =>
      numbers.includes(number) && numbers.every((own, index) => own !== number || isPicked(index)),
    [numbers, isPicked],
  )
  const running = wave.state === 'open' || wave.state === 'picking'
  const due = wave.dueAt ?? wave.shipBy
  return (
    <Page
      title={waveName(wave.number)}
      lead={
        <>
          {factsOf(wave, t)}
          {due === null ? null : (
            <>
              <br />
              <DueTime at={due} over={wave.state === 'done'} />
            </>
          )}
        </>
      }
      actions={<Barcode code={wave.code} />}
    >
      <WavePapers wave={wave} />
      <div className={css.acts}>
        <AssignPicker wave={wave} />
        {wave.packed === 0 && wave.state !== 'done' ? (
          <Button
            variant="subtle"
            loading={dissolve.isPending}
            onClick={() => dissolve.mutate({ id: wave.id }, { onSuccess: () => go({ at: 'waves' }) })}
          >
            {t('waves.dissolve')}
          </Button>
        ) : null}
      </div>
      <FailureNote error={dissolve.error} />
      {outcome === null || outcome.revision !== wave.revision ? null : <Replanned outcome={outcome} />}
      {running ? <ReplanPanel wave={wave} rework={rework} onDone={onReplanned} /> : null}
      <div className={css.walk}>
        <Section title={t('waves.stops')} aside={<span className={css.faint}>{t('waves.stopsHelp')}</span>}>
          <WaveStops stops={wave.stops} numbers={numbers} rework={rework} />
        </Section>
        <div className={css.beside} data-rework={rework.active}>
          <Section title={t('waves.mapTitle')}>
            <FailureNote error={map.error} />
            {map.data === null ? (
              <p className={css.faint}>
                {t('waves.noMap')}{' '}
                <a className={css.link} href={addressOf({ at: 'settings', tab: 'floor' })}>
                  {t('waves.noMapAct')}
                </a>
              </p>
            ) : null}
            {map.data === undefined || map.data === null ? null : (
              <WalkMap walk={map.data} isDone={isStopDone} maxHeight={640} />
            )}
          </Section>
          <WaveEvents events={wave.events} />
        </div>
      </div>
      {running ? <JoinPanel wave={wave} /> : null}
      <WaveSlots wave={wave} />
    </Page>
  )
}

function factsOf(wave: Wave, t: TFunction): string {
  return [
    t(`waves.kind.${wave.kind}`),
    themeWords(wave.theme, t),
    t(`waves.state.${wave.state}`),
    wave.revision > 1 ? t('waves.revision', { revision: wave.revision }) : '',
    t('waves.pickedOf', { picked: wave.picked, units: wave.units }),
    t('waves.packedOf', { packed: wave.packed, orders: wave.orders }),
    wave.distanceMm === null ? '' : t('waves.metres', { metres: metres(wave.distanceMm) }),
    wave.seconds === null ? '' : t('waves.effortUnknown', { time: workWords(wave.seconds, t) }),
  ]
    .filter((word) => word !== '')
    .join(' · ')
}
