/**
 * The figures that the product is judged by, each with the side that it is compared with measured in the same run.
 *
 *   npm run -s bench -- [scan|import|label ...] [--json]      without a name: all but `wedge`, which takes half an hour
 *
 * With `--json` standard output holds one object {"figures":[...]} and nothing else. A figure over its bound does
 * not fail the run: machines differ. A benchmark that breaks does.
 */
import { parseArgs } from 'node:util'
import type { Figure } from './bench/figure.ts'
import { layFigures } from './bench/table.ts'

/** Loaded when asked for: what one group imports must not sit in the memory or the caches of another. */
const groups: Readonly<Record<string, () => Promise<() => Promise<Figure[]>>>> = {
  scan: async () => (await import('./bench/scan.ts')).benchScan,
  import: async () => (await import('./bench/import.ts')).benchImport,
  label: async () => (await import('./bench/label.ts')).benchLabel,
  page: async () => (await import('./bench/page.ts')).benchPage,
  start: async () => (await import('./bench/start.ts')).benchStart,
  documents: async () => (await import('./bench/documents.ts')).benchDocuments,
  waves: async () => (await import('./bench/waves.ts')).benchWaves,
  wedge: async () => (await import('./bench/wedge.ts')).benchWedge,
}

/** Too long to be run by the way. */
const onlyByName: ReadonlySet<string> = new Set(['wedge'])

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
})
const unknown = positionals.find((name) => !Object.hasOwn(groups, name))
if (unknown === undefined) process.exitCode = await run(positionals, values.json)
else {
  console.error(`there is no benchmark ${unknown}; there are ${Object.keys(groups).join(', ')}`)
  process.exitCode = 2
}

async function run(wanted: readonly string[], json: boolean): Promise<number> {
  const figures: Figure[] = []
  let broken = 0
  for (const [name, load] of Object.entries(groups)) {
    if (wanted.length === 0 ? onlyByName.has(name) : !wanted.includes(name)) continue
    console.error(`bench: ${name}`)
    try {
      const measure = await load()
      figures.push(...(await measure()))
    } catch (error) {
      broken += 1
      console.error(`bench: ${name} broke: ${error instanceof Error ? (error.stack ?? '') : String(error)}`)
    }
  }
  if (json) console.log(JSON.stringify({ figures }))
  else for (const line of layFigures(figures)) console.log(line)
  return broken === 0 ? 0 : 1
}
