import { z } from 'zod'
import { faultKinds } from '#shared/domain/labels/check-layout.ts'
import { cleanText } from '#shared/domain/labels/clean-text.ts'
import {
  codeKinds,
  type LabelLayout,
  layoutFields,
  type LayoutField,
  layoutLimits,
} from '#shared/domain/labels/layout.ts'
import { command, count, id, instant, name, nothing, query } from './entry.ts'

const limits = layoutLimits
const between = ([least, most]: readonly [number, number]) => z.number().min(least).max(most)
const mm = z.number().min(0).max(limits.paper[1])
const length = z.number().min(0.1).max(limits.paper[1])

const fields = [...new Set(Object.values(layoutFields).flatMap(({ texts }): LayoutField[] => [...texts]))]
const field = z.enum(fields)

/** A name as people read it: nothing invisible, one space between words. */
export const layoutName = z
  .string()
  .max(limits.name)
  .transform((text) => cleanText(text))
  .pipe(z.string().min(1).max(limits.name))

const words = z
  .string()
  .max(limits.words)
  .transform((text) => cleanText(text, true))
  .pipe(z.string().min(1).max(limits.words))

const placed = {
  at: z.tuple([mm, mm, length, length]),
  when: field.optional(),
  unless: field.optional(),
}
const lettering = {
  size: z.tuple([between(limits.size), between(limits.size)]),
  weight: z.enum(['regular', 'bold']).optional(),
  align: z.enum(['left', 'center', 'right']).optional(),
  anchor: z.enum(['top', 'middle', 'bottom']).optional(),
  ink: z.enum(['black', 'white']).optional(),
}
const line = between(limits.line)
const kind = z.enum(['shipping', 'slip', 'product', 'location'])

const item = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    field,
    before: z
      .string()
      .max(limits.words)
      .transform((text) => cleanText(text))
      .pipe(z.string().max(limits.words))
      .optional(),
    ...placed,
    ...lettering,
  }),
  z.strictObject({ kind: z.literal('words'), words, ...placed, ...lettering }),
  z.strictObject({ kind: z.enum(codeKinds), field, orElse: z.enum(codeKinds).optional(), ...placed }),
  z.strictObject({ kind: z.literal('solid'), ...placed }),
  z.strictObject({ kind: z.literal('frame'), line, ...placed }),
  z.strictObject({ kind: z.literal('line'), line, dash: between(limits.dash).optional(), ...placed }),
  z.strictObject({
    kind: z.literal('image'),
    png: z.base64().min(1).max(limits.png),
    ...placed,
  }),
])

/**
 * The shape of a layout, from a file as from the page. What it does not name does not exist: no addresses, no paths,
 * no commands of a printer; darkness, speed and copies are the printer's own settings.
 */
export const labelLayout = z.strictObject({
  name: layoutName,
  kind,
  paper: z.tuple([between(limits.paper), between(limits.paper)]),
  roll: z.boolean().optional(),
  items: z.array(item).min(1).max(limits.items),
}) satisfies z.ZodType<LabelLayout>

const layoutRow = z.object({
  /** Null for a ready one, which is there for ever. */
  id: id.nullable(),
  name: z.string(),
  kind,
  paper: z.tuple([z.number(), z.number()]),
  /** Names of the printers that print with it whatever their paper. */
  printers: z.array(z.string()),
})

const fault = z.object({
  /** From 1; 0 is the layout as a whole. */
  item: count,
  what: z.enum(faultKinds),
})

/** Why a label would not be printed. */
const refusal = z.enum([
  'waybillEmpty',
  'waybillCharacters',
  'waybillTooLong',
  'codeEmpty',
  'codeCharacters',
  'codeTooLong',
  'mediaTooSmall',
])

export const layouts = {
  /** The ready ones first. */
  'layouts.list': query(nothing, z.object({ layouts: z.array(layoutRow) })),
  'layouts.get': query(
    z.object({ name }),
    z.object({ id: id.nullable(), layout: labelLayout, at: instant.nullable(), who: z.string() }).nullable(),
  ),
  /**
   * A new one without `id`; with it the layout of this id is changed and perhaps renamed. `over`: when it had been saved
   * last as it was opened (`layouts.get`); one that was saved since then is not written over.
   */
  'layouts.save': command(
    z.object({ id: id.optional(), over: instant.optional(), layout: labelLayout }),
    z.object({ id, name: z.string() }),
    'supervisor',
  ),
  'layouts.remove': command(z.object({ id }), nothing, 'supervisor'),
  /** The text of a file. A name that is taken gets a number. */
  'layouts.import': command(
    z.object({ text: z.string().max(limits.text) }),
    z.object({ id, name: z.string() }),
    'supervisor',
  ),
  'layouts.export': query(z.object({ name }), z.object({ file: z.string(), text: z.string() })),
  /** Which layout a printer prints courier labels with; null: the ready one that fits its paper best. */
  'layouts.use': command(z.object({ printer: id, layout: name.nullable() }), nothing, 'supervisor'),
  /**
   * The dots as a PNG, base64, nothing is printed. `of` is an order's number or waybill, a product's SKU or barcode or
   * a location's code; empty for an example. A layout by its name, or as it is being changed. An order without a
   * waybill number shows the example's.
   */
  'layouts.preview': query(
    z.object({
      layout: z.union([name, labelLayout]),
      of: z.string().trim().max(200),
      dpi: z.union([z.literal(203), z.literal(300)]),
    }),
    z.object({
      png: z.string(),
      missing: z.array(z.string()),
      cut: z.array(z.string()),
      refused: refusal.nullable(),
      faults: z.array(fault),
    }),
    'operator',
  ),
  /** A product's or a shelf's label or an order's slip, straight to a printer. A courier's label has its ledger. */
  'layouts.printOne': command(
    z.object({
      layout: name,
      of: z.string().trim().min(1).max(200),
      printer: id,
      copies: z.int().min(1).max(200),
    }),
    z.object({ outcome: z.enum(['printed', 'sent', 'notSent', 'unknown']), reason: z.string() }),
  ),
}
