import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import css from './floor-drawing.module.css'
import { type DrawnPassage, namesThatFit, passagesOf, racksOf, type View } from './floor-view.ts'

/** The plan itself, to scale: racks, passages, where one may not go, where walks begin and end. Part of an SVG. */
export function FloorDrawing({
  plan,
  view,
  namesUp = 14,
}: {
  plan: FloorPlan
  view: View
  /** Pixels between the floor and the names of its aisles. */
  namesUp?: number
}) {
  const { t } = useTranslation()
  const hatch = useId()
  const passages = passagesOf(plan, view)
  return (
    <g>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" className={css.hatch} />
        </pattern>
      </defs>
      {racksOf(plan, view).map((rack, at) => (
        <rect key={at} className={css.rack} {...rack} rx={1} />
      ))}
      {passages.map((passage) =>
        passage.way === 'closed' ? (
          <Closed key={keyOf(passage)} passage={passage} fill={`url(#${hatch})`} />
        ) : passage.way === 'both' ? null : (
          <OneWay key={keyOf(passage)} passage={passage} />
        ),
      )}
      <AisleNames plan={plan} view={view} up={namesUp} />
      {plan.depots.map((depot, at) => {
        const x = view.x(depot.xMm)
        const y = view.y(depot.yMm)
        const name = depot.name === '' ? t(`floor.role.${depot.role}`) : depot.name
        return (
          <g key={at} transform={`translate(${x} ${y})`}>
            {depot.role === 'drop' ? null : <circle className={css.start} r={11} />}
            {depot.role === 'start' ? null : (
              <rect className={css.drop} x={-7} y={-7} width={14} height={14} />
            )}
            <text
              className={css.depotName}
              x={x > view.width * 0.75 ? -14 : 14}
              y={20}
              textAnchor={x > view.width * 0.75 ? 'end' : 'start'}
            >
              {name}
            </text>
          </g>
        )
      })}
    </g>
  )
}

const keyOf = ({ kind, aisle, across }: DrawnPassage): string => `${kind} ${aisle} ${across}`
const hatchWidth = 12

function Closed({ passage: { from, to }, fill }: { passage: DrawnPassage; fill: string }) {
  const upright = from.x === to.x
  return (
    <rect
      className={css.closed}
      fill={fill}
      x={upright ? from.x - hatchWidth / 2 : from.x}
      y={upright ? to.y : from.y - hatchWidth / 2}
      width={upright ? hatchWidth : Math.max(0, to.x - from.x)}
      height={upright ? Math.max(0, from.y - to.y) : hatchWidth}
    />
  )
}

function OneWay({ passage: { kind, way, from, to } }: { passage: DrawnPassage }) {
  const forward = way === 'forward'
  const turned = kind === 'aisle' ? (forward ? -90 : 90) : forward ? 0 : 180
  return (
    <path
      className={css.oneWay}
      d="M-9 0H8M2 -5L9 0L2 5"
      transform={`translate(${(from.x + to.x) / 2} ${(from.y + to.y) / 2}) rotate(${turned})`}
    />
  )
}

function AisleNames({ plan, view, up }: { plan: FloorPlan; view: View; up: number }) {
  const top = view.y(plan.crossAisles.at(-1)?.yMm ?? 0) - up
  return (
    <g>
      {namesThatFit(plan, view).map(({ at, x, name }) => (
        <text key={at} className={css.aisleName} x={x} y={top}>
          {name}
        </text>
      ))}
    </g>
  )
}
