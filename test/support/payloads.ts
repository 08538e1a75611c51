import fc from 'fast-check'
import { z } from 'zod'

/** The part of JSON Schema that zod writes for the contract. */
interface Shape {
  readonly type?: string
  readonly anyOf?: readonly Shape[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly additionalProperties?: Shape | boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly pattern?: string
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, -1, 0.5, 1e308, '', [], {}, '__proto__', {
    __proto__: null,
  }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
)

/**
 * Payloads for a call: `right` of them (0..1) keep the schema's shape; in the others some part, or the whole, is
 * something else. `text` stands in every place where any text may stand.
 */
export function payloadOf(schema: z.ZodType, right: number, text?: string): fc.Arbitrary<unknown> {
  // What JSON Schema cannot say (a time zone) is any text here: refused by the core, and by the schema alike.
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  const whole = arbitrary(shape, 0, text)
  if (right >= 1) return whole
  const broken = fc.oneof(
    { weight: 4, arbitrary: arbitrary(shape, 0.35, text) },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }).filter(survivesJson) },
  )
  return fc.oneof(
    { weight: Math.round(right * 1000), arbitrary: whole },
    { weight: Math.round((1 - right) * 1000), arbitrary: broken },
  )
}

const survivesJson = (value: unknown): boolean => {
  try {
    return JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}

function arbitrary(shape: Shape, wrong: number, text: string | undefined): fc.Arbitrary<unknown> {
  const good = rightOne(shape, wrong, text)
  if (wrong === 0) return good
  return fc.oneof(
    { weight: 100 - Math.round(wrong * 20), arbitrary: good },
    { weight: Math.round(wrong * 20), arbitrary: odd },
  )
}

function rightOne(shape: Shape, wrong: number, text: string | undefined): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum)
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map((one) => arbitrary(one, wrong, text)))
  switch (shape.type) {
    case 'object':
      return objectOf(shape, wrong, text)
    case 'array':
      return fc.array(arbitrary(shape.items ?? {}, wrong, text), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(3, shape.maxItems ?? 3),
      })
    case 'string':
      return textOf(shape, text)
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: least(shape), max: Math.min(most(shape), least(shape) + 100) }),
        fc.constantFrom(least(shape), most(shape)),
      )
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return text === undefined ? (fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<unknown>) : fc.constant(text)
  }
}

const least = (shape: Shape): number =>
  shape.minimum ?? (shape.exclusiveMinimum === undefined ? 0 : shape.exclusiveMinimum + 1)
const most = (shape: Shape): number => shape.maximum ?? Number.MAX_SAFE_INTEGER

function objectOf(shape: Shape, wrong: number, text: string | undefined): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape.properties ?? {})
  const needed = new Set(shape.required)
  const known = fc.record(
    Object.fromEntries(fields.map(([name, field]) => [name, arbitrary(field, wrong, text)])),
    { requiredKeys: wrong > 0 ? [] : fields.map(([name]) => name).filter((name) => needed.has(name)) },
  )
  if (fields.length > 0 || typeof shape.additionalProperties !== 'object') return known
  return fc.dictionary(fc.string({ maxLength: 8 }), arbitrary(shape.additionalProperties, wrong, text), {
    maxKeys: 3,
  })
}

function textOf(shape: Shape, text: string | undefined): fc.Arbitrary<unknown> {
  switch (shape.format) {
    case 'uuid':
      return fc.uuid()
    case 'date-time':
      return fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
        .map((at) => at.toISOString())
    case 'date':
      return fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
        .map((at) => at.toISOString().slice(0, 10))
    case 'time':
      return fc.constantFrom('00:00', '17:30', '23:59')
    case 'base64':
      return fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'))
    default: {
      if (shape.pattern?.includes('\\d{4,12}') === true) return fc.constantFrom('1234', '000000')
      if (text !== undefined) return fc.constant(text.slice(0, shape.maxLength ?? text.length))
      return fc.oneof(
        fc.string({
          unit: 'binary',
          minLength: shape.minLength ?? 0,
          maxLength: Math.min(30, shape.maxLength ?? 30),
        }),
        fc.constantFrom(
          'Bench 1',
          'PB-CMD-OK',
          'PB-W-1',
          '%',
          "'; DROP TABLE scan; --",
          'Asia/Shanghai',
          'W-0001',
        ),
      )
    }
  }
}
