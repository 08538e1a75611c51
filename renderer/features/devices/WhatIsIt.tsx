import { IconBarcode, IconPrinter, IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import css from './devices.module.css'

/** A serial port does not say what is at its end. */
export function WhatIsIt({
  onPrinter,
  onInput,
}: {
  onPrinter: () => void
  onInput: (kind: 'scanner' | 'scale') => void
}) {
  const { t } = useTranslation()
  const choices = [
    ['printer', IconPrinter, onPrinter],
    ['scanner', IconBarcode, () => onInput('scanner')],
    ['scale', IconScale, () => onInput('scale')],
  ] as const
  return (
    <div className={css.stack}>
      <p className={css.question}>{t('devices.what.title')}</p>
      <div className={css.choices}>
        {choices.map(([what, Picture, choose]) => (
          <button key={what} type="button" className={css.choice} onClick={choose}>
            <Picture size={40} stroke={1.5} aria-hidden="true" />
            <strong>{t(`devices.what.${what}`)}</strong>
          </button>
        ))}
      </div>
    </div>
  )
}
