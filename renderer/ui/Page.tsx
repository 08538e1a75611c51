import type { ReactNode } from 'react'
import css from './Page.module.css'

interface Props {
  readonly title: string
  /** One line under the title: what the page adds up to. */
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** The page's content scrolls in itself (a board), not the page. */
  readonly fill?: boolean
}

export function Page({ title, lead, actions, children, fill = false }: Props) {
  return (
    <div className={css.page} data-fill={fill}>
      <header className={css.head}>
        <div className={css.words}>
          <h1 className={css.title}>{title}</h1>
          {lead === undefined ? null : <p className={css.lead}>{lead}</p>}
        </div>
        {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h2 className={css.sectionTitle}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Nothing here: says what would be, and how it gets here. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p className={css.emptyTitle}>{title}</p>
      {children}
    </div>
  )
}
