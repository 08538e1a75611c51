import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Printer } from '#shared/contract/devices.ts'
import { keepBenchName } from '#renderer/platform/bench-name.ts'
import { useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useBenches } from './device-words.ts'
import css from './devices.module.css'
import { OneOrNone } from './OneOrNone.tsx'
import { type Draft, longestName } from './printer-draft.ts'

interface Props {
  readonly draft: Draft
  readonly others: readonly Printer[]
  /** It was saved before, and somebody came back. */
  readonly saved: string | null
  readonly onChange: (part: Partial<Draft>) => void
  readonly onBack: () => void
  readonly onSaved: (id: string) => void
}

export function NameStep({ draft, others, saved, onChange, onBack, onSaved }: Props) {
  const { t } = useTranslation()
  const benches = useBenches()
  const [bench, setBench] = useState<string | null>(benches.own)
  const save = useCommand('devices.savePrinter')
  const use = useCommand('packing.setBench')
  const submit = () => {
    // Its model decides how a printer's labels are packed; everything else stays as it comes.
    const { compression, ...rest } = draft
    save.mutate(saved === null ? rest : { ...rest, compression, id: saved }, {
      onSuccess: ({ id, name }) => {
        if (bench === null) onSaved(id)
        else {
          keepBenchName(bench)
          use.mutate({ bench, printer: name }, { onSuccess: () => onSaved(id) })
        }
      },
    })
  }
  return (
    <>
      <p className={css.question}>{t('devices.name.title')}</p>
      <TextInput
        label={t('devices.name.name')}
        description={t('devices.name.nameHelp')}
        maxLength={longestName}
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <OneOrNone
        label={t('devices.name.bench')}
        none={t('devices.name.noBench')}
        value={bench}
        data={benches.all.map((name) => ({ value: name, label: name }))}
        onChange={setBench}
      />
      {others.length === 0 ? null : (
        <OneOrNone
          label={t('devices.name.spare')}
          description={t('devices.name.spareHelp')}
          none={t('devices.name.noSpare')}
          value={draft.spare}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(spare) => onChange({ spare })}
        />
      )}
      <FailureNote error={save.error ?? use.error} />
      <div className={css.buttons}>
        <Button variant="default" size="lg" onClick={onBack}>
          {t('devices.step.back')}
        </Button>
        <Button
          size="lg"
          disabled={draft.name.trim() === ''}
          loading={save.isPending || use.isPending}
          onClick={submit}
        >
          {draft.transport === 'component' ? t('devices.name.savedOnly') : t('devices.name.saved')}
        </Button>
      </div>
    </>
  )
}
