import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '#renderer/app/i18n/en.ts'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Literals of an expression, without those that it only compares with. */
const literals = (text: string) =>
  [...text.replaceAll(/[!=]== '[\w.]+'/g, '').matchAll(/'([\w.]+)'/g)].map(([, literal = '']) => literal)

const all = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, found = '']) => found)

/** Members of a union of strings by its name. */
const union = (text: string, name: string) =>
  literals(new RegExp(`type ${name} =([^\\n]*(?:\\n\\s+\\|[^\\n]*)*)`).exec(text)?.[1] ?? '')

/** Every reason that a scan can be answered with, read from the source of what decides and saves it. */
function reasonCodes(): string[] {
  const rules = ['decide-scan', 'decide-weight', 'decide-hand-over', 'stop-gate', 'follow-scale', 'weight']
    .map((name) => read(`shared/domain/packing/${name}.ts`))
    .concat(read('shared/domain/packing/situation.ts'), read('electron/features/packing/scan.ts'))
    .join('\n')
  const request = /export function requestLabel[\s\S]*?\n}\n/.exec(read('electron/features/labels/ledger.ts'))
  const expressions = [
    // `{ code: … }` and `const code = …`
    ...all(rules, /\bcode(?::| =)\s*([^,};]+)/g),
    // `did(at, …, effects, bench)`
    ...all(rules, /\bdid\(\s*(?:at|\{[^}]*\}),\s*([^,]+),/g),
    // `goesOn(at, order, weighed, short, …)`
    ...all(rules, /\bgoesOn\([^)]*,\s*('\w+')\)/g),
    // `says(verdict, …)` at hand-over
    ...all(rules, /\bsays\('\w+',\s*('\w+')/g),
    ...all(request?.[0] ?? '', /\bfail\(\s*('\w+')/g),
  ]
  const templates = [
    ...union(rules, 'NotWeighed').map((why) => `notWeighed.${why}`),
    ...union(rules, 'ScaleTrouble').map((why) => `notWeighed.${why}`),
    ...union(rules, 'ScaleTrouble').map((why) => `weightStopped.${why}`),
  ]
  return [...new Set([...expressions.flatMap(literals), ...templates, ...union(rules, 'StopCode')])].sort()
}

const textOf = (texts: object, code: string): unknown =>
  code.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts)

describe('the reason of a scan', () => {
  const codes = reasonCodes()

  it('is found in every form in which the source says it', () => {
    expect(codes).toEqual(
      expect.arrayContaining(
        (
          'unknownCode oneTooMany packTooLarge openAJobFirst handOverAllWaves oddGain acknowledged nothingToDo ' +
          'held short weightReleased notPacked noWaybill noCourier quarantine notWeighed.noBase notWeighed.gone ' +
          'weightStopped.gone'
        ).split(' '),
      ),
    )
    expect(codes.length).toBeGreaterThan(80)
  })

  it.each(codes)('%s is said in both languages', (code) => {
    expect(textOf(zhCN.bench.reason, code)).toEqual(expect.any(String))
    expect(textOf(en.bench.reason, code)).toEqual(expect.any(String))
  })
})
