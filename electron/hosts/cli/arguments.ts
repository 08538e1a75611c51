import type { CliCore } from './core.ts'
import { WrongUsage } from './outcome.ts'

export type Values = Readonly<Record<string, string | boolean | string[] | undefined>>

export interface Invocation {
  readonly core: CliCore
  readonly words: readonly string[]
  readonly values: Values
  print(human: string, json: unknown): void
}

export function text({ values }: Invocation, name: string): string {
  const value = values[name]
  if (typeof value !== 'string' || value === '') throw new WrongUsage(`--${name} is needed`)
  return value
}

export function optional({ values }: Invocation, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export function number(at: Invocation, name: string): number | undefined {
  const value = optional(at, name)
  if (value === undefined) return undefined
  if (!/^\d{1,9}$/.test(value)) throw new WrongUsage(`--${name} takes a number`)
  return Number(value)
}

export function oneOf<const T extends string>(value: string, of: readonly T[], name: string): T {
  const found = of.find((one) => one === value)
  if (found === undefined) throw new WrongUsage(`${name} is one of ${of.join(', ')}`)
  return found
}

export const language = (at: Invocation) =>
  oneOf(optional(at, 'language') ?? 'zh-CN', ['zh-CN', 'en'], '--language')

export function word(at: Invocation, index: number, what: string): string {
  const value = at.words[index]
  if (value === undefined) throw new WrongUsage(`${what} is needed`)
  return value
}
