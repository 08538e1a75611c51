import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './devices.module.css'

interface Size {
  readonly widthMm: number
  readonly heightMm: number
}

/** Width and height of the paper in whole millimetres. */
export function PaperSize({ size, onChange }: { size: Size; onChange: (size: Partial<Size>) => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.pair}>
      <NumberInput
        label={t('devices.paper.width')}
        min={20}
        max={300}
        allowDecimal={false}
        value={size.widthMm}
        onChange={(value) => onChange({ widthMm: Number(value) || size.widthMm })}
      />
      <NumberInput
        label={t('devices.paper.height')}
        min={10}
        max={600}
        allowDecimal={false}
        value={size.heightMm}
        onChange={(value) => onChange({ heightMm: Number(value) || size.heightMm })}
      />
    </div>
  )
}
