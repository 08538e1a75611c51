import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fences } from '#scripts/config/fences.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { oxlintConfig } from '#scripts/config/oxlint.ts'

const root = join(import.meta.dirname, '../..')
const oxlint = join(root, 'node_modules/.bin/oxlint')

/** Plants one file per fence in an empty tree and returns which of them the lint refused. */
function refused(importOf: (planted: string) => string): Set<string> {
  const tree = mkdtempSync(join(tmpdir(), 'packbench-fences-'))
  try {
    writeFileSync(join(tree, 'oxlint.json'), JSON.stringify(oxlintConfig()))
    for (const fence of fences) {
      const file = join(tree, plantedAt(fence.files))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, importOf(fence.planted))
    }
    const run = spawnSync(oxlint, ['-c', 'oxlint.json', '-f', 'json', '.'], { cwd: tree, encoding: 'utf8' })
    const report = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] }
    return new Set(
      report.diagnostics
        .filter((row) => row.code.includes('no-restricted-imports'))
        .map((row) => row.filename),
    )
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

const plantedAt = (files: string) => `${files.replace('{ui,platform}', 'ui').replace('/**', '')}/planted.ts`

describe('fences', () => {
  let plain: Set<string>
  let dynamic: Set<string>
  let harmless: Set<string>
  beforeAll(() => {
    plain = refused((planted) => `import { x } from '${planted}'\nexport const y = x\n`)
    dynamic = refused((planted) => `export const y = await import('${planted}')\n`)
    harmless = refused(() => `import { x } from './neighbour.ts'\nexport const y = x\n`)
  })

  it.each(fences.map((fence) => [fence.files, fence.planted] as const))('%s refuses %s', (files) => {
    expect(plain).toContain(plantedAt(files))
    expect(dynamic).toContain(plantedAt(files))
  })

  it('lets a file import its neighbour', () => {
    expect([...harmless]).toEqual([])
  })
})
