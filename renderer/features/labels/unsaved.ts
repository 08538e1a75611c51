import { useSyncExternalStore } from 'react'
import type { LabelLayout } from '#shared/domain/labels/layout.ts'
import type { History } from '#renderer/ui/history.ts'

/** Drawings that nobody saved yet, by their layout's id: they outlive a look at other layouts and pages, not the window. */
const drawings = new Map<string, { readonly of: string; readonly drawing: History<LabelLayout> }>()
let ids: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

/** `of`: when the layout was saved that was drawn on. What was drawn on an older one would take back what others saved. */
export function unsavedDrawing(id: string, of: string): History<LabelLayout> | undefined {
  const held = drawings.get(id)
  return held?.of === of ? held.drawing : undefined
}

export function holdDrawing(id: string, of: string, drawing: History<LabelLayout>): void {
  drawings.set(id, { of, drawing })
  tell()
}

/** It was saved, or given up. */
export function dropDrawing(id: string): void {
  drawings.delete(id)
  tell()
}

function tell(): void {
  if (drawings.size === ids.size && [...drawings.keys()].every((id) => ids.has(id))) return
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
