import type { ReactNode } from 'react'
import css from './Chip.module.css'

export type Tone = 'ok' | 'wrong' | 'hold' | 'info' | 'idle'

/** A state in a word, with a mark of its own shape, so that it is never colour alone. */
export function Chip({
  tone,
  children,
  strong = false,
}: {
  tone: Tone
  children: ReactNode
  strong?: boolean
}) {
  return (
    <span className={css.chip} data-tone={tone} data-strong={strong}>
      <span className={css.mark} aria-hidden="true">
        {marks[tone]}
      </span>
      <span>{children}</span>
    </span>
  )
}

const marks: Readonly<Record<Tone, string>> = { ok: '✔', wrong: '✖', hold: '‖', info: '▸', idle: '○' }
