import { z } from 'zod'
import { command, count, heldFile, id, instant, job, name, note, nothing, query, reason } from './entry.ts'
import { finding, floorNow, floorPlan, walkMap } from './floor.ts'

export const waveRow = z.object({
  id,
  number: z.int(),
  kind: z.enum(['single', 'multi']),
  /** `identical`, `hot`, `zone A` …: what its orders have in common; empty where nothing. */
  theme: z.string(),
  state: z.enum(['open', 'picking', 'packing', 'done']),
  strategy: z.string(),
  createdAt: instant,
  shipBy: instant.nullable(),
  /** When the first of its parcels must be with its courier: the ship-by time or a cut-off before it. */
  dueAt: instant.nullable(),
  picker: z.string(),
  /** Which list is out; one of an older number is no longer to be followed. */
  revision: count,
  orders: count,
  packed: count,
  stopped: count,
  lines: count,
  units: count,
  /** Units that are on the cart, as far as anybody said so, or in a box. */
  picked: count,
  distanceMm: count.nullable(),
  /** Estimated work of one picker. */
  seconds: count.nullable(),
  couriers: z.array(z.object({ name: z.string(), orders: count })),
})
export type WaveRow = z.infer<typeof waveRow>

/** `Strategy` of shared/domain/waves/strategy.ts. */
export const strategy = z.object({
  singles: z.boolean(),
  singleOrders: z.int().min(1).max(500),
  identical: z.int().min(0).max(500),
  hotShare: z.int().min(0).max(100),
  zones: z.boolean(),
  slots: z.int().min(1).max(200),
  units: count.max(1_000_000),
  weightG: count.max(100_000_000),
  volumeMl: count.max(100_000_000),
  stops: count.max(10_000),
  buyersTogether: z.boolean(),
  heavyFirstG: count.max(1_000_000),
  fragileLast: z.boolean(),
  batching: z.enum(['shortest', 'firstCome']),
  walk: z.enum(['shortest', 'serpentine', 'byCode']),
  start: z.string().max(200).default(''),
  drop: z.string().max(200).default(''),
  needStock: z.boolean(),
  seconds: z.number().min(0).max(60),
  pickers: z.int().min(1).max(100),
  speedMmPerS: z.int().min(100).max(5_000),
  secondsPerStop: z.number().min(0).max(600),
  secondsPerUnit: z.number().min(0).max(600),
  secondsPerWave: z.number().min(0).max(36_000),
})
export const namedStrategy = z.object({ name, strategy })

/** Which orders are planned. */
const among = {
  shop: z.string().max(200).optional(),
  /** Only orders that must be with their courier before this time. */
  before: instant.optional(),
}

export const waveOptions = z.object({
  /** A strategy by its name; what else is given here overrides it. */
  strategy: name.optional(),
  /** Orders of one SKU go into waves of their own. */
  singles: z.boolean().optional(),
  /** Slots on a cart or wall. */
  slots: z.int().min(1).max(200).optional(),
  /** Units a cart takes; 0 = no limit. */
  units: count.optional(),
  /** Most orders in a single-item wave. */
  singleOrders: z.int().min(1).max(500).optional(),
  ...among,
})

export const leftOut = z.object({ order: z.string(), reason })

/** A wave of a plan that nobody has released yet. */
export const draftWave = z.object({
  kind: z.enum(['single', 'multi']),
  theme: z.string(),
  orders: count,
  units: count,
  stops: count,
  distanceMm: count.nullable(),
  seconds: count,
  shipBy: instant.nullable(),
  dueAt: instant.nullable(),
  /** Orders of it that will be late if it is picked in its turn. */
  late: count,
})

/** One strategy tried on the orders that wait; kept by the core until others are tried. */
export const planSummary = z.object({
  plan: id,
  strategy: z.string(),
  /** `codes`: without a floor lists follow the shelf codes, and metres are not known. */
  walkedBy: z.enum(['floor', 'codes']),
  orders: count,
  units: count,
  stops: count,
  distanceMm: count.nullable(),
  /** Work of all pickers together, and how long until the last wave is back with as many as the strategy has. */
  workSeconds: count,
  doneSeconds: count,
  late: count,
  lateMinutes: count,
  /** Cut short by somebody who did not want to wait. */
  cut: z.boolean(),
  waves: z.array(draftWave),
  leftOut: z.array(leftOut),
  leftOutCount: count,
})
export type PlanSummary = z.infer<typeof planSummary>
export type DraftWave = z.infer<typeof draftWave>
export type WalkMap = z.infer<typeof walkMap>

const waveId = z.union([id, z.int(), z.string()])

