import { findFloorFaults, findStopFaults } from '#shared/domain/waves/routing/check-floor.ts'
import type { Stop } from '#shared/domain/waves/routing/floor.ts'
import { depotsOf, type FloorPlan, floorOf } from './plan.ts'
import { type PlacedShelf, placeShelf } from './place.ts'

/** Something that a supervisor must know of a plan. An error keeps what it names from being walked by the plan. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly code: string
  /** Codes of the shelves, SKUs, aisles or depots that it is about; the first ones. */
  readonly about: readonly string[]
  /** How many there are in all. */
  readonly count: number
}

/** Names shown of one finding. */
const mostNamed = 20

const finding = (severity: Finding['severity'], code: string, about: readonly string[]): Finding[] =>
  about.length === 0 ? [] : [{ severity, code, about: about.slice(0, mostNamed), count: about.length }]

/** What keeps the plan as such from being walked; empty when it is sound. */
export function checkPlan(plan: FloorPlan): Finding[] {
  const at = (values: readonly number[]) =>
    values.flatMap((value, index) => (index > 0 && value === values[index - 1] ? [String(index + 1)] : []))
  const depots = depotsOf(plan)
  const lengths = [
    ...plan.aisles.map((one) => one.xMm),
    ...plan.crossAisles.map((one) => one.yMm),
    plan.liftMmPerLevel,
  ]
  const found = [
    ...finding('error', 'lengthBad', lengths.filter((one) => !Number.isFinite(one)).map(String)),
    ...finding('error', 'liftNegative', plan.liftMmPerLevel < 0 ? [String(plan.liftMmPerLevel)] : []),
    ...finding('error', 'aislesOnOneSpot', at(plan.aisles.map(({ xMm }) => xMm))),
    ...finding('error', 'crossAislesOnOneSpot', at(plan.crossAisles.map(({ yMm }) => yMm))),
    ...finding('error', 'depotMissing', depots === null ? ['-'] : []),
    ...finding(
      'error',
      'aisleNamedTwice',
      plan.aisles.flatMap(({ names }, aisle) =>
        names.filter((name) =>
          plan.aisles.some((other, index) => index < aisle && other.names.includes(name)),
        ),
      ),
    ),
  ]
  if (found.length > 0 || depots === null) return found
  return findFloorFaults(floorOf(plan), depots).flatMap((fault) =>
    finding('error', fault.code, [JSON.stringify(fault)]),
  )
}

/** What is wrong with the shelves and goods on a sound plan. `goods`: SKUs with the shelves that hold them. */
export function checkShelves(
  plan: FloorPlan,
  shelves: readonly PlacedShelf[],
  goods: readonly { readonly sku: string; readonly shelves: readonly number[] }[],
): Finding[] {
  const depots = depotsOf(plan)
  const misplaced = new Map<string, string[]>()
  const stops: Stop[] = []
  const stopOf: PlacedShelf[] = []
  const spots = new Map<string, string>()
  const onOneSpot: string[] = []
  for (const shelf of shelves) {
    const place = placeShelf(plan, shelf)
    if (!place.ok) {
      misplaced.set(place.why, [...(misplaced.get(place.why) ?? []), shelf.code])
      continue
    }
    stops.push(place.stop)
    stopOf.push(shelf)
    const spot = `${shelf.xMm} ${shelf.yMm} ${shelf.level}`
    const there = spots.get(spot)
    if (there === undefined) spots.set(spot, shelf.code)
    else onOneSpot.push(`${there} = ${shelf.code}`)
  }
  const faults = depots === null ? [] : findStopFaults(floorOf(plan), depots, stops)
  const codeOf = (stop: number) => stopOf[stop]?.code ?? ''
  const unreachable = faults.flatMap((fault) => (fault.code === 'noCommonWalk' ? [] : [codeOf(fault.stop)]))
  const apart = faults.flatMap((fault) =>
    fault.code === 'noCommonWalk' ? [`${codeOf(fault.stop)} / ${codeOf(fault.other)}`] : [],
  )
  return [
    ...[...misplaced].flatMap(([code, about]) =>
      finding(code === 'shelfWithoutCoordinates' ? 'warning' : 'error', code, about),
    ),
    ...finding('error', 'shelfUnreachable', unreachable),
    ...finding('warning', 'shelvesOnNoCommonWalk', apart),
    ...finding('error', 'shelvesOnOneSpot', onOneSpot),
    ...finding(
      'warning',
      'goodsWithoutShelf',
      goods.flatMap((one) => (one.shelves.length === 0 ? [one.sku] : [])),
    ),
  ]
}
