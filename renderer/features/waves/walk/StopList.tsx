import { useTranslation } from 'react-i18next'
import css from './stop-list.module.css'
import type { Walk } from './WalkMap.tsx'

/** The stops of a map in words, for those who cannot see it and for those who look for one shelf. */
export function StopList({ walk }: { walk: Walk }) {
  const { t } = useTranslation()
  return (
    <ol className={css.list} aria-label={t('map.list')}>
      {walk.stops.map((stop) => (
        <li key={stop.number} className={css.stop} data-done={stop.done}>
          <span className={css.number}>{stop.number}</span>
          <span>{stop.location}</span>
          {stop.done ? <span className="pb-visually-hidden">{t('map.done')}</span> : null}
        </li>
      ))}
    </ol>
  )
}
