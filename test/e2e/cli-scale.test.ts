import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const main = join(import.meta.dirname, '../../electron/hosts/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'packbench-scale-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const packbench = (args: readonly string[], input = '') => {
  const { status, stderr } = spawnSync(process.execPath, [main, '--data', join(folder, 'data'), ...args], {
    input,
    encoding: 'utf8',
  })
  return { status, stderr }
}

it('sets up a scale for one bench, and never for all', () => {
  expect(packbench(['init'])).toEqual({ status: 0, stderr: '' })
  // The bench is there once something was scanned at it.
  packbench(['pack', '--bench', 'Bench 1'], 'NOTHING\n')
  const add = ['scale', 'add', 'Scale', '--way', 'serial', '--address', '/dev/scale']
  expect(packbench(add)).toEqual({ status: 2, stderr: '--bench is needed\n' })
  expect(packbench([...add, '--bench', 'Bench 1'])).toEqual({ status: 0, stderr: '' })
})
