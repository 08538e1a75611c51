import { NumberInput, SegmentedControl, Select, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Strategy } from '#shared/domain/waves/strategy.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { labelOf, Sentence } from '#renderer/ui/Sentence.tsx'
import css from './strategy-dialog.module.css'

interface Props {
  readonly strategy: Strategy
  readonly onChange: (strategy: Strategy) => void
}

type Numeric = {
  [K in keyof Strategy]: Strategy[K] extends number ? K : never
}[keyof Strategy]
type Flag = {
  [K in keyof Strategy]: Strategy[K] extends boolean ? K : never
}[keyof Strategy]

/** A strategy as sentences with numbers in them, in the order in which a supervisor thinks of them. */
export function StrategyFields({ strategy, onChange }: Props) {
  const { t } = useTranslation()
  const floor = useCall('waves.floor', {})
  const depots = floor.data?.plan?.depots ?? []
  const number = (field: Numeric, text: string, limits: Omit<Limits, 'label' | 'value' | 'onChange'>) => (
    <Sentence key={field} text={text}>
      {[
        <NumberHole
          key="hole"
          {...limits}
          label={labelOf(text)}
          value={strategy[field]}
          onChange={(value) => onChange({ ...strategy, [field]: value })}
        />,
      ]}
    </Sentence>
  )
  const flag = (field: Flag, label: string) => (
    <Switch
      key={field}
      className={css.flag ?? ''}
      size="lg"
      label={label}
      checked={strategy[field]}
      onChange={(event) => onChange({ ...strategy, [field]: event.currentTarget.checked })}
    />
  )
  return (
    <>
      <Group title={t('strategy.group')}>
        {flag('singles', t('strategy.singles'))}
        {strategy.singles ? number('singleOrders', t('strategy.singleOrders'), { min: 1, max: 500 }) : null}
        {number('identical', t('strategy.identical'), { min: 0, max: 500 })}
        {number('hotShare', t('strategy.hotShare'), { min: 0, max: 100 })}
        {flag('zones', t('strategy.zones'))}
        {flag('buyersTogether', t('strategy.buyersTogether'))}
        {flag('needStock', t('strategy.needStock'))}
      </Group>
      <Group title={t('strategy.cart')}>
        {number('slots', t('strategy.slots'), { min: 1, max: 200 })}
        {number('units', t('strategy.units'), { min: 0, max: 1_000_000 })}
        {number('weightG', t('strategy.weight'), { min: 0, max: 100_000, unit: 1_000 })}
        {number('volumeMl', t('strategy.volume'), { min: 0, max: 100_000, unit: 1_000 })}
        {number('stops', t('strategy.stops'), { min: 0, max: 10_000 })}
      </Group>
      <Group title={t('strategy.walk')}>
        <Choice
          label={t('strategy.batching')}
          value={strategy.batching}
          options={batchings.map((value) => ({ value, label: t(`strategy.batch.${value}`) }))}
          onChange={(value) => onChange({ ...strategy, batching: value })}
        />
        <Choice
          label={t('strategy.walkBy')}
          value={strategy.walk}
          options={walks.map((value) => ({ value, label: t(`strategy.by.${value}`) }))}
          onChange={(value) => onChange({ ...strategy, walk: value })}
        />
        {depots.length < 2 ? null : (
          <>
            <DepotChoice
              label={t('strategy.start')}
              value={strategy.start}
              names={depots.filter(({ role }) => role !== 'drop').map(({ name }) => name)}
              onChange={(start) => onChange({ ...strategy, start })}
            />
            <DepotChoice
              label={t('strategy.drop')}
              value={strategy.drop}
              names={depots.filter(({ role }) => role !== 'start').map(({ name }) => name)}
              onChange={(drop) => onChange({ ...strategy, drop })}
            />
          </>
        )}
        {number('heavyFirstG', t('strategy.heavyFirst'), { min: 0, max: 1_000_000 })}
        {flag('fragileLast', t('strategy.fragileLast'))}
        {number('seconds', t('strategy.seconds'), { min: 0, max: 60, decimals: 1 })}
      </Group>
      <Group title={t('strategy.people')}>
        {number('pickers', t('strategy.pickers'), { min: 1, max: 100 })}
        {number('speedMmPerS', t('strategy.speed'), { min: 0.1, max: 5, unit: 1_000, decimals: 1 })}
        {number('secondsPerStop', t('strategy.secondsPerStop'), { min: 0, max: 600, decimals: 1 })}
        {number('secondsPerUnit', t('strategy.secondsPerUnit'), { min: 0, max: 600, decimals: 1 })}
        {number('secondsPerWave', t('strategy.secondsPerWave'), { min: 0, max: 36_000 })}
      </Group>
    </>
  )
}

const batchings = ['shortest', 'firstCome'] as const
const walks = ['shortest', 'serpentine', 'byCode'] as const

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>{title}</legend>
      {children}
    </fieldset>
  )
}

/** One of the depots of the floor by its name, or whichever comes first. */
function DepotChoice({
  label,
  value,
  names,
  onChange,
}: {
  label: string
  value: string
  names: readonly string[]
  onChange: (name: string) => void
}) {
  const { t } = useTranslation()
  const known = [...new Set(names)].filter((name) => name !== '')
  return (
    <div className={css.choice}>
      <span>{label}</span>
      <Select
        aria-label={label}
        clearable
        placeholder={t('strategy.anyDepot')}
        value={value === '' ? null : value}
        data={value === '' || known.includes(value) ? known : [...known, value]}
        onChange={(name) => onChange(name ?? '')}
      />
    </div>
  )
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T
  options: readonly { readonly value: T; readonly label: string }[]
  onChange: (value: T) => void
}) {
  return (
    <div className={css.choice}>
      <span>{label}</span>
      <SegmentedControl
        aria-label={label}
        value={value}
        data={[...options]}
        onChange={(next) => {
          const found = options.find((one) => one.value === next)
          if (found !== undefined) onChange(found.value)
        }}
      />
    </div>
  )
}

interface Limits {
  readonly label: string
  readonly value: number
  /** In the unit that is shown. */
  readonly min: number
  readonly max: number
  /** How much of what is kept one of what is shown is: 1,000 for kilograms of grams. */
  readonly unit?: number
  readonly decimals?: number
  readonly onChange: (value: number) => void
}

function NumberHole({ label, value, min, max, unit = 1, decimals = 0, onChange }: Limits) {
  return (
    <NumberInput
      className={css.number ?? ''}
      aria-label={label}
      hideControls
      min={min}
      max={max}
      decimalScale={unit > 1 ? Math.max(decimals, 1) : decimals}
      value={value / unit}
      onChange={(next) => {
        const wanted = Number(next)
        if (next === '' || !Number.isFinite(wanted)) return
        const kept = Math.min(max, Math.max(min, wanted)) * unit
        onChange(unit > 1 || decimals === 0 ? Math.round(kept) : kept)
      }}
    />
  )
}