export const waves = {
  'waves.list': query(
    z.object({ state: z.enum(['open', 'picking', 'packing', 'done']).optional() }),
    z.object({ waves: z.array(waveRow) }),
  ),
  'waves.get': query(
    z.object({ id: waveId }),
    waveRow
      .extend({
        code: z.string(),
        slots: z.array(
          z.object({
            slot: z.int().nullable(),
            code: z.string(),
            orderId: id,
            order: z.string(),
            units: count,
            state: z.enum(['waiting', 'packing', 'packed', 'handedOver', 'stopped']),
          }),
        ),
        stops: z.array(
          z.object({
            location: z.string().nullable(),
            zone: z.string(),
            aisle: z.string(),
            sku: z.string(),
            name: z.string(),
            quantity: count,
            /** On the cart, or in a box. */
            picked: z.boolean(),
            /** On the list that is out; what was on the cart when that was made is not, and comes first. */
            listed: z.boolean(),
            /** Of its place on the map and on that list; null where it has none. */
            number: z.int().positive().nullable(),
            slots: z.array(z.object({ slot: z.int(), quantity: count })),
          }),
        ),
        /** What happened to it since it was made, oldest first. */
        events: z.array(
          z.object({
            at: instant,
            kind: z.enum(['joined', 'left', 'short', 'moved', 'replanned', 'picker']),
            about: z.string(),
            reason: z.string(),
            who: z.string(),
          }),
        ),
      })
      .nullable(),
  ),
  'waves.strategies': query(
    nothing,
    z.object({ strategies: z.array(namedStrategy.extend({ builtIn: z.boolean() })) }),
  ),
  /** `was` renames; a built-in one that is saved is the warehouse's own from then on. */
  'waves.saveStrategy': command(namedStrategy.extend({ was: name.optional() }), nothing, 'supervisor'),
  'waves.dropStrategy': command(z.object({ name }), nothing, 'supervisor'),
  /** Tries strategies on the orders that wait, in the order given; nothing is written. Cancelled, it gives what it has. */
  'waves.compare': query(
    z.object({
      strategies: z
        .array(z.union([name, namedStrategy]))
        .min(1)
        .max(8),
      job,
      ...among,
    }),
    z.object({ plans: z.array(planSummary) }),
    'operator',
  ),
  /** The walk of a wave that was planned but not released; null when the plan is gone or the wave has no places. */
  'waves.draftMap': query(z.object({ plan: id, index: count }), walkMap.nullable()),
  /** Makes the waves of a plan real. Orders that were taken, stopped or changed since then are left out and named. */
  'waves.release': command(
    z.object({ plan: id, job }),
    z.object({ waves: z.array(waveRow), leftOut: z.array(leftOut) }),
  ),
  /** Plans with one strategy and releases at once. */
  'waves.plan': command(
    waveOptions.extend({ job }),
    z.object({ waves: z.array(waveRow), leftOut: z.array(leftOut) }),
  ),
  'waves.map': query(z.object({ id: waveId }), walkMap.nullable()),
  'waves.assign': command(z.object({ id, picker: z.string().trim().max(200) }), nothing),
  /**
   * Plans the rest of a running wave anew: what was cancelled leaves it, what a shelf did not have is taken from another
   * one or its order is held, and a list with the next number is to be printed.
   */
  'waves.replan': command(
    z.object({
      id: waveId,
      /** Places of the list that is out which are on the cart by now: up to this number on it. Needs `revision`. */
      picked: count.default(0),
      /** The number of the list that the picker holds; refused with `listOld` where another one is out. */
      revision: count.optional(),
      /** Lines that are on the cart, of whichever list. */
      lines: z
        .array(z.object({ location: z.string().max(200).nullable(), sku: z.string().max(200) }))
        .max(5_000)
        .default([]),
      shorts: z
        .array(z.object({ location: z.string().max(200), sku: z.string().max(200), found: count }))
        .max(200)
        .default([]),
    }),
    z.object({
      revision: count,
      /** Stops that are still to be walked. */
      stops: count,
      /** Lines that are taken from another shelf now. */
      moved: count,
      /** Orders that nothing more is picked for, with the reason. */
      left: z.array(leftOut),
    }),
  ),
  /** An order that cannot wait joins a wave that is open or being picked; everybody is shown why. */
  'waves.join': command(
    z.object({ id: waveId, order: z.string().max(200), reason: note.min(1) }),
    z.object({ revision: count, slot: z.int().nullable() }),
  ),
  /** Orders that wait and are due soonest: who could join a running wave. */
  'waves.urgent': query(
    z.object({ limit: z.int().min(1).max(50) }),
    z.object({ orders: z.array(z.object({ order: z.string(), dueAt: instant.nullable() })) }),
  ),

  'waves.floor': query(nothing, floorNow),
  'waves.checkFloor': query(z.object({ plan: floorPlan }), z.object({ findings: z.array(finding) })),
  /** Refused with `floorBad` where the plan as such cannot be walked; shelves that do not fit it are findings. */
  'waves.saveFloor': command(
    z.object({ plan: floorPlan }),
    z.object({ findings: z.array(finding) }),
    'supervisor',
  ),
  /** Back to the guess from the shelves' coordinates. */
  'waves.dropFloor': command(nothing, nothing, 'supervisor'),
  'waves.pickList': query(
    z.object({
      id: waveId,
      job: job.optional(),
      paper: z.enum(['A4', '80mm']).default('A4'),
      /** One of several lists for pickers who split the wave; 1 to `parts`. */
      part: z.int().min(1).max(10).optional(),
      parts: z.int().min(1).max(10).default(1),
      /** Says on the list that the wave's labels lie in reverse: the last order of the list on top. */
      reversed: z.boolean().default(false),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
    heldFile,
  ),
  /** The lists of several waves as one file, in the order given. */
  'waves.pickLists': query(
    z.object({
      ids: z.array(waveId).min(1).max(500),
      job: job.optional(),
      paper: z.enum(['A4', '80mm']).default('A4'),
      reversed: z.boolean().default(false),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
    heldFile,
  ),
  'waves.packingSlips': query(
    z.object({
      id: waveId,
      job: job.optional(),
      paper: z.enum(['A5', 'A6', '80mm']).default('A5'),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
    heldFile,
  ),
  'waves.commandSheet': query(z.object({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }), heldFile),
  /** Gives the orders of a wave of which nothing was packed back to the queue. */
  'waves.dissolve': command(z.object({ id }), z.object({ orders: count }), 'supervisor'),
  'waves.open': query(
    nothing,
    z.object({
      waiting: count,
      /** The next hours by which orders that wait must be with their couriers, soonest first. */
      cutoffs: z.array(z.object({ at: instant, orders: count })),
    }),
  ),
}
