import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCommand } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import { Card, Cards } from '#renderer/ui/Setting.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { useLanguageName, usePrinterState, useReason } from './device-words.ts'
import css from './devices.module.css'

interface Props {
  readonly printers: UseQueryResult<Output<'devices.printers'>>
  readonly onOpen: (id: string) => void
  readonly onAdd: () => void
}

/** The printers that are set up, each with how it is now. */
export function Printers({ printers, onOpen, onAdd }: Props) {
  const { t } = useTranslation()
  const tell = useTell()
  const reasonOf = useReason()
  const stateOf = usePrinterState()
  const languageName = useLanguageName()
  const test = useCommand('devices.testPrint')
  const rows = printers.data?.printers ?? []
  const print = (id: string) =>
    test.mutate(
      { id },
      {
        onSuccess: ({ outcome, reason }) =>
          tell(
            t(`devices.outcome.${outcome}`, { reason: reasonOf(reason) }),
            outcome === 'sent' || outcome === 'printed' ? 'ok' : outcome === 'unknown' ? 'hold' : 'wrong',
          ),
      },
    )
  return (
    <Section
      title={t('devices.printers.title')}
      aside={
        <Button variant="default" onClick={onAdd}>
          {t('devices.printers.add')}
        </Button>
      }
    >
      <FailureNote error={printers.error ?? test.error} />
      {printers.data !== undefined && rows.length === 0 ? (
        <Empty title={t('devices.printers.none')}>
          <p>{t('devices.printers.noneHelp')}</p>
        </Empty>
      ) : null}
      <Cards>
        {rows.map((one) => {
          const { tone, word, help } = stateOf(one.state)
          const spare = rows.find(({ id }) => id === one.spare)?.name
          return (
            <Card
              key={one.id}
              title={one.name}
              mark={<Chip tone={tone}>{word}</Chip>}
              lines={[
                help === '' || one.state === null
                  ? ''
                  : `${t('devices.printers.since', { time: when(one.state.since) })}: ${help}`,
                [
                  t(`devices.way.${one.transport}`),
                  ...(one.transport === 'simulated' ? [] : [one.componentPrinter ?? one.address]),
                ].join(' · '),
                [
                  t('devices.printers.paper', { width: one.widthMm, height: one.heightMm, dpi: one.dpi }),
                  ...(one.transport === 'component' ? [] : [languageName(one.language)]),
                ].join(' · '),
                spare === undefined ? '' : t('devices.printers.spare', { name: spare }),
              ]}
              onOpen={() => onOpen(one.id)}
              actions={
                one.transport === 'component' ? undefined : (
                  <Button
                    className={css.cardButton}
                    variant="default"
                    aria-label={`${t('devices.printers.test')} ${one.name}`}
                    loading={test.isPending && test.variables.id === one.id}
                    onClick={() => print(one.id)}
                  >
                    {t('devices.printers.test')}
                  </Button>
                )
              }
            />
          )
        })}
      </Cards>
    </Section>
  )
}
