/** How the value of an application identifier is made. */
export interface Gs1Format {
  /** Characters, at least and at most. */
  readonly least: number
  readonly most: number
  /** Digits at the front; `least` or more where the whole value is numeric. */
  readonly digits: number
  /** The value, or its first 13 or 14 digits, ends with a check digit. */
  readonly checked: number
  /** Where the decimal point is, counted from the right, by the identifier's own last digit. */
  readonly decimals: number
}

/**
 * Application identifiers of the GS1 General Specifications §3.2, a row for each format. `n` = digits, `x` = any
 * character, `..` = up to; `c` = the value's end is a check digit; `310-316*5` = a fourth digit 0 to 5 that says how many
 * decimals the value has.
 */
const rows = `
n18c   00
n14c   01 02 03
n6     11 12 13 15 16 17
n2     20
x..20  10 21 22 243 254 420 4318 7020 7021 7022 710-716 7240 8002 8012
x..28  235
x..30  240 241 250 251 400 401 403 4308 4319 7002 7023 8004 8010 90
n..6   242
n13x..17c13 253
n13n..12c13 255
n..8   30 37
n6     310-316*5 320-329*5 330-337*5 340-349*5 350-357*5 360-369*5
n..15  390*9 392*9
n3n..15 391*9 393*9
n4     394*3
n6     395*5
n17c   402
n13c   410-417
n3x..9 421
n3     422 424 426
n3n..12 423 425
x..3   427 7008
x..35  4300 4301 4310 4311 4320
x..70  4302-4306 4312-4316 7257 8110 8112 8200
x2     4307 4317
n20    4309
n1     4321-4323 7252
n10    4324 4325 7003 8101
n6     4326 7006 8005 8100
n6x..1 4330-4333
n13    7001
n..4   7004
x..12  7005
n6n..6 7007
x..10  7009 7255
x..2   7010
n6n..4 7011
n3x..27 7030-7039
n1x3   7040
x..4   7041
x2x..28 7230-7239
n2     7241 8102
x..25  7242 8013 8020
n8     7250
n12    7251
x..40  7253 7254 7259
x..90  7256 8030 91-99
x3     7258
n14    8001
n14x..16c14 8003
n18c14 8006 8026
x..34  8007
n8n..4 8008
x..50  8009
n..12  8011
n18c   8017 8018
n..10  8019
n4     8111
`

const table: ReadonlyMap<string, Gs1Format> = new Map(
  rows
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [format = '', ...names] = row.trim().split(/\s+/)
      return names.flatMap((name) =>
        identifiers(name).map(([ai, decimals]) => [ai, formatOf(format, decimals)]),
      )
    }),
)

/** The identifier that stands at the beginning of `text`, two to four digits of it; undefined where none does. */
export function identifierAt(text: string): { readonly ai: string; readonly format: Gs1Format } | undefined {
  for (const length of [2, 3, 4]) {
    const ai = text.slice(0, length)
    const format = ai.length === length ? table.get(ai) : undefined
    if (format !== undefined) return { ai, format }
  }
  return undefined
}

function identifiers(name: string): [ai: string, decimals: number][] {
  const [, from = '', to = from, places] = /^(\d+)(?:-(\d+))?(?:\*(\d))?$/.exec(name) ?? []
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) =>
    String(Number(from) + step).padStart(from.length, '0'),
  ).flatMap((ai): [string, number][] =>
    places === undefined
      ? [[ai, 0]]
      : Array.from({ length: Number(places) + 1 }, (_, decimals): [string, number] => [
          `${ai}${decimals}`,
          decimals,
        ]),
  )
}

function formatOf(text: string, decimals: number): Gs1Format {
  const parts = [...text.matchAll(/([nx])(\.\.)?(\d+)/g)].map(([, kind, upTo, length]) => ({
    numeric: kind === 'n',
    least: upTo === undefined ? Number(length) : 0,
    most: Number(length),
  }))
  const least = parts.reduce((sum, part) => sum + part.least, 0)
  const most = parts.reduce((sum, part) => sum + part.most, 0)
  const lead = parts[0]?.numeric === true ? (parts[0].most ?? 0) : 0
  const [, checked] = /c(\d*)$/.exec(text) ?? []
  return {
    least: Math.max(least, 1),
    most,
    digits: parts.every((part) => part.numeric) ? most : lead,
    checked: checked === undefined ? 0 : checked === '' ? most : Number(checked),
    decimals,
  }
}
