import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '#renderer/app/i18n/en.ts'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'

const root = join(import.meta.dirname, '../..')

/** Every failure code that the core can answer with, read from its source. */
function failureCodes(): string[] {
  const codes = new Set<string>()
  for (const file of globSync(['electron/**/*.ts', 'shared/**/*.ts'], { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, code = ''] of text.matchAll(/\bfail\(\s*'([\w.]+)'/g)) codes.add(code)
  }
  const port = readFileSync(join(root, 'electron/ports/table-files.ts'), 'utf8')
  const faults = /readonly code:\s*((?:\|\s*'\w+'\s*)+)/.exec(port)?.[1] ?? ''
  for (const [, code = ''] of faults.matchAll(/'(\w+)'/g)) codes.add(code)
  return [...codes].sort()
}

const textOf = (texts: object, code: string): unknown =>
  code.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts)

describe('what goes wrong', () => {
  const codes = failureCodes()

  it('is found in the source', () => {
    expect(codes).toContain('fileBinary')
    expect(codes).toContain('noWaybill')
    expect(codes.length).toBeGreaterThan(40)
  })

  it.each(codes)('%s is said in both languages', (code) => {
    expect(textOf(zhCN.error, code)).toEqual(expect.any(String))
    expect(textOf(en.error, code)).toEqual(expect.any(String))
  })
})
