import type { TFunction } from 'i18next'
import { isCode, type LayoutField, layoutFields, type LayoutItem } from '#shared/domain/labels/layout.ts'

type Key<F extends string> = F extends `${infer Whole}.${infer Part}` ? `${Whole}_${Part}` : F

const keyOf = <F extends LayoutField>(field: F): Key<F> => field.replace('.', '_') as Key<F>

export const fieldWord = (t: TFunction, field: LayoutField): string => t(`layouts.field.${keyOf(field)}`)

const known: readonly string[] = Object.values(layoutFields).flatMap(({ texts }): string[] => [...texts])
const isField = (text: string): text is LayoutField => known.includes(text)

/** Fields that the core names, in words. */
export const fieldWords = (t: TFunction, fields: readonly string[]): string =>
  fields.map((field) => (isField(field) ? fieldWord(t, field) : field)).join(t('layouts.comma'))

const ready = [
  'courier-100x150',
  'courier-100x180',
  'courier-76x130',
  'courier-a6',
  'product-60x40',
  'location-40x30',
  'slip-80',
] as const

/** A layout's name: the ready ones have theirs in both languages. */
export function layoutWord(t: TFunction, name: string): string {
  const found = ready.find((one) => one === name)
  return found === undefined ? name : t(`layouts.ready.${found}`)
}

export function itemWord(t: TFunction, item: LayoutItem): string {
  const kind = t(`layouts.kindOf.${item.kind}`)
  if (item.kind === 'text') return fieldWord(t, item.field)
  if (item.kind === 'words') return `“${item.words}”`
  return isCode(item) ? `${kind} · ${fieldWord(t, item.field)}` : kind
}

export function conditionWord(t: TFunction, { when, unless }: LayoutItem): string {
  return [
    when === undefined ? '' : t('layouts.whenField', { field: fieldWord(t, when) }),
    unless === undefined ? '' : t('layouts.unlessField', { field: fieldWord(t, unless) }),
  ]
    .filter((words) => words !== '')
    .join(' · ')
}
