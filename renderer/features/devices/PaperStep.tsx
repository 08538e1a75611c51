import { Button, Input, SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PrinterFamily } from '#shared/contract/devices.ts'
import { bauds } from './bauds.ts'
import { PaperSize } from './PaperSize.tsx'
import css from './devices.module.css'
import { papers } from './papers.ts'
import { baudOf, type Draft, isPrintable, withBaud } from './printer-draft.ts'

interface Props {
  readonly draft: Draft
  readonly families: readonly PrinterFamily[]
  readonly onChange: (part: Partial<Draft>) => void
  readonly onNext: () => void
}

export function PaperStep({ draft, families, onChange, onNext }: Props) {
  const { t } = useTranslation()
  const family = families.find(({ id }) => id === draft.profile)
  const dpi = family?.dpi ?? []
  return (
    <>
      <p className={css.question}>{t('devices.paper.title')}</p>
      <div className={css.papers} role="group" aria-label={t('devices.paper.title')}>
        {papers.map(({ what, widthMm, heightMm, media }) => (
          <button
            key={what}
            type="button"
            className={css.paper}
            aria-pressed={draft.widthMm === widthMm && draft.heightMm === heightMm && draft.media === media}
            onClick={() => onChange({ widthMm, heightMm, media })}
          >
            <span className={css.sheetBox} aria-hidden="true">
              <span
                className={css.sheet}
                data-roll={media === 'continuous'}
                data-parts={what === 'twoPart' ? 2 : 1}
                style={{ width: widthMm * 0.38, height: Math.min(heightMm, 180) * 0.38 }}
              />
            </span>
            <strong>{what === 'roll' ? t('devices.paper.roll') : `${widthMm} × ${heightMm}`}</strong>
            {what === 'roll' ? null : <span className={css.quiet}>{t(`devices.paper.${what}`)}</span>}
          </button>
        ))}
      </div>
      <PaperSize size={draft} onChange={onChange} />
      {family === undefined || isPrintable(draft, family) ? null : (
        <p className={css.warning} role="status">
          {t('devices.paper.tooWide', { maker: family.maker, width: family.widthMm })}
        </p>
      )}
      {dpi.length === 1 || draft.transport === 'component' ? null : (
        <Input.Wrapper label={t('devices.paper.dpi')} description={t('devices.paper.dpiHelp')}>
          <SegmentedControl
            className={css.under}
            fullWidth
            aria-label={t('devices.paper.dpi')}
            value={String(draft.dpi)}
            data={['203', '300'].map((value) => ({ value, label: `${value} dpi` }))}
            onChange={(value) => onChange({ dpi: value === '300' ? 300 : 203 })}
          />
        </Input.Wrapper>
      )}
      {draft.transport === 'serial' ? (
        <Select
          label={t('devices.address.baud')}
          description={t('devices.paper.baudHelp')}
          allowDeselect={false}
          value={baudOf(draft.address)}
          data={[...bauds]}
          onChange={(baud) => onChange({ address: withBaud(draft.address, baud ?? '9600') })}
        />
      ) : null}
      <div className={css.buttons}>
        <Button size="lg" onClick={onNext}>
          {t('devices.step.next')}
        </Button>
      </div>
    </>
  )
}
