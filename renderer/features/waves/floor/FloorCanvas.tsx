import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import css from './floor-canvas.module.css'
import { type DrawingAct, nudge, type Part, snap, snapMm } from './floor-editing.ts'
import {
  boxOf,
  floorBox,
  distanceTo,
  type DrawnPassage,
  passagesOf,
  type Spot,
  type View,
  viewOf,
} from './floor-view.ts'
import { FloorDrawing } from './FloorDrawing.tsx'

type Shelf = Output<'waves.floor'>['shelves'][number]

interface Props {
  readonly plan: FloorPlan
  readonly shelves: readonly Shelf[]
  /** Codes to be pointed out. */
  readonly marked: ReadonlySet<string>
  readonly chosen: Part | null
  readonly zoom: number
  readonly onChoose: (part: Part | null) => void
  readonly onAct: (act: DrawingAct) => void
}

const margin = 56
const maxHeight = 560
/** How near a pointer must come, in pixels: half of a 44 px target. */
const reach = 22
/** Less than this is a click, not a drag. */
const clickPixels = 5

type Grip =
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'passage'; readonly passage: DrawnPassage; readonly part: Part }

interface Drag {
  readonly grip: Grip
  readonly from: Spot
  readonly id: string
  moved: boolean
}

/**
 * The plan drawn to scale, to be dragged and clicked. The nearest thing answers, so that every target is as large as
 * its neighbours allow; the list beside it has a button for each and needs no pointer.
 */
