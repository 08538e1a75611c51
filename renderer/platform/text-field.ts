export type TextField = HTMLInputElement | HTMLTextAreaElement

const notText = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'color', 'range', 'image'])

export function textFieldOf(target: EventTarget | null): TextField | null {
  if (target instanceof HTMLTextAreaElement) return target.readOnly ? null : target
  if (target instanceof HTMLInputElement) return target.readOnly || notText.has(target.type) ? null : target
  return null
}

/** A text field as it was. */
export interface FieldMark {
  readonly field: TextField
  readonly value: string
  readonly selection: readonly [number, number] | null
}

export function markOf(field: TextField): FieldMark {
  const { value, selectionStart, selectionEnd } = field
  const selection =
    selectionStart === null || selectionEnd === null ? null : ([selectionStart, selectionEnd] as const)
  return { field, value, selection }
}

/** Puts a field back, so that React hears of it: through the element's own setter, then as an input event. */
export function restore({ field, value, selection }: FieldMark): void {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  if (field.value !== value) Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value)
  // Fields that write as they please what is typed into them judge by the caret what was done.
  if (selection !== null) field.setSelectionRange(...selection)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
