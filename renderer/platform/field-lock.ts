import { type TextField, textFieldOf } from './text-field.ts'

/**
 * Keeps one text field from taking text while a code is typed there. What takes no text has no input method: from then
 * on every key comes at once and as it is, Enter too, and nothing is composed.
 */
export function createFieldLock() {
  let locked: TextField | null = null
  let plain = false
  const open = () => {
    if (locked !== null) locked.readOnly = false
    locked = null
    plain = false
  }
  return {
    open,
    close(field: TextField) {
      if (locked === field) return
      open()
      locked = field
      field.readOnly = true
    },
    /** Whether the browser has taken the input method away: then a letter goes down as itself. */
    isPlain(event: KeyboardEvent): boolean {
      if (locked !== null && event.type === 'keydown' && /^[a-z]$/i.test(event.key)) plain = true
      return plain
    },
    isClosed: (field: TextField | null): boolean => field !== null && field === locked,
    /** The text field that it is, also while it is locked. */
    fieldOf: (target: EventTarget | null): TextField | null =>
      locked !== null && target === locked ? locked : textFieldOf(target),
  }
}
