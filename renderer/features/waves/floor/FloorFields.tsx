import { NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FloorPlan, Way } from '#shared/domain/waves/floor/plan.ts'
import { type Edit, snapMm, wayOfCross } from './floor-editing.ts'
import css from './floor-parts.module.css'
import { shortName } from './floor-view.ts'

interface Props {
  readonly plan: FloorPlan
  readonly at: number
  readonly onEdit: (step: Edit, gesture?: string) => void
}

const roles = ['start', 'drop', 'both'] as const

export function AisleFields({ plan, at, onEdit }: Props) {
  const { t } = useTranslation()
  const aisle = plan.aisles[at]
  const [names, setNames] = useState(aisle?.names.join(', ') ?? '')
  if (aisle === undefined) return null
  return (
    <>
      <TextInput
        label={t('floor.names')}
        value={names}
        maxLength={2000}
        onChange={(event) => {
          const text = event.currentTarget.value
          setNames(text)
          onEdit({ do: 'nameAisle', at, names: namesOf(text) }, `names ${at}`)
        }}
      />
      <Millimetres
        label={t('floor.x')}
        value={aisle.xMm}
        onChange={(xMm) => onEdit({ do: 'moveAisle', at, xMm }, `x ${at}`)}
      />
      <p className={css.label}>{t('floor.passages')}</p>
      {aisle.ways.map((way, block) => (
        <Passage
          key={block}
          label={t('floor.block', { from: crossName(plan, block), to: crossName(plan, block + 1) })}
          words={t(`floor.way.${way}`)}
          way={way}
          onTurn={() => onEdit({ do: 'turnAisle', at, block })}
        />
      ))}
    </>
  )
}

export function CrossFields({ plan, at, onEdit }: Props) {
  const { t } = useTranslation()
  const cross = plan.crossAisles[at]
  if (cross === undefined) return null
  return (
    <>
      <TextInput
        label={t('floor.crossName')}
        value={cross.name}
        maxLength={200}
        onChange={(event) =>
          onEdit({ do: 'nameCross', at, name: event.currentTarget.value }, `cross name ${at}`)
        }
      />
      <Millimetres
        label={t('floor.y')}
        value={cross.yMm}
        onChange={(yMm) => onEdit({ do: 'moveCross', at, yMm }, `y ${at}`)}
      />
      <p className={css.label}>{t('floor.passages')}</p>
      {plan.aisles.slice(1).map((_, aisle) => {
        const way = wayOfCross(plan, at, aisle)
        return (
          <Passage
            key={aisle}
            label={t('floor.between', { from: aisleName(plan, aisle), to: aisleName(plan, aisle + 1) })}
            words={t(`floor.crossWay.${way}`)}
            way={way}
            onTurn={() => onEdit({ do: 'turnCross', at, aisle })}
          />
        )
      })}
    </>
  )
}

export function DepotFields({ plan, at, onEdit }: Props) {
  const { t } = useTranslation()
  const depot = plan.depots[at]
  if (depot === undefined) return null
  const change = (part: Partial<typeof depot>, gesture: string) =>
    onEdit({ do: 'changeDepot', at, depot: part }, `${gesture} ${at}`)
  return (
    <>
      <TextInput
        label={t('floor.depotName')}
        value={depot.name}
        maxLength={200}
        onChange={(event) => change({ name: event.currentTarget.value }, 'depot name')}
      />
      <SegmentedControl
        aria-label={t('floor.roleLabel')}
        value={depot.role}
        data={roles.map((value) => ({ value, label: t(`floor.role.${value}`) }))}
        onChange={(value) => change({ role: roles.find((one) => one === value) ?? 'both' }, 'depot role')}
      />
      <Millimetres label={t('floor.x')} value={depot.xMm} onChange={(xMm) => change({ xMm }, 'depot x')} />
      <Millimetres label={t('floor.y')} value={depot.yMm} onChange={(yMm) => change({ yMm }, 'depot y')} />
    </>
  )
}

export function LiftField({ plan, onEdit }: Omit<Props, 'at'>) {
  const { t } = useTranslation()
  return (
    <NumberInput
      label={t('floor.liftLabel')}
      description={t('floor.liftHelp')}
      suffix={t('floor.mm')}
      hideControls
      min={0}
      max={1_000_000}
      step={snapMm}
      value={plan.liftMmPerLevel}
      onChange={(value) => onEdit({ do: 'lift', mm: Number(value) || 0 }, 'lift')}
    />
  )
}

/** A place in figures: exact, where a drag only snaps. The arrow keys step by the snap. */
function Millimetres({
  label,
  value,
  onChange,
}: {
  label: string
  value: number
  onChange: (mm: number) => void
}) {
  const { t } = useTranslation()
  return (
    <NumberInput
      label={label}
      suffix={t('floor.mm')}
      hideControls
      allowDecimal={false}
      step={snapMm}
      value={value}
      onChange={(next) => {
        if (next !== '' && Number.isFinite(Number(next))) onChange(Math.round(Number(next)))
      }}
    />
  )
}

function Passage({
  label,
  words,
  way,
  onTurn,
}: {
  label: string
  words: string
  way: Way
  onTurn: () => void
}) {
  return (
    <button type="button" className={css.passage} data-way={way} onClick={onTurn}>
      <span>{label}</span>
      <strong>{words}</strong>
    </button>
  )
}

const namesOf = (text: string): string[] =>
  text
    .split(/[,，、]/)
    .map((name) => name.trim().slice(0, 200))
    .filter((name) => name !== '')

const crossName = (plan: FloorPlan, at: number): string => {
  const name = plan.crossAisles[at]?.name ?? ''
  return name === '' ? String(at + 1) : name
}

const aisleName = (plan: FloorPlan, at: number): string => {
  const name = shortName(plan.aisles[at]?.names[0] ?? '')
  return name === '' ? String(at + 1) : name
}
