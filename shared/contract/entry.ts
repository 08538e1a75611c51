import { z } from 'zod'

/** Who may call: everybody, a signed-in operator, or a supervisor. Before the first supervisor exists all may. */
export type Access = 'anyone' | 'operator' | 'supervisor'

export interface Entry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command'
  readonly access: Access
  readonly input: I
  readonly output: O
}

export const query = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  access: Access = 'anyone',
): Entry<I, O> => ({ kind: 'query', access, input, output })

export const command = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  access: Access = 'operator',
): Entry<I, O> => ({ kind: 'command', access, input, output })

/** Limits that hold for every text which a caller may send. */
export const name = z.string().trim().min(1).max(200)
export const note = z.string().trim().max(2000)
export const id = z.uuid()
export const instant = z.iso.datetime()
export const day = z.iso.date()
export const count = z.int().nonnegative()
export const nothing = z.object({})
/** A code as a scanner gives it: judged by the core, so any text up to a sane length passes. */
export const scannedCode = z.string().max(20_000)

/** The caller's name for a long call: progress events carry it and `app.cancel` ends it. */
export const job = z.uuid()

/** A file that the core holds for the caller to fetch in pieces (`files.read`). */
export const heldFile = z.object({ id, name: z.string(), mime: z.string(), size: count })
export type HeldFile = z.infer<typeof heldFile>

export const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
