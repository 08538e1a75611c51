import { Input, NumberInput, SegmentedControl, Slider, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Printer, PrinterFamily } from '#shared/contract/devices.ts'
import type { Scale } from '#shared/domain/devices/printer-languages.ts'
import css from './devices.module.css'
import { rangeOf } from './printer-draft.ts'

interface Props {
  readonly draft: Printer
  readonly families: readonly PrinterFamily[]
  readonly onChange: (part: Partial<Printer>) => void
}

const medias = ['gap', 'mark', 'continuous'] as const
const rotations = [0, 90, 180, 270] as const
const compressions = ['z64', 'acs', 'hex'] as const

/** What is touched only when a label looks wrong. */
export function FineTuning({ draft, families, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <details className={css.details}>
      <summary className={css.summary}>{t('devices.edit.fine')}</summary>
      <div className={css.stack}>
        {(['darkness', 'speed'] as const).map((what) => {
          const scale = rangeOf(what, draft, families)
          return scale === null ? null : (
            <Steps
              key={what}
              label={t(`devices.edit.${what}`)}
              scale={scale}
              value={draft[what]}
              onChange={(value) => onChange(what === 'darkness' ? { darkness: value } : { speed: value })}
            />
          )
        })}
        {draft.language === 'driver' ? null : (
          <Input.Wrapper label={t('devices.edit.media')}>
            <SegmentedControl
              className={css.under}
              fullWidth
              aria-label={t('devices.edit.media')}
              value={draft.media ?? 'asSet'}
              data={(['asSet', ...medias] as const).map((value) => ({
                value,
                label: t(`devices.edit.mediaOf.${value}`),
              }))}
              onChange={(value) => onChange({ media: medias.find((one) => one === value) ?? null })}
            />
          </Input.Wrapper>
        )}
        {draft.language === 'driver' || draft.media === 'continuous' || draft.media === null ? null : (
          <NumberInput
            label={t('devices.edit.gap')}
            min={0}
            max={20}
            step={0.5}
            decimalScale={1}
            value={draft.gapMm}
            onChange={(value) => onChange({ gapMm: Number(value) })}
          />
        )}
        <div className={css.pair}>
          <NumberInput
            label={t('devices.edit.offsetX')}
            min={-30}
            max={30}
            step={0.5}
            decimalScale={1}
            value={draft.offsetXMm}
            onChange={(value) => onChange({ offsetXMm: Number(value) })}
          />
          <NumberInput
            label={t('devices.edit.offsetY')}
            min={-30}
            max={30}
            step={0.5}
            decimalScale={1}
            value={draft.offsetYMm}
            onChange={(value) => onChange({ offsetYMm: Number(value) })}
          />
        </div>
        <Input.Wrapper label={t('devices.edit.rotation')}>
          <SegmentedControl
            className={css.under}
            fullWidth
            aria-label={t('devices.edit.rotation')}
            value={String(draft.rotation)}
            data={rotations.map((value) => ({ value: String(value), label: `${value}°` }))}
            onChange={(value) => onChange({ rotation: rotations.find((one) => String(one) === value) ?? 0 })}
          />
        </Input.Wrapper>
        {draft.language === 'zpl' ? (
          <Input.Wrapper
            label={t('devices.edit.compression')}
            description={t('devices.edit.compressionHelp')}
          >
            <SegmentedControl
              className={css.under}
              fullWidth
              aria-label={t('devices.edit.compression')}
              value={draft.compression}
              data={compressions.map((value) => ({ value, label: value.toUpperCase() }))}
              onChange={(value) =>
                onChange({ compression: compressions.find((one) => one === value) ?? 'z64' })
              }
            />
          </Input.Wrapper>
        ) : null}
      </div>
    </details>
  )
}

function Steps({
  label,
  scale,
  value,
  onChange,
}: {
  label: string
  scale: Scale
  value: number | null
  onChange: (value: number | null) => void
}) {
  const { t } = useTranslation()
  const middle = Math.round((scale.lowest + scale.highest) / 2)
  return (
    <Input.Wrapper label={label}>
      <Switch
        className={css.under}
        size="lg"
        label={t('devices.edit.asSet')}
        aria-label={`${label}: ${t('devices.edit.asSet')}`}
        checked={value === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : middle)}
      />
      {value === null ? null : (
        <div className={css.slider}>
          <Slider
            size="xl"
            thumbSize={44}
            thumbLabel={label}
            min={scale.lowest}
            max={scale.highest}
            value={value}
            onChange={onChange}
          />
          <output className={css.step}>
            {value} / {scale.highest}
          </output>
        </div>
      )}
    </Input.Wrapper>
  )
}
