import { z } from 'zod'
import { command, count, id, instant, name, nothing, query, reason, scannedCode, job } from './entry.ts'
import { printerState, scannerRole } from './devices.ts'
import { labelState } from './label-state.ts'
import { soldKit, stopReason } from './orders.ts'

export const packVerdict = z.enum([
  'opened',
  'right',
  'complete',
  'wrongItem',
  'tooMany',
  'unknown',
  'ambiguous',
  'stopped',
  'alreadyShipped',
  'command',
])
export const handOverVerdict = z.enum(['handedOver', 'wrongParcel', 'stopped', 'alreadyShipped', 'unknown'])
export const verdict = z.enum([...packVerdict.options, 'handedOver', 'wrongParcel'])
export type Verdict = z.infer<typeof verdict>

export const item = z.object({
  sku: z.string(),
  title: z.string(),
  spec: z.string(),
  picture: z.string().nullable(),
  location: z.string().nullable(),
})
export type Item = z.infer<typeof item>

export const labelOnBench = z.object({ id, waybill: z.string(), courier: z.string(), state: labelState })

export const scanAnswer = z.object({
  gesture: z.string(),
  at: instant,
  mode: z.enum(['pack', 'handover']),
  code: z.string(),
  verdict,
  reason: reason.nullable(),
  /** What the scale says against it; the scan counts all the same. */
  warning: reason.nullable(),
  order: z
    .object({ id, number: z.string(), shop: z.string(), wave: z.int().nullable(), slot: z.int().nullable() })
    .nullable(),
  /** What the order still needs, in line order; `line` counts the order's lines from 0. */
  expected: z.array(item.extend({ line: count, quantity: count })),
  /** What the code stood for. */
  scanned: item.nullable(),
  /** Units that the order still needs after this scan. */
  remaining: count,
  surplus: count,
  label: labelOnBench.nullable(),
  /** To choose from by picture: scan PB-PICK-1, PB-PICK-2 … */
  choices: z.array(item),
  knownAt: instant.nullable(),
})
export type ScanAnswer = z.infer<typeof scanAnswer>

/** Whole grams; `band` is how far it may be off. */
const expectedWeight = z.object({ grams: z.int(), band: count })

export const weighs = z.enum(['off', 'check'])

/** What a bench's scale says now. */
export const benchWeight = z.object({
  kind: z.enum(['stable', 'moving', 'gone', 'overload', 'underload', 'fault']),
  /** As the scale shows it; null while it moves or cannot weigh. */
  grams: z.int().nullable(),
  /** Without what stood there before the first unit; null where that is not known. */
  netGrams: z.int().nullable(),
})
export type BenchWeight = z.infer<typeof benchWeight>

