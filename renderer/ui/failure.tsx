import { useTranslation } from 'react-i18next'
import { CoreFailure } from '#renderer/platform/core.tsx'
import type { Failure } from '#shared/support/result.ts'
import css from './failure.module.css'

/** The core's refusal in the person's language: what happened, what was kept, what to do. */
export function useFailureText(): (error: unknown) => string {
  const { i18n } = useTranslation()
  return (error) => {
    const failure: Failure | null = error instanceof CoreFailure ? error.failure : null
    if (failure === null && error instanceof Error) return error.message
    const key = `error.${failure?.code ?? 'core.bug'}`
    return i18n.exists(key)
      ? String(i18n.t(key as never, (failure?.params ?? {}) as never))
      : (failure?.message ?? key)
  }
}

export function FailureNote({ error }: { error: unknown }) {
  const text = useFailureText()
  if (error === null || error === undefined) return null
  return (
    <p className={css.note} role="alert">
      <span className={css.mark} aria-hidden="true">
        ✖
      </span>
      <span>{text(error)}</span>
    </p>
  )
}
