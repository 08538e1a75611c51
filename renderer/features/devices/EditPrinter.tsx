import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { Printer, PrinterFamily } from '#shared/contract/devices.ts'
import { knownBy, portOf } from '#shared/domain/devices/binding.ts'
import { readComponentAddress } from '#shared/domain/devices/component-address.ts'
import { canSpeak, type PrinterLanguage, printerLanguages } from '#shared/domain/devices/printer-languages.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useLanguageName, usePrinterState, useReason } from './device-words.ts'
import { PaperSize } from './PaperSize.tsx'
import css from './devices.module.css'
import { FineTuning } from './FineTuning.tsx'
import { OneOrNone } from './OneOrNone.tsx'
import { RemovePrinter } from './RemovePrinter.tsx'

type Shown = Output<'devices.printers'>['printers'][number]

interface Props {
  readonly printer: Shown
  readonly families: readonly PrinterFamily[]
  readonly others: readonly Printer[]
  readonly onDone: () => void
}

/** Everything that can be said of a printer, with how it is now on top and a test page at hand. */
export function EditPrinter({ printer, families, others, onDone }: Props) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const languageName = useLanguageName()
  const { tone, word, help } = usePrinterState()(printer.state)
  const found = useCall('devices.find', {}).data?.found ?? []
  const newcomers = found.filter(({ kind, known }) => kind === 'printer' && known === null)
  const layouts = useCall('layouts.list', {}).data?.layouts ?? []
  const save = useCommand('devices.savePrinter')
  const test = useCommand('devices.testPrint')
  const [draft, setDraft] = useState<Printer>(() => {
    const { state: _, ...rest } = printer
    return rest
  })
  const put = (part: Partial<Printer>) => setDraft({ ...draft, ...part })
  const isComponent = draft.transport === 'component'
  const isDouyin = isComponent && readComponentAddress(draft.address)?.platform === 'douyin'
  // What is tried is what is on the screen, so it is saved first.
  const saveThen = (next: () => void) => save.mutate(draft, { onSuccess: next })
  const answer = test.data
  return (
    <div className={css.stack}>
      <p className={css.name}>
        <Chip tone={tone}>{word}</Chip>
        {printer.state === null ? null : (
          <span className={css.quiet}>
            {t('devices.printers.since', { time: when(printer.state.since) })}
          </span>
        )}
      </p>
      {help === '' ? null : <p className={css.warning}>{help}</p>}
      <TextInput
        label={t('devices.name.name')}
        value={draft.name}
        maxLength={200}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      {draft.transport === 'simulated' ? null : (
        <TextInput
          label={`${t('devices.edit.connection')} · ${t(`devices.way.${draft.transport}`)}`}
          description={bindingHelp()}
          value={draft.address}
          onChange={(event) => put({ address: event.currentTarget.value })}
        />
      )}
      {newcomers.length === 0 ? null : (
        <OneOrNone
          label={t('devices.edit.replace')}
          description={t('devices.edit.replaceHelp')}
          none={t('devices.edit.replaceNone')}
          value={newcomers.some(({ address }) => address === draft.address) ? draft.address : null}
          data={newcomers.map(({ name, address }) => ({ value: address, label: name }))}
          onChange={(address) => {
            const one = newcomers.find((other) => other.address === address) ?? printer
            // A newcomer that speaks one language only would not understand the old one's.
            const [only, ...more] = 'guesses' in one ? one.guesses : []
            put({
              transport: 'way' in one ? (one.way as Printer['transport']) : one.transport,
              address: one.address,
              ...(only === undefined || more.length > 0 || only.language === draft.language
                ? {}
                : inLanguage(only.language)),
            })
          }}
        />
      )}
      {isDouyin ? (
        <p className={css.warning} role="note">
          {t('devices.address.douyinHelp')}
        </p>
      ) : null}
      {isComponent ? (
        <>
          <TextInput
            label={t('devices.edit.componentPrinter')}
            value={draft.componentPrinter ?? ''}
            onChange={(event) => put({ componentPrinter: event.currentTarget.value || null })}
          />
          <TextInput
            label={t('devices.edit.template')}
            placeholder="https://"
            value={draft.componentTemplate ?? ''}
            onChange={(event) => put({ componentTemplate: event.currentTarget.value.trim() || null })}
          />
        </>
      ) : (
        <div className={css.pair}>
          <Select
            label={t('devices.edit.language')}
            allowDeselect={false}
            value={draft.language}
            data={printerLanguages
              .filter((value) => value === draft.language || canSpeak(draft.transport, value))
              .map((value) => ({ value, label: languageName(value) }))}
            onChange={(value) => put(inLanguage(value as PrinterLanguage))}
          />
          <OneOrNone
            label={t('devices.edit.family')}
            none={t('devices.edit.familyNone')}
            value={draft.profile}
            data={families
              .filter(({ id, driver }) => id === draft.profile || driver === (draft.language === 'driver'))
              .map(({ id, maker, models }) => ({
                value: id,
                label: `${maker} ${models.slice(0, 3).join(', ').replaceAll('#', '…')}`,
              }))}
            onChange={(profile) => put({ profile })}
          />
        </div>
      )}
      <PaperSize size={draft} onChange={put} />
      {isComponent ? null : (
        <>
          <SegmentedControl
            aria-label={t('devices.paper.dpi')}
            value={String(draft.dpi)}
            data={['203', '300'].map((value) => ({ value, label: `${value} dpi` }))}
            onChange={(value) => put({ dpi: value === '300' ? 300 : 203 })}
          />
          <OneOrNone
            label={t('devices.edit.layout')}
            none={t('devices.edit.layoutAuto')}
            value={draft.layout}
            data={layouts
              .filter(({ kind }) => kind === 'shipping')
              .map(({ name }) => ({ value: name, label: name }))}
            onChange={(layout) => put({ layout })}
          />
        </>
      )}
      {others.length === 0 ? null : (
        <OneOrNone
          label={t('devices.name.spare')}
          description={t('devices.name.spareHelp')}
          none={t('devices.name.noSpare')}
          value={draft.spare}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(spare) => put({ spare })}
        />
      )}
      {isComponent ? null : <FineTuning draft={draft} families={families} onChange={put} />}
      <FailureNote error={save.error ?? test.error} />
      {answer === undefined ? null : (
        <p
          className={answer.outcome === 'sent' || answer.outcome === 'printed' ? css.quiet : css.warning}
          role="status"
        >
          {t(`devices.outcome.${answer.outcome}`, { reason: reasonOf(answer.reason) })}
        </p>
      )}
      <div className={css.buttons}>
        {isComponent ? null : (
          <Button
            size="lg"
            variant="default"
            disabled={draft.name.trim() === ''}
            loading={save.isPending || test.isPending}
            onClick={() => saveThen(() => test.mutate({ id: printer.id }))}
          >
            {t('devices.name.saved')}
          </Button>
        )}
        <Button
          size="lg"
          disabled={draft.name.trim() === ''}
          loading={save.isPending}
          onClick={() => saveThen(onDone)}
        >
          {t('word.save')}
        </Button>
      </div>
      <RemovePrinter id={printer.id} name={printer.name} onDone={onDone} />
    </div>
  )

  /** Its steps are not the steps of another language. */
  function inLanguage(language: PrinterLanguage): Partial<Printer> {
    return { language, darkness: null, speed: null }
  }

  function bindingHelp(): string | undefined {
    if (!draft.address.startsWith('usb:')) return undefined
    return t(`devices.bound.${knownBy(portOf(draft))}`)
  }
}
