/**
 * The walks that waves and their lists need, against published optima and against the rules that others follow.
 *
 *   npm run -s bench:waves -- --data DIR [--seconds S] [--json]
 *
 * DIR is any folder that holds instances in the formats of SPRP (Heßler & Irnich) and of order batching (Henn & Wäscher);
 * what it does not hold is left out. With `--json` standard output holds one object {"figures":[...]} and nothing else.
 * A walk that is shorter than a proven optimum fails the run.
 */
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Figure } from './bench/figure.ts'
import type { HalfReport } from './bench/sprp.ts'
import { layFigures } from './bench/table.ts'

interface Settings {
  readonly data: string
  /** Longest time for the search of one batching instance. */
  readonly seconds: number
}

const halves: Readonly<Record<string, (settings: Settings) => Promise<HalfReport | null>>> = {
  routing: async ({ data }) => (await import('./bench/sprp.ts')).benchRouting(data),
  batching: async ({ data, seconds }) => (await import('./bench/obp.ts')).benchBatching(data, seconds),
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
if (
  values.data === undefined ||
  statSync(values.data, { throwIfNoEntry: false })?.isDirectory() !== true ||
  !(seconds > 0)
) {
  console.error('bench:waves: --data names a folder that is there, --seconds is more than 0')
  process.exitCode = 2
} else process.exitCode = await run({ data: values.data, seconds }, values.json)

async function run(settings: Settings, json: boolean): Promise<number> {
  const figures: Figure[] = []
  for (const [name, measure] of Object.entries(halves)) {
    console.error(`bench: ${name}`)
    const report = await measure(settings)
    if (report === null) {
      console.error(`bench: ${settings.data} has nothing for ${name}`)
      continue
    }
    figures.push(...report.figures)
    if (!json) for (const line of report.lines) console.log(line)
  }
  if (json) console.log(JSON.stringify({ figures }))
  else for (const line of layFigures(figures)) console.log(line)
  return figures.length === 0 ? 2 : 0
}
