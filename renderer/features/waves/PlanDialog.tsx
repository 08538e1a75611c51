import { Button, NumberInput, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { ask, useCall, useClient, useProgress } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './plan.module.css'

/** Plans the waiting orders: what would come out stands beside the options before anything is released. */
export function PlanDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog opened={opened} onClose={onClose} size={960} title={t('plan.title')}>
      <Planner onClose={onClose} />
    </Dialog>
  )
}

function Planner({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const tell = useTell()
  const settings = useCall('settings.get', {})
  const shops = useCall('settings.shops', {})
  const [singles, setSingles] = useState(true)
  const [chosenSlots, setSlots] = useState<number | null>(null)
  const [units, setUnits] = useState(0)
  const [shop, setShop] = useState<string | null>(null)
  const [job, setJob] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const progress = useProgress(job)
  const slots = chosenSlots ?? settings.data?.slots ?? 12
  const options = { singles, slots, units, ...(shop === null ? {} : { shop }) }
  const preview = useCall('waves.preview', options, { keep: true })

  const release = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    setError(null)
    try {
      const made = await ask(client, 'waves.plan', { ...options, job: id })
      tell(t('plan.released', { count: made.waves.length }))
      onClose()
    } catch (caught) {
      setError(caught)
    } finally {
      setJob(null)
    }
  }

  return (
    <div className={css.plan}>
      <div className={css.options}>
        <Switch
          size="lg"
          checked={singles}
          label={t('plan.singles')}
          description={t('plan.singlesHelp')}
          onChange={(event) => setSingles(event.currentTarget.checked)}
        />
        <NumberInput
          label={t('plan.slots')}
          description={t('plan.slotsHelp')}
          min={1}
          max={200}
          value={slots}
          onChange={(value) => setSlots(Math.min(200, Math.max(1, Number(value) || 1)))}
        />
        <NumberInput
          label={t('plan.units')}
          description={t('plan.unitsHelp')}
          min={0}
          value={units}
          onChange={(value) => setUnits(Math.max(0, Number(value) || 0))}
        />
        <Select
          label={t('word.shop')}
          placeholder={t('orders.allShops')}
          clearable
          value={shop}
          data={(shops.data?.shops ?? []).map((one) => one.name)}
          onChange={setShop}
        />
      </div>
      <div className={css.outcome}>
        <FailureNote error={error ?? preview.error} />
        {preview.data === undefined ? null : <Outcome outcome={preview.data} />}
        <div className={css.acts}>
          <Button
            size="lg"
            loading={job !== null}
            disabled={(preview.data?.waves.length ?? 0) === 0}
            onClick={() => void release()}
          >
            {t('plan.release', { count: preview.data?.waves.length ?? 0 })}
          </Button>
          {job === null || progress === null || progress.total === 0 ? null : (
            <span>{t('imports.progress', { done: progress.done, total: progress.total })}</span>
          )}
        </div>
      </div>
    </div>
  )
}

function Outcome({ outcome }: { outcome: Output<'waves.preview'> }) {
  const { t, i18n } = useTranslation()
  const orders = outcome.waves.reduce((sum, wave) => sum + wave.orders, 0)
  const words = (reason: { code: string; params?: Record<string, string | number> | undefined }) => {
    const key = `plan.reason.${reason.code}`
    return i18n.exists(key) ? String(i18n.t(key as never, (reason.params ?? {}) as never)) : reason.code
  }
  if (outcome.waves.length === 0 && outcome.leftOut.length === 0) return <p>{t('plan.nothing')}</p>
  return (
    <>
      <p className={css.sum}>
        {t('plan.sum', {
          waves: t('count.waves', { count: outcome.waves.length }),
          orders: t('count.orders', { count: orders }),
        })}
        {outcome.leftOut.length === 0 ? '' : ` · ${t('plan.leftOut', { count: outcome.leftOut.length })}`}
      </p>
      <div className={css.tableBox} tabIndex={0} role="region" aria-label={t('plan.title')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('plan.col.kind')}</th>
              <th className={css.end}>{t('plan.col.orders')}</th>
              <th className={css.end}>{t('plan.col.units')}</th>
              <th className={css.end}>{t('plan.col.stops')}</th>
              <th className={css.end}>{t('word.shipBy')}</th>
            </tr>
          </thead>
          <tbody>
            {outcome.waves.map((wave, index) => (
              <tr key={index}>
                <td>{t(`waves.kind.${wave.kind}`)}</td>
                <td className={css.end}>{wave.orders}</td>
                <td className={css.end}>{wave.units}</td>
                <td className={css.end}>{wave.stops}</td>
                <td className={css.end}>{wave.shipBy === null ? '—' : when(wave.shipBy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {outcome.leftOut.length === 0 ? null : (
        <details className={css.left}>
          <summary>{t('plan.leftOut', { count: outcome.leftOut.length })}</summary>
          <ul>
            {outcome.leftOut.slice(0, 100).map((one) => (
              <li key={one.order}>
                <strong>{one.order}</strong> {words(one.reason)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
