import { useSyncExternalStore } from 'react'
import type { LabelLayout } from '#shared/domain/labels/layout.ts'
import type { History } from '#renderer/ui/history.ts'

/** Drawings that nobody saved yet, by their layout's id: they outlive a look at other layouts and pages, not the window. */
const drawings = new Map<string, History<LabelLayout>>()
let ids: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

export const unsavedDrawing = (id: string): History<LabelLayout> | undefined => drawings.get(id)

/** Null: it was saved, or given up. */
export function holdDrawing(id: string, drawing: History<LabelLayout> | null): void {
  if (drawing === null) drawings.delete(id)
  else drawings.set(id, drawing)
  if (drawings.has(id) === ids.has(id)) return
  ids = new Set(drawings.keys())
  for (const listener of listeners) listener()
}

/** The ids of the layouts that have such a drawing. */
export const useUnsaved = (): ReadonlySet<string> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => ids,
  )
