import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from './figure.ts'
import { scratchFolder } from './warehouse.ts'
import { root } from './window.ts'

const scansAtEachPace = 1000

/**
 * TARGETS U4 and B6 at full length: the end-to-end proof itself, with a keyboard below the window and pinyin on. Its
 * tests leave their figures in a file; what fails there without a figure over its bound breaks the benchmark.
 */
export async function benchWedge(): Promise<Figure[]> {
  using scratch = scratchFolder()
  const file = join(scratch.path, 'figures.jsonl')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const config = join(root, 'scripts/config/vitest.ts')
  const proof = ['chinese', 'noise'].map((name) => `test/e2e/wedge-${name}.test.ts`)
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...proof], {
    cwd: root,
    // Its own report is news for people; standard output belongs to the figures.
    stdio: ['ignore', 2, 2],
    env: {
      ...process.env,
      PACKBENCH_WEDGE_SCANS: String(scansAtEachPace),
      PACKBENCH_WEDGE_ALL: '1',
      PACKBENCH_FIGURES: file,
    },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  const figures = existsSync(file) ? together(readFileSync(file, 'utf8')) : []
  if (code !== 0 && figures.every(({ ok }) => ok)) throw new Error(`the proof ended with ${code}`)
  return figures
}

/** Counts of the same thing from several tests are one figure. */
function together(lines: string): Figure[] {
  const figures = new Map<string, Figure>()
  for (const line of lines.trim().split('\n')) {
    const figure = JSON.parse(line) as Figure
    const before = figures.get(figure.id)
    const sum = before === undefined ? figure : added(before, figure)
    figures.set(figure.id, sum)
  }
  return [...figures.values()]
}

function added(a: Figure, b: Figure): Figure {
  return { ...a, value: a.value + b.value, ok: a.ok && b.ok, against: `${a.against}; ${b.against}` }
}
