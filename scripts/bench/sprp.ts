import { measureDistances, type Distances } from '#shared/domain/waves/routing/distances.ts'
import type { Depots, Floor, Stop } from '#shared/domain/waves/routing/floor.ts'
import { createRouter, type Router } from '#shared/domain/waves/routing/router.ts'
import {
  followedLength,
  largestGapLength,
  numberedFromStart,
  sortByLocation,
  sortSerpentine,
  sShapeLength,
} from '#shared/domain/waves/routing/rules.ts'
import { choosePlaces } from '#shared/domain/waves/routing/scattered.ts'
import { atMost, type Figure } from './figure.ts'
import { readSprpSets, type SprpInstance, type SprpSet } from './sprp-files.ts'
import { layTable } from './table.ts'

/** How far a length and the published one may lie apart and be equal; lengths are multiples of a half. */
const equal = 1e-6
const passes = 5
/** Milliseconds for which lists are measured without being counted, so that a few of them are as warm as many. */
const warmUp = 300

/** What one half of the waves benchmark found; null where the folder has no data for it. */
export interface HalfReport {
  readonly lines: readonly string[]
  readonly figures: readonly Figure[]
}

interface Measured {
  /** Of ours and of each rule to the published length, 0.1 for 10 % longer. */
  readonly gaps: Readonly<Record<string, number>>
  /** Median time of `length`, warm. */
  readonly microseconds: number
}

/** V5: our lengths against the published optima, and against the rules that others follow on the same lists. */
export function benchRouting(folder: string): HalfReport | null {
  const sets = readSprpSets(folder)
  if (sets.length === 0) return null
  const scattered = sets.filter((set) => set.scattered).flatMap(reportScattered)
  const measured = sets.filter((set) => !set.scattered).map((set) => ({ set, rows: measureSet(set) }))
  const all = measured.flatMap(({ rows }) => rows)
  if (all.length === 0) return { lines: scattered, figures: [] }
  const optimal = all.filter(isOptimal).length
  const mean = average(all.map(({ microseconds }) => microseconds))
  const against = measured
    .map(({ set, rows }) => `${rows.length} published optima with ${set.name}`)
    .join(', ')
  return {
    lines: [...measured.flatMap(({ set, rows }) => report(set, rows)), ...scattered],
    figures: [
      {
        id: 'V5.optimal',
        value: optimal,
        unit: 'count',
        bound: all.length,
        ok: optimal === all.length,
        against,
      },
      atMost('V5.mean', round(mean), 'us', 50, `a list, mean over ${all.length}, warm`),
    ],
  }
}

const isOptimal = ({ gaps }: Measured): boolean => Math.abs(gaps[ours] ?? 1) < equal

const ours = 'shortest walk'

/** Throws if a walk is shorter than a proven optimum: then the geometry is misread. */
function measureSet(set: SprpSet): Measured[] {
  const lists = set.instances.map((instance) => ({
    instance,
    stops: stopsOf(instance),
    router: createRouter(instance.floor, instance.depots),
  }))
  const times = lists.map((): number[] => [])
  const warm = performance.now() + warmUp
  while (performance.now() < warm) for (const { router, stops } of lists) router.length(stops)
  for (let pass = 0; pass < passes; pass += 1) {
    for (const [at, { router, stops }] of lists.entries()) {
      const start = performance.now()
      router.length(stops)
      times[at]?.push((performance.now() - start) * 1000)
    }
  }
  const distances = rememberDistances()
  return lists.map(({ instance, stops, router }, at) => {
    const { published, name } = instance
    const lengths = { [ours]: checked(router, stops, instance), ...ruleLengths(instance, stops, distances) }
    const gaps = Object.fromEntries(
      Object.entries(lengths).map(([rule, length]) => {
        if (length < published - equal)
          throw new Error(
            `${name} (${set.name}): ${rule} is ${length}, shorter than the proven optimum ${published}`,
          )
        return [rule, length / published - 1]
      }),
    )
    return { gaps, microseconds: median(times[at] ?? []) }
  })
}

