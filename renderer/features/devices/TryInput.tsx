import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputDevice } from '#shared/contract/devices.ts'
import { visibleCode } from '#shared/domain/devices/codes/visible-code.ts'
import { useCall, useClient } from '#renderer/platform/core.tsx'
import { clockSeconds } from '#renderer/platform/moment.ts'
import { useScan } from '#renderer/platform/scans.tsx'
import { useReason } from './device-words.ts'
import css from './devices.module.css'

interface Heard {
  readonly code: string
  readonly aim: string | undefined
  /** Null: it types like a keyboard. */
  readonly device: string | null
  readonly at: number
}

/** A weight is asked for as often as a hand puts something down. */
const weighEveryMs = 400

/** What is heard now, of one device or, with `null`, of whatever speaks. While it shows, no scan does anything else. */
export function TryInput({ device }: { device: string | null }) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const rows = useCall('devices.inputs', {}, { everyMs: weighEveryMs }).data?.inputs ?? []
  const row = rows.find(({ name }) => name === device)
  const heard = useHeard(device)
  return (
    <section className={css.try} aria-label={t('devices.try.title')} aria-live="polite">
      {row?.kind === 'scale' ? (
        <Weight row={row} />
      ) : heard === null ? (
        <p className={css.tryAsk}>{t('devices.try.scan')}</p>
      ) : (
        <>
          <p className={css.tryHeard}>{visibleCode(heard.code, 200)}</p>
          <p className={css.quiet}>
            {[
              `✔ ${t('devices.try.heard')} ${clockSeconds(heard.at)}`,
              t('devices.try.from', { device: heard.device ?? t('devices.try.wedge') }),
              ...(heard.aim === undefined ? [] : [t('devices.try.aim', { aim: heard.aim })]),
            ].join(' · ')}
          </p>
        </>
      )}
      {row?.link.kind !== 'gone' ? null : (
        <p className={css.warning}>
          {row.link.reason === ''
            ? t('devices.try.goneShort')
            : t('devices.try.gone', { reason: reasonOf(row.link.reason) })}
        </p>
      )}
    </section>
  )
}

function Weight({ row: { weight } }: { row: InputDevice }) {
  const { t } = useTranslation()
  if (weight === null) return <p className={css.tryAsk}>{t('devices.try.weigh')}</p>
  if (weight.kind !== 'weight') return <p className={css.tryAsk}>{t(`devices.inputs.${weight.kind}`)}</p>
  return (
    <p className={css.tryHeard}>
      {t(weight.stable ? 'devices.inputs.weight' : 'devices.inputs.swinging', { grams: weight.grams ?? 0 })}
    </p>
  )
}

function useHeard(device: string | null): Heard | null {
  const client = useClient()
  const [heard, setHeard] = useState<Heard | null>(null)
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type !== 'scanned' || (device !== null && event.device !== device)) return
        setHeard({ code: event.code, aim: event.aim, device: event.device, at: Date.parse(event.at) })
      }),
    [client, device],
  )
  useScan((scan) => {
    // What the core drives came above, by its name.
    if (scan.role !== undefined || device !== null) return
    setHeard({ code: scan.code, aim: scan.aim, device: null, at: scan.at })
  })
  return heard
}
