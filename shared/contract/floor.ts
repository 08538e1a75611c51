import { z } from 'zod'
import { count, instant } from './entry.ts'

/** Millimetres from the origin of the shelves' coordinates; a floor is not larger than a hundred kilometres. */
const mm = z.int().min(-100_000_000).max(100_000_000)
const word = z.string().max(200)
export const way = z.enum(['both', 'forward', 'backward', 'closed'])

/** `FloorPlan` of shared/domain/waves/floor/plan.ts. */
export const floorPlan = z.object({
  crossAisles: z
    .array(z.object({ name: word, yMm: mm }))
    .min(2)
    .max(40),
  aisles: z
    .array(z.object({ names: z.array(word).max(40), xMm: mm, ways: z.array(way).max(40) }))
    .min(1)
    .max(500),
  crossWays: z.array(z.object({ cross: count, aisle: count, way })).max(20_000),
  depots: z
    .array(z.object({ name: word, xMm: mm, yMm: mm, role: z.enum(['start', 'drop', 'both']) }))
    .max(100),
  liftMmPerLevel: z.int().max(1_000_000),
})

/** Something to know of a plan; `code` is looked up in the screens' words. */
export const finding = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  about: z.array(z.string()),
  count,
})

export const floorNow = z.object({
  /** Null where no shelf has coordinates: then lists follow the shelf codes, aisle by aisle, and say so. */
  plan: floorPlan.nullable(),
  /** `guessed`: made from the shelves' coordinates; nobody has looked at it. */
  source: z.enum(['drawn', 'guessed', 'none']),
  at: instant.nullable(),
  who: z.string(),
  shelves: z.array(
    z.object({ code: z.string(), zone: z.string(), aisle: z.string(), level: z.string(), xMm: mm, yMm: mm }),
  ),
  findings: z.array(finding),
})

/** A walk to be drawn on the plan, to scale. */
export const walkMap = z.object({
  plan: floorPlan,
  /** Numbered from 1 as on the list; `done` where it is picked. */
  stops: z.array(
    z.object({ number: z.int().positive(), location: z.string(), xMm: mm, yMm: mm, done: z.boolean() }),
  ),
  /** Corners of the walk, from the start to the drop. */
  path: z.array(z.tuple([mm, mm])),
  distanceMm: count,
})
