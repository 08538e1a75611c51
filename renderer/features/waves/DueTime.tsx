import { useTranslation } from 'react-i18next'
import { minutesUntil, useSlowNow, when } from '#renderer/platform/moment.ts'
import { span } from '#renderer/ui/span.ts'
import css from './due-time.module.css'

/** When parcels must be with their courier: the clock, and how long is left or how late it is. */
export function DueTime({ at, over = false }: { at: string; over?: boolean }) {
  const { t } = useTranslation()
  const now = useSlowNow()
  const minutes = minutesUntil(at, now)
  const tone = over ? 'far' : toneOf(minutes)
  return (
    <span className={css.due} data-tone={tone}>
      <span>{t('waves.by', { time: when(at, now) })}</span>
      {over ? null : (
        <strong className={css.left}>
          {minutes < 0
            ? t('waves.late', { time: span(-minutes, t) })
            : t('waves.left', { time: span(minutes, t) })}
        </strong>
      )}
    </span>
  )
}

export type DueTone = 'late' | 'soon' | 'far'

export const toneOf = (minutes: number): DueTone => (minutes < 0 ? 'late' : minutes < 60 ? 'soon' : 'far')
