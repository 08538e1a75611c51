import type { ReactNode } from 'react'
import css from './Setting.module.css'

/** One choice of the settings: what it is and what it does on the left, the choice on the right. */
export function Setting({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <div className={css.setting}>
      <div>
        <p className={css.title}>{title}</p>
        {help === undefined ? null : <p className={css.help}>{help}</p>}
      </div>
      <div className={css.control}>{children}</div>
    </div>
  )
}

export function Settings({ children }: { children: ReactNode }) {
  return <div className={css.settings}>{children}</div>
}

/** A list of things that can be opened for changing, with a way to add one. */
export function Cards({ children }: { children: ReactNode }) {
  return <ul className={css.cards}>{children}</ul>
}

export function Card({
  title,
  lines,
  mark,
  onOpen,
  actions,
}: {
  title: string
  lines: readonly string[]
  mark?: ReactNode
  onOpen: () => void
  actions?: ReactNode
}) {
  return (
    <li className={css.card}>
      <button type="button" className={css.open} onClick={onOpen}>
        <span className={css.cardTitle}>
          <strong>{title}</strong>
          {mark}
        </span>
        {lines
          .filter((line) => line !== '')
          .map((line) => (
            <span key={line} className={css.line}>
              {line}
            </span>
          ))}
      </button>
      {actions}
    </li>
  )
}

export function FormStack({ children }: { children: ReactNode }) {
  return <div className={css.stack}>{children}</div>
}
