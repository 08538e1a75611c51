import { Input, SegmentedControl, Select, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { InputDevice } from '#shared/contract/devices.ts'
import { bauds } from './bauds.ts'
import css from './devices.module.css'

type Serial = NonNullable<InputDevice['settings']['serial']>

const parities = ['none', 'even', 'odd'] as const
const ends = ['any', 'cr', 'lf', 'crlf', 'etx', 'silence'] as const

interface Props {
  readonly kind: InputDevice['kind']
  readonly serial: Serial
  readonly onChange: (serial: Serial) => void
}

export function SerialSettings({ kind, serial, onChange }: Props) {
  const { t } = useTranslation()
  const put = (part: Serial) => onChange({ ...serial, ...part })
  return (
    <details className={css.details}>
      <summary className={css.summary}>{t('devices.input.serial')}</summary>
      <div className={css.stack}>
        <p className={css.quiet}>{t('devices.input.serialHelp')}</p>
        <div className={css.pair}>
          <Select
            label={t('devices.address.baud')}
            allowDeselect={false}
            value={String(serial.baud ?? 9600)}
            data={[...bauds]}
            onChange={(value) => put({ baud: Number(value ?? 9600) })}
          />
          <Input.Wrapper label={t('devices.input.parity')}>
            <SegmentedControl
              className={css.under}
              fullWidth
              aria-label={t('devices.input.parity')}
              value={serial.parity ?? 'none'}
              data={parities.map((value) => ({ value, label: t(`devices.input.parityOf.${value}`) }))}
              onChange={(value) => {
                const parity = parities.find((one) => one === value) ?? 'none'
                // Seven bits and a parity bit, or eight without: what the manuals pair.
                put({ parity, dataBits: parity === 'none' ? 8 : 7 })
              }}
            />
          </Input.Wrapper>
        </div>
        {kind === 'scale' ? null : (
          <>
            <Select
              label={t('devices.input.end')}
              allowDeselect={false}
              value={serial.end ?? 'any'}
              data={ends.map((value) => ({ value, label: t(`devices.input.endOf.${value}`) }))}
              onChange={(value) => put({ end: ends.find((one) => one === value) ?? 'any' })}
            />
            <Switch
              size="lg"
              label={t('devices.input.acknowledge')}
              description={t('devices.input.acknowledgeHelp')}
              checked={serial.acknowledge === true}
              onChange={(event) => put({ acknowledge: event.currentTarget.checked })}
            />
          </>
        )}
      </div>
    </details>
  )
}