/** The length, after making sure that the walk that can be printed is as long and goes everywhere. */
function checked(router: Router, stops: readonly Stop[], { name }: SprpInstance): number {
  const length = router.length(stops)
  const route = router.route(stops)
  if (route?.length !== length || new Set(route.order).size !== stops.length)
    throw new Error(`${name}: the walk is not the one that was measured`)
  return length
}

function stopsOf({ name, articles }: SprpInstance): Stop[] {
  return articles.map(({ places }) => {
    const [place] = places
    if (place === undefined) throw new Error(`${name}: an article of the order lies nowhere`)
    return place.stop
  })
}

function ruleLengths(
  { floor, depots }: SprpInstance,
  stops: readonly Stop[],
  distances: (floor: Floor) => Distances,
): Record<string, number> {
  const numbering = numberedFromStart(floor, depots)
  const follow = (order: readonly number[]) => followedLength(distances(floor), depots, stops, order)
  const anyFloor = {
    'sorted by location code': follow(sortByLocation(stops, numbering)),
    'serpentine sort': follow(sortSerpentine(stops, numbering)),
  }
  return floor.crossAisles.length > 2 ? anyFloor : { ...anyFloor, ...oneBlockRules(floor, depots, stops) }
}

const oneBlockRules = (floor: Floor, depots: Depots, stops: readonly Stop[]) => ({
  'S-shape': sShapeLength(floor, depots, stops),
  'largest gap': largestGapLength(floor, depots, stops),
})

/** Many lists are on one floor: its distances are measured once. */
function rememberDistances(): (floor: Floor) => Distances {
  const known = new Map<string, Distances>()
  return (floor) => {
    const key = JSON.stringify(floor)
    const distances = known.get(key) ?? measureDistances(floor)
    known.set(key, distances)
    return distances
  }
}

function report(set: SprpSet, rows: readonly Measured[]): string[] {
  const times = rows.map(({ microseconds }) => microseconds)
  const missing = set.missing === 0 ? '' : `, ${set.missing} files not there`
  const rules = Object.keys(rows[0]?.gaps ?? {}).map((rule) => {
    const gaps = rows.map((row) => row.gaps[rule] ?? Number.NaN)
    const optimal = gaps.filter((gap) => Math.abs(gap) < equal).length
    return [rule, `${optimal}`, percent(average(gaps)), percent(median(gaps)), percent(Math.max(...gaps))]
  })
  return [
    `picker routing, ${set.name}: ${rows.length} lists${missing}; ` +
      `mean ${average(times).toFixed(1)} us, longest ${Math.max(...times).toFixed(0)} us a list`,
    ...layTable([
      ['  longer than the optimum by', 'optimal', 'mean', 'median', 'most'],
      ...rules.map(indent),
    ]),
  ]
}

/** Of scattered storage there is much, and each list takes long: so many of a set are looked at, evenly spread. */
const mostScattered = 200

function reportScattered(set: SprpSet): string[] {
  const step = Math.ceil(set.instances.length / mostScattered)
  const looked = set.instances.filter((_, at) => at % step === 0)
  const started = performance.now()
  const gaps = looked.map(({ name, floor, depots, articles, published }) => {
    const items = articles.map(({ quantity, places }) => ({
      quantity,
      places: places.map((place) => ({ ...place, access: 0 })),
    }))
    const choice = choosePlaces(createRouter(floor, depots), items)
    if (!choice.ok) throw new Error(`${name}: not everything is there`)
    return choice.length / published - 1
  })
  const took = (performance.now() - started) / looked.length
  const optimal = gaps.filter((gap) => Math.abs(gap) < equal).length
  const shorter = gaps.filter((gap) => gap < -equal).length
  return [
    `picker routing, ${set.name}: ${looked.length} of ${set.instances.length} lists, mean ${took.toFixed(0)} ms; ` +
      `${optimal} as published, ${shorter} shorter, mean ${percent(average(gaps))}, ` +
      `median ${percent(median(gaps))}, most ${percent(Math.max(...gaps))} longer`,
  ]
}

const indent = ([first = '', ...rest]: readonly string[]): string[] => [`  ${first}`, ...rest]
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const round = (value: number): number => Math.round(value * 100) / 100
