import { Select } from '@mantine/core'

// Names are trimmed, so nothing else is called this.
const none = ' '

interface Props {
  readonly label: string
  readonly description?: string | undefined
  /** What it is called to choose none. */
  readonly none: string
  readonly value: string | null
  readonly data: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string | null) => void
}

/** None is a choice like the others: a cross to clear with is too small for a finger. */
export function OneOrNone({ label, description, none: word, value, data, onChange }: Props) {
  return (
    <Select
      label={label}
      description={description}
      allowDeselect={false}
      value={value ?? none}
      data={[...data, { value: none, label: word }]}
      onChange={(next) => onChange(next === none ? null : next)}
    />
  )
}
