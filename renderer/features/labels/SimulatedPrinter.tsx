import { useTranslation } from 'react-i18next'
import { useCall } from '#renderer/platform/core.tsx'
import { clockSeconds } from '#renderer/platform/moment.ts'
import css from './SimulatedPrinter.module.css'

/** The paper of a printer that is not there: the newest label as the dots would lie on it. */
export function SimulatedPrinter() {
  const { t } = useTranslation()
  const printed = useCall('labels.simulated', { limit: 6 })
  const [newest, ...older] = printed.data?.labels ?? []
  return (
    <section className={css.printer}>
      <h2 className={css.title}>{t('simulated.title')}</h2>
      {newest === undefined ? (
        <p className={css.none}>{t('simulated.none')}</p>
      ) : (
        <>
          <div className={css.mouth}>
            {newest.png === null ? (
              <p className={css.none}>{t('simulated.unreadable')}</p>
            ) : (
              <img
                key={newest.id}
                className={css.paper}
                src={`data:image/png;base64,${newest.png}`}
                alt={t('simulated.label', { waybill: newest.waybill })}
              />
            )}
          </div>
          <p className={css.caption}>
            <strong>{newest.waybill}</strong>
            <span>
              {newest.order} · {clockSeconds(newest.at)}
            </span>
          </p>
          {older.length === 0 ? null : (
            <ul className={css.older} aria-label={t('simulated.older')}>
              {older.map((label) =>
                label.png === null ? null : (
                  <li key={label.id}>
                    <img
                      className={css.small}
                      src={`data:image/png;base64,${label.png}`}
                      alt={t('simulated.label', { waybill: label.waybill })}
                    />
                  </li>
                ),
              )}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
