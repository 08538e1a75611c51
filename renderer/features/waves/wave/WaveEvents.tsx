import { useTranslation } from 'react-i18next'
import { when } from '#renderer/platform/moment.ts'
import { Section } from '#renderer/ui/Page.tsx'
import css from './wave.module.css'
import type { Wave } from './WavePage.tsx'
import { reasonWords, whoWords } from '#renderer/features/waves/words.ts'

/** What happened to a wave after it was made: who joined and why, what was short, which list took over. */
export function WaveEvents({ events }: { events: Wave['events'] }) {
  const { t, i18n } = useTranslation()
  if (events.length === 0) return null
  return (
    <Section title={t('waves.eventsTitle')}>
      <ol className={css.events}>
        {events.map((event, at) => (
          <li key={at} className={css.event}>
            <time dateTime={event.at} className={css.eventTime}>
              {when(event.at)}
            </time>
            <span>
              <strong>
                {event.kind === 'picker' && event.about === ''
                  ? t('waves.noPicker')
                  : t(`waves.event.${event.kind}`, { about: event.about })}
              </strong>
              {event.reason === '' ? null : <> · {reasonWords({ code: event.reason }, i18n)}</>}
              {whoWords(event.who) === '' ? null : <span className={css.faint}> · {event.who}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
