import { findFloorFaults, findStopFaults } from '#shared/domain/waves/routing/check-floor.ts'
import type { Depots, Floor, Stop } from '#shared/domain/waves/routing/floor.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'

export interface OrderToBatch {
  readonly id: string
  readonly stops: readonly Stop[]
  /** What the order takes of each resource of a cart, in the order of `capacities`. */
  readonly loads: readonly number[]
  /** Units to take, for the picking time only; 0 where left out. */
  readonly units?: number
  /** Minutes from now at which its batch must be back; Infinity or left out = whenever. */
  readonly due?: number
  /** Orders with the same key stay together in one batch. */
  readonly group?: string
  /** Minutes of work that the order costs beside walking and picking. */
  readonly handlingMinutes?: number
}

export interface PickingPace {
  readonly pickers: number
  readonly metresPerMinute: number
  readonly minutesPerStop: number
  readonly minutesPerUnit: number
  /** Once a batch: taking the cart, printing the list. */
  readonly minutesPerBatch: number
}

/** Which orders go together. Plain data, so that it can be handed to a thread. */
export interface BatchingProblem {
  readonly orders: readonly OrderToBatch[]
  /** What one cart takes of each resource (items, litres, grams, slots …); Infinity = no limit. */
  readonly capacities: readonly number[]
  /** In metres. */
  readonly floor: Floor
  readonly depots: Depots
  readonly pace: PickingPace
}

/** An order, or the orders of one group: what the search moves, and never splits. */
export interface Unit {
  readonly orders: readonly number[]
  readonly stops: readonly Stop[]
  readonly loads: readonly number[]
  readonly due: number
  /** Minutes that it costs whatever it travels with. */
  readonly minutes: number
}

/** The problem as the search sees it. */
export interface UnitsToBatch {
  readonly floor: Floor
  readonly depots: Depots
  readonly units: readonly Unit[]
  /** Indices of units that alone exceed a capacity: each travels alone. */
  readonly oversize: readonly number[]
  readonly capacities: readonly number[]
  readonly pace: PickingPace
  /** Each order's due time, by order index; units carry the earliest of theirs. */
  readonly dues: Float64Array
}

/** Sums of loads are compared with this much slack, because fractions of a litre do not add up exactly. */
export const slack = 1e-9

/**
 * Checks a problem and merges groups. Fails with `batching.capacity` (zero, negative, NaN), `batching.load`,
 * `batching.loads` (another number of resources), `batching.floor` (a floor that nobody can walk),
 * `batching.stop` (a stop that nobody comes to), `batching.due`,
 * `batching.minutes`, `batching.pace` or `batching.duplicate` (an id twice); `params` names the order and the value.
 */
export function toUnits(problem: BatchingProblem): Result<UnitsToBatch> {
  return whatIsWrong(problem) ?? ok(merge(problem))
}

type Wrong = ReturnType<typeof fail>

function whatIsWrong({ orders, capacities, floor, depots, pace }: BatchingProblem): Wrong | null {
  for (const [resource, capacity] of capacities.entries()) {
    if (!(capacity > 0))
      return fail('batching.capacity', `capacity ${capacity} of resource ${resource} is not above zero`, {
        resource,
        capacity,
      })
  }
  for (const [name, value] of Object.entries({ ...pace })) {
    const isRight =
      name === 'pickers'
        ? Number.isInteger(value) && value >= 1
        : name === 'metresPerMinute'
          ? value > 0
          : value >= 0 && value < Infinity
    if (!isRight) return fail('batching.pace', `${name} cannot be ${value}`, { name, value })
  }
  const seen = new Set<string>()
  for (const order of orders) {
    if (seen.has(order.id))
      return fail('batching.duplicate', `order ${order.id} is there twice`, { order: order.id })
    seen.add(order.id)
    const wrong = whatIsWrongWith(order, capacities.length)
    if (wrong !== null) return wrong
  }
  const [floorFault] = findFloorFaults(floor, depots)
  if (floorFault !== undefined)
    return fail('batching.floor', `the floor cannot be walked: ${floorFault.code}`, { ...floorFault })
  const stops = orders.flatMap(({ stops }) => stops)
  const [fault] = findStopFaults(floor, depots, stops)
  if (fault === undefined) return null
  const ids = orders.flatMap(({ id, stops }) => stops.map(() => id))
  const { code, stop } = fault
  const { aisle = 0, block = 0, offset = 0 } = stops[stop] ?? {}
  return fail('batching.stop', `order ${ids[stop]} has a stop that cannot be walked to: ${code}`, {
    order: ids[stop] ?? '',
    fault: code,
    aisle,
    block,
    offset,
  })
}

function whatIsWrongWith(order: OrderToBatch, resources: number): Wrong | null {
  const { id, loads, due = Infinity, units = 0, handlingMinutes = 0 } = order
  if (loads.length !== resources)
    return fail('batching.loads', `order ${id} has ${loads.length} loads for ${resources} capacities`, {
      order: id,
    })
  for (const load of loads) {
    if (!(load >= 0 && load < Infinity))
      return fail('batching.load', `order ${id} has the load ${load}`, { order: id, load })
  }
  if (Number.isNaN(due)) return fail('batching.due', `order ${id} has no time that it is due`, { order: id })
  for (const minutes of [units, handlingMinutes]) {
    if (!(minutes >= 0 && minutes < Infinity))
      return fail('batching.minutes', `order ${id} cannot take ${minutes}`, { order: id, value: minutes })
  }
  return null
}

function merge({ orders, capacities, floor, depots, pace }: BatchingProblem): UnitsToBatch {
  const groups = new Map<string, number[]>()
  for (const [index, { id, group }] of orders.entries()) {
    const key = group === undefined ? `order ${id}` : `group ${group}`
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [index])
    else members.push(index)
  }
  const units = [...groups.values()].map((members): Unit => {
    const its = members.flatMap((index) => orders[index] ?? [])
    return {
      orders: members,
      stops: its.flatMap(({ stops }) => stops),
      loads: capacities.map((_, resource) => its.reduce((sum, { loads }) => sum + (loads[resource] ?? 0), 0)),
      due: Math.min(...its.map(({ due = Infinity }) => due)),
      minutes: its.reduce(
        (sum, { units = 0, handlingMinutes = 0 }) => sum + units * pace.minutesPerUnit + handlingMinutes,
        0,
      ),
    }
  })
  const oversize = units.flatMap(({ loads }, index) =>
    loads.some((load, resource) => load > (capacities[resource] ?? 0) + slack) ? [index] : [],
  )
  return {
    floor,
    depots,
    units,
    oversize,
    capacities,
    pace,
    dues: Float64Array.from(orders, ({ due = Infinity }) => due),
  }
}
