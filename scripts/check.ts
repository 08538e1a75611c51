/** Every gate that is not a test: format, lint with the fences, types. `--fix` formats and mends what it can. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { oxlintConfig } from './config/oxlint.ts'

const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache')
mkdirSync(cache, { recursive: true })
const lintConfig = join(root, '.oxlintrc.json') // globs in it are relative to its folder
writeFileSync(lintConfig, JSON.stringify(oxlintConfig(), null, 2))

const fix = process.argv.includes('--fix')
const source = ['electron', 'shared', 'renderer', 'scripts', 'test']
const gates: readonly (readonly [string, readonly string[]])[] = [
  ['oxfmt', fix ? ['--write', ...source] : ['--check', ...source]],
  ['oxlint', ['-c', lintConfig, '--deny-warnings', ...(fix ? ['--fix'] : []), ...source]],
  ['tsc', ['-b', '--pretty', 'false']],
]
let failed = 0
for (const [tool, args] of gates) {
  const run = spawnSync(join(root, 'node_modules', '.bin', tool), args, { cwd: root, stdio: 'inherit' })
  if (run.status !== 0) {
    failed += 1
    console.error(`check: ${tool} failed`)
  }
}
process.exit(failed === 0 ? 0 : 1)
