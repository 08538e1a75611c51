import { Component, type ReactNode } from 'react'
import i18next from 'i18next'
import css from './ErrorBoundary.module.css'

/** The page has a bug: what was scanned is safe in the core, so say that, and offer to draw the page anew. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <main className={css.crash}>
        <h1>{i18next.t('crash.title')}</h1>
        <p>{i18next.t('crash.kept')}</p>
        <button type="button" className={css.again} onClick={() => window.location.reload()}>
          {i18next.t('crash.again')}
        </button>
        <pre className={css.detail}>{error.message}</pre>
      </main>
    )
  }
}