export const benchState = z.object({
  id,
  name: z.string(),
  printMode: z.enum(['first', 'last']),
  countdownMs: count,
  errorsWait: z.boolean(),
  checkLabel: z.boolean(),
  weigh: weighs,
  printer: z.string().nullable(),
  printerState: printerState.nullable(),
  /** Labels of this bench's boxes that may or may not have come out: scan them on the box, or MISSING. */
  doubts: z.array(z.object({ waybill: z.string(), order: z.string(), slot: z.int().nullable() })),
  operator: z.object({ id, name: z.string(), role: z.enum(['picker', 'packer', 'supervisor']) }).nullable(),
  wave: z
    .object({
      id,
      number: z.int(),
      kind: z.enum(['single', 'multi']),
      done: count,
      orders: count,
      shipBy: instant.nullable(),
    })
    .nullable(),
  order: z
    .object({
      id,
      number: z.string(),
      shop: z.string(),
      slot: z.int().nullable(),
      shipBy: instant.nullable(),
      courier: z.string().nullable(),
      buyerNote: z.string(),
      sellerNote: z.string(),
      knownAt: instant,
      stop: stopReason.nullable(),
      hold: z.string().nullable(),
      lines: z.array(item.extend({ quantity: count, packed: count, kit: soldKit.nullable() })),
      expectedWeightG: count.nullable(),
      /** What is in the box should weigh this; null where it is unknown, or the bench checks no weights. */
      inBox: expectedWeight.nullable(),
    })
    .nullable(),
  pending: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('error') }),
      z.object({ kind: z.literal('choice'), choices: z.array(item) }),
      z.object({ kind: z.literal('countdown'), until: instant }),
      z.object({
        kind: z.literal('label'),
        waybill: z.string(),
        contents: z.array(item.extend({ quantity: count })),
      }),
      z.object({ kind: z.literal('badge'), act: z.enum(['partial', 'void']) }),
      /** Why the label is printed once more: PB-PICK-n of `reprintReasons`. */
      z.object({ kind: z.literal('reason'), waybill: z.string() }),
      /** All units are in. `got` is null while the scale is waited for; then the bench stops. */
      z.object({
        kind: z.literal('weight'),
        expected: expectedWeight.nullable(),
        got: z.int().nullable(),
      }),
      /** Why the box goes all the same: PB-PICK-n of `releaseReasons`. */
      z.object({ kind: z.literal('release'), expected: expectedWeight.nullable(), got: z.int().nullable() }),
    ])
    .nullable(),
  /**
   * `reason`: what the ledger said last of it, or noPrinter where there is none for it now; empty where it gave none.
   * `notWhole`: what of the receiver its paper does not show whole, as the ledger says it; empty where nothing is missing.
   */
  label: labelOnBench.extend({ reason: z.string(), notWhole: z.string() }).nullable(),
  /** Labels of boxes that are here, at any bench, which were not sent and wait for a person. */
  unprinted: count,
  last: scanAnswer.nullable(),
  /** Packed at this bench since midnight in the warehouse's zone. */
  packedToday: count,
  nextShipBy: instant.nullable(),
  /** Open orders, counted no further than 1000. */
  waiting: count,
})
export type BenchState = z.infer<typeof benchState>

export const packing = {
  'packing.benches': query(nothing, z.object({ benches: z.array(z.object({ id, name: z.string() })) })),
  /** Opens a bench by name; made with the first printer if it is new. */
  'packing.bench': query(z.object({ bench: name }), benchState),
  /** What the bench's scale says; ask again at the topic `scales`. */
  'packing.weight': query(z.object({ bench: name }), benchWeight),
  'packing.setBench': command(
    z.object({
      bench: name,
      printer: name.nullable().optional(),
      printMode: z.enum(['first', 'last']).optional(),
      countdownMs: z.int().min(0).max(30_000).optional(),
      errorsWait: z.boolean().optional(),
      checkLabel: z.boolean().optional(),
      weigh: weighs.optional(),
    }),
    benchState,
  ),
  /** Prints the labels of a whole wave at this bench's printer, in the order of its list, for benches that label first. */
  'packing.printWave': command(
    z.object({
      bench: name,
      wave: z.union([id, z.int(), z.string()]),
      reversed: z.boolean().default(false),
      job,
    }),
    z.object({ printed: count, left: z.array(z.object({ order: z.string(), reason })) }),
  ),
  'packing.scan': command(
    z.object({
      bench: name,
      mode: z.enum(['pack', 'handover']),
      /** Made where the scan happens; a repeat answers as before and counts once. */
      gesture: z.string().min(1).max(100),
      code: scannedCode,
      /** The AIM identifier, `]C0`, where the scanner gives one. */
      aim: z.string().max(3).optional(),
      /** What the scanner is there for. */
      role: scannerRole.default('any'),
      /** Answer only after the label, if this scan asks for one, has left or failed. */
      waitForLabel: z.boolean().optional(),
      /** Nobody looks at a screen: no countdown, no waiting for OK or for the label on the box. */
      unattended: z.boolean().optional(),
    }),
    scanAnswer,
    'operator',
  ),
}
