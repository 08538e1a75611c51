import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import {
  type DrawingAct,
  type Edit,
  fewestCrosses,
  mostAisles,
  mostCrosses,
  type Part,
} from './floor-editing.ts'
import css from './floor-parts.module.css'
import { AisleFields, CrossFields, DepotFields, LiftField } from './FloorFields.tsx'
import { shortName } from './floor-view.ts'

interface Props {
  readonly plan: FloorPlan
  readonly chosen: Part | null
  readonly onChoose: (part: Part | null) => void
  readonly onAct: (act: DrawingAct) => void
}

const kinds = ['aisle', 'cross', 'depot', 'lift'] as const
type Kind = (typeof kinds)[number]

/** Every part of the plan as a button, and the fields of the one that is chosen: all of drawing without a pointer. */
export function FloorParts({ plan, chosen, onChoose, onAct }: Props) {
  const { t } = useTranslation()
  const [looked, setLooked] = useState<Kind>('aisle')
  const kind = chosen?.kind ?? looked
  const parts = partsOf(plan, kind, t)
  const edit = (step: Edit, gesture?: string) =>
    onAct({ act: 'edit', step, ...(gesture === undefined ? {} : { gesture }) })
  const at = chosen?.at ?? null

  const add = () => {
    switch (kind) {
      case 'aisle':
        edit({ do: 'addAisle', after: at })
        return onChoose({ kind, at: at === null ? plan.aisles.length : at + 1 })
      case 'cross':
        edit({ do: 'addCross', after: at })
        return onChoose({ kind, at: at === null ? plan.crossAisles.length : at + 1 })
      default:
        edit({ do: 'addDepot' })
        return onChoose({ kind: 'depot', at: plan.depots.length })
    }
  }
  const remove = () => {
    if (chosen === null) return
    const step = { aisle: 'removeAisle', cross: 'removeCross', depot: 'removeDepot' } as const
    edit({ do: step[chosen.kind], at: chosen.at })
    onChoose(null)
    setLooked(chosen.kind)
  }
  const full =
    (kind === 'aisle' && plan.aisles.length >= mostAisles) ||
    (kind === 'cross' && plan.crossAisles.length >= mostCrosses)
  const last =
    (kind === 'aisle' && plan.aisles.length <= 1) ||
    (kind === 'cross' && plan.crossAisles.length <= fewestCrosses)

  return (
    <section className={css.box} aria-label={t('floor.parts')}>
      <SegmentedControl
        aria-label={t('floor.parts')}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(words[value]) }))}
        onChange={(value) => {
          onChoose(null)
          setLooked(kinds.find((one) => one === value) ?? 'aisle')
        }}
      />
      {kind === 'lift' ? (
        <LiftField plan={plan} onEdit={edit} />
      ) : (
        <div className={css.columns}>
          <div className={css.side}>
            <ul className={css.list}>
              {parts.map((name, index) => (
                <li key={index}>
                  <button
                    type="button"
                    className={css.part}
                    aria-pressed={at === index}
                    onClick={() => onChoose({ kind, at: index })}
                  >
                    {name}
                  </button>
                </li>
              ))}
            </ul>
            <Button variant="default" disabled={full} onClick={add}>
              {t(addWords[kind])}
            </Button>
          </div>
          {chosen === null ? null : (
            <div className={css.fields}>
              {chosen.kind === 'aisle' ? (
                <AisleFields key={chosen.at} plan={plan} at={chosen.at} onEdit={edit} />
              ) : chosen.kind === 'cross' ? (
                <CrossFields key={chosen.at} plan={plan} at={chosen.at} onEdit={edit} />
              ) : (
                <DepotFields key={chosen.at} plan={plan} at={chosen.at} onEdit={edit} />
              )}
              <Button className={css.remove ?? ''} variant="subtle" disabled={last} onClick={remove}>
                {t('floor.remove')}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  )
}

const words = {
  aisle: 'floor.aisles',
  cross: 'floor.crosses',
  depot: 'floor.depots',
  lift: 'floor.lift',
} as const
const addWords = { aisle: 'floor.addAisle', cross: 'floor.addCross', depot: 'floor.addDepot' } as const

function partsOf(plan: FloorPlan, kind: Kind, t: TFunction): string[] {
  switch (kind) {
    case 'aisle':
      return plan.aisles.map(({ names }, at) =>
        names.length === 0
          ? t('floor.aisle', { name: t('floor.unnamed', { number: at + 1 }) })
          : t('floor.aisle', { name: names.map(shortName).join(', ') }),
      )
    case 'cross':
      return plan.crossAisles.map(({ name }, at) =>
        t('floor.cross', { name: name === '' ? t('floor.unnamed', { number: at + 1 }) : name }),
      )
    case 'depot':
      return plan.depots.map(({ name, role }) => (name === '' ? t(`floor.role.${role}`) : name))
    default:
      return []
  }
}