export function FloorCanvas({ plan, shelves, marked, chosen, zoom, onChoose, onAct }: Props) {
  const { t } = useTranslation()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const svg = useRef<SVGSVGElement>(null)
  const drag = useRef<Drag | null>(null)
  /** While something is dragged the picture keeps its measure: the floor must not flee from the pointer. */
  const [held, setHeld] = useState<View | null>(null)
  const fresh = useMemo(
    () =>
      viewOf(
        floorBox(plan, near(plan, shelves, marked)),
        Math.max(320, width) * zoom,
        maxHeight * zoom,
        margin,
      ),
    [plan, shelves, marked, width, zoom],
  )
  const view = held ?? fresh

  const spotOf = (event: PointerEvent): Spot => {
    const box = svg.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  const down = (event: PointerEvent<SVGSVGElement>) => {
    const from = spotOf(event)
    const grip = gripAt(plan, view, from)
    if (grip === null) return onChoose(null)
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { grip, from, id: crypto.randomUUID(), moved: false }
    setHeld(view)
    onChoose(grip.part)
  }
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const now = drag.current
    if (now === null) return
    const to = spotOf(event)
    if (!now.moved && Math.hypot(to.x - now.from.x, to.y - now.from.y) < clickPixels) return
    now.moved = true
    const { part } = now.grip
    const [xMm, yMm] = [snap(view.xMm(to.x)), snap(view.yMm(to.y))]
    onAct({
      act: 'edit',
      gesture: now.id,
      step:
        part.kind === 'aisle'
          ? { do: 'moveAisle', at: part.at, xMm }
          : part.kind === 'cross'
            ? { do: 'moveCross', at: part.at, yMm }
            : { do: 'changeDepot', at: part.at, depot: { xMm, yMm } },
    })
  }
  const up = () => {
    const now = drag.current
    drag.current = null
    setHeld(null)
    if (now === null || now.moved || now.grip.kind !== 'passage') return
    const { kind, aisle, across } = now.grip.passage
    onAct({
      act: 'edit',
      step:
        kind === 'aisle'
          ? { do: 'turnAisle', at: aisle, block: across }
          : { do: 'turnCross', at: across, aisle },
    })
  }
  const key = (event: KeyboardEvent) => {
    const direction = arrows[event.key]
    if (direction === undefined || chosen === null) return
    const [right, upwards] = direction
    const step = event.shiftKey ? 10 * snapMm : snapMm
    const made = nudge(plan, chosen, right * step, upwards * step)
    if (made !== null) onAct({ act: 'edit', step: made, gesture: `keys ${chosen.kind} ${chosen.at}` })
    event.preventDefault()
  }

  return (
    <div
      className={css.frame}
      role="group"
      tabIndex={0}
      aria-label={t('floor.plan')}
      aria-describedby="floor-help"
      onKeyDown={key}
    >
      <div ref={ref} />
      <svg
        ref={svg}
        className={css.svg}
        width={view.width}
        height={view.height}
        viewBox={`0 0 ${view.width} ${view.height}`}
        role="img"
        aria-label={t('floor.name', {
          aisles: plan.aisles.length,
          crosses: plan.crossAisles.length,
          shelves: shelves.length,
        })}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      >
        <FloorDrawing plan={plan} view={view} namesUp={handleOut + 16} />
        <Lines plan={plan} view={view} chosen={chosen} />
        <Shelves shelves={shelves} view={view} marked={marked} />
      </svg>
    </div>
  )
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

const handleOut = 24

/** One shelf with a wrong coordinate must not make the whole floor a dot; it is drawn when it is asked for. */
const nearMm = 6_000

function near(plan: FloorPlan, shelves: readonly Shelf[], also: ReadonlySet<string>): [number, number][] {
  const box = boxOf(plan)
  return shelves
    .filter(
      ({ code, xMm, yMm }) =>
        also.has(code) ||
        (xMm >= box.left - nearMm &&
          xMm <= box.right + nearMm &&
          yMm >= box.low - nearMm &&
          yMm <= box.high + nearMm),
    )
    .map(({ xMm, yMm }) => [xMm, yMm])
}

const aisleHandle = (plan: FloorPlan, view: View, at: number): Spot => ({
  x: view.x(plan.aisles[at]?.xMm ?? 0),
  y: view.y(plan.crossAisles.at(-1)?.yMm ?? 0) - handleOut,
})

const crossHandle = (plan: FloorPlan, view: View, at: number): Spot => ({
  x: view.x(plan.aisles[0]?.xMm ?? 0) - handleOut - 8,
  y: view.y(plan.crossAisles[at]?.yMm ?? 0),
})

/** What lies nearest under the pointer: depots first, then the handles, then the passages. */
function gripAt(plan: FloorPlan, view: View, spot: Spot): Grip | null {
  const distance = (to: Spot) => Math.hypot(to.x - spot.x, to.y - spot.y)
  const parts = [
    ...plan.depots.map(({ xMm, yMm }, at) => ({
      part: { kind: 'depot', at } as Part,
      far: distance({ x: view.x(xMm), y: view.y(yMm) }) - 8,
    })),
    ...plan.aisles.map((_, at) => ({
      part: { kind: 'aisle', at } as Part,
      far: distance(aisleHandle(plan, view, at)),
    })),
    ...plan.crossAisles.map((_, at) => ({
      part: { kind: 'cross', at } as Part,
      far: distance(crossHandle(plan, view, at)),
    })),
  ]
  const nearestPart = parts.reduce<(typeof parts)[number] | null>(
    (best, one) => (best === null || one.far < best.far ? one : best),
    null,
  )
  const passages = passagesOf(plan, view).map((passage) => ({ passage, far: distanceTo(passage, spot) }))
  const nearestPassage = passages.reduce<(typeof passages)[number] | null>(
    (best, one) => (best === null || one.far < best.far ? one : best),
    null,
  )
  if (
    nearestPart !== null &&
    nearestPart.far <= reach &&
    nearestPart.far <= (nearestPassage?.far ?? Infinity)
  )
    return { kind: 'part', part: nearestPart.part }
  if (nearestPassage !== null && nearestPassage.far <= reach) {
    const { passage } = nearestPassage
    return {
      kind: 'passage',
      passage,
      part:
        passage.kind === 'aisle'
          ? { kind: 'aisle', at: passage.aisle }
          : { kind: 'cross', at: passage.across },
    }
  }
  return null
}

/** The lines that can be taken hold of, each with its handle outside the floor. */
function Lines({ plan, view, chosen }: { plan: FloorPlan; view: View; chosen: Part | null }) {
  const bottom = view.y(plan.crossAisles[0]?.yMm ?? 0)
  const left = view.x(plan.aisles[0]?.xMm ?? 0)
  const right = view.x(plan.aisles.at(-1)?.xMm ?? 0)
  const is = (kind: Part['kind'], at: number) => chosen?.kind === kind && chosen.at === at
  return (
    <g>
      {plan.aisles.map((_, at) => {
        const handle = aisleHandle(plan, view, at)
        return (
          <g key={at} className={css.line} data-chosen={is('aisle', at)}>
            <line x1={handle.x} x2={handle.x} y1={handle.y} y2={bottom} />
            <circle cx={handle.x} cy={handle.y} r={7} />
          </g>
        )
      })}
      {plan.crossAisles.map((_, at) => {
        const handle = crossHandle(plan, view, at)
        return (
          <g key={at} className={css.line} data-chosen={is('cross', at)}>
            <line x1={left} x2={right} y1={handle.y} y2={handle.y} />
            <circle cx={handle.x} cy={handle.y} r={7} />
            <text x={right + 24} y={handle.y + 5}>
              {plan.crossAisles[at]?.name === '' ? at + 1 : plan.crossAisles[at]?.name}
            </text>
          </g>
        )
      })}
      {plan.depots.map(({ xMm, yMm }, at) =>
        is('depot', at) ? (
          <circle key={at} className={css.ring} cx={view.x(xMm)} cy={view.y(yMm)} r={16} />
        ) : null,
      )}
    </g>
  )
}

function Shelves({
  shelves,
  view,
  marked,
}: {
  shelves: readonly Shelf[]
  view: View
  marked: ReadonlySet<string>
}) {
  // One path for all: a hall has thousands of shelves.
  const dots = useMemo(
    () =>
      shelves
        .map(({ xMm, yMm }) => `M${(view.x(xMm) - 1.5).toFixed(1)} ${(view.y(yMm) - 1.5).toFixed(1)}h3v3h-3z`)
        .join(''),
    [shelves, view],
  )
  return (
    <g>
      <path className={css.shelves} d={dots} />
      {shelves
        .filter(({ code }) => marked.has(code))
        .map(({ code, xMm, yMm }) => (
          <g key={code} transform={`translate(${view.x(xMm)} ${view.y(yMm)})`}>
            <circle className={css.mark} r={8} />
            <path className={css.cross} d="M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5" />
          </g>
        ))}
    </g>
  )
}
