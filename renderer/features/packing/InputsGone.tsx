import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '#renderer/platform/core.tsx'
import { play } from '#renderer/platform/sound.ts'
import css from './printer-trouble.module.css'

/** Scanners and scales of this bench that are unplugged, in words, picture and sound; gone when they are back. */
export function InputsGone({ bench }: { bench: string }) {
  const { t } = useTranslation()
  const inputs = useCall('devices.inputs', {}).data?.inputs ?? []
  const gone = inputs.filter((input) => input.bench === bench && input.link.kind === 'gone')
  const lost = gone.length
  useEffect(() => {
    if (lost > 0) play('lost')
  }, [lost])
  if (lost === 0) return null
  return (
    <section className={css.strip} role="status" aria-label={t('bench.gone.title')}>
      {gone.map(({ id, name, kind }) => (
        <div key={id} className={css.trouble}>
          <IconPlugConnectedX className={css.picture} size={64} stroke={2} aria-hidden="true" />
          <div>
            <p className={css.what}>{t('bench.gone.what', { name })}</p>
            <p className={css.help}>{t(`bench.gone.${kind}`)}</p>
          </div>
        </div>
      ))}
    </section>
  )
}
