import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { InputDevice } from '#shared/contract/devices.ts'
import type { Output } from '#shared/contract/index.ts'
import { clockSeconds } from '#renderer/platform/moment.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Section } from '#renderer/ui/Page.tsx'
import { Card, Cards } from '#renderer/ui/Setting.tsx'
import { useReason } from './device-words.ts'
import css from './devices.module.css'

interface Props {
  readonly inputs: UseQueryResult<Output<'devices.inputs'>>
  readonly onOpen: (one: InputDevice) => void
  readonly onAdd: () => void
  readonly onTry: () => void
}

const tones = { open: 'ok', gone: 'wrong', waiting: 'idle' } as const

/** Scanners and scales that are driven directly, and a word on those that need no setup. */
export function Inputs({ inputs, onOpen, onAdd, onTry }: Props) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const rows = inputs.data?.inputs ?? []
  return (
    <Section
      title={t('devices.inputs.title')}
      aside={
        <div className={css.buttons}>
          <Button variant="default" onClick={onTry}>
            {t('devices.inputs.try')}
          </Button>
          <Button variant="default" onClick={onAdd}>
            {t('devices.inputs.add')}
          </Button>
        </div>
      }
    >
      <FailureNote error={inputs.error} />
      <p className={css.note}>{t('devices.inputs.wedge')}</p>
      {inputs.data !== undefined && rows.length === 0 ? (
        <p className={css.quiet}>{t('devices.inputs.none')}</p>
      ) : null}
      <Cards>
        {rows.map((one) => (
          <Card
            key={one.id}
            title={one.name}
            mark={<Chip tone={tones[one.link.kind]}>{t(`devices.inputs.link.${one.link.kind}`)}</Chip>}
            lines={[
              one.link.kind === 'gone' ? reasonOf(one.link.reason) : '',
              `${t(`devices.kind.${one.kind}`)} · ${t(`devices.way.${one.way}`)}`,
              [
                ...(one.kind === 'scanner' ? [t(`devices.inputs.role.${one.role}`)] : []),
                one.bench ??
                  t(
                    one.kind === 'scale' ? 'devices.inputs.benchesWithoutScale' : 'devices.inputs.everyBench',
                  ),
              ].join(' · '),
              one.last === null
                ? ''
                : t('devices.inputs.last', { time: clockSeconds(one.last.at), text: one.last.text }),
            ]}
            onOpen={() => onOpen(one)}
          />
        ))}
      </Cards>
    </Section>
  )
}
