import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NamedStrategy, Strategy } from '#shared/domain/waves/strategy.ts'
import { useCommand } from '#renderer/platform/core.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './strategy-dialog.module.css'
import { StrategyFields } from './StrategyFields.tsx'
import { strategyWords } from '#renderer/features/waves/words.ts'

export interface EditedWay {
  /** The name that the core knows it by; null for a new one. */
  readonly was: string | null
  /** The name as it is shown. */
  readonly name: string
  readonly strategy: Strategy
}

interface Props {
  readonly edited: EditedWay | null
  readonly onClose: () => void
  readonly onTry: (way: NamedStrategy) => void
  /** It is saved: what was held unsaved under these names is of no more use. */
  readonly onKept: (names: readonly string[]) => void
}

export function StrategyDialog({ edited, onClose, onTry, onKept }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog opened={edited !== null} onClose={onClose} size={800} title={t('strategy.title')}>
      {edited === null ? null : <Form edited={edited} onTry={onTry} onKept={onKept} />}
    </Dialog>
  )
}

function Form({ edited, onTry, onKept }: Pick<Props, 'onTry' | 'onKept'> & { edited: EditedWay }) {
  const { t, i18n } = useTranslation()
  const tell = useTell()
  const save = useCommand('waves.saveStrategy')
  const [shown, setShown] = useState(edited.name)
  const [strategy, setStrategy] = useState(edited.strategy)
  // A built-in strategy that keeps its shown name keeps its key: it goes on being shown in both languages.
  const same = edited.was !== null && shown.trim() === strategyWords(edited.was, i18n)
  const name = same && edited.was !== null ? edited.was : shown.trim()
  const keep = () =>
    save.mutate(
      { name, strategy, ...(edited.was === null || same ? {} : { was: edited.was }) },
      {
        onSuccess: () => {
          tell(t('strategy.saved', { name: shown.trim() }))
          onKept(edited.was === null ? [name] : [name, edited.was])
        },
      },
    )
  return (
    <div className={css.form}>
      <TextInput
        label={t('strategy.name')}
        value={shown}
        maxLength={200}
        onChange={(event) => setShown(event.currentTarget.value)}
      />
      <StrategyFields strategy={strategy} onChange={setStrategy} />
      <FailureNote error={save.error} />
      <div className={css.acts}>
        <Button variant="default" disabled={name === ''} onClick={() => onTry({ name, strategy })}>
          {t('strategy.tryUnsaved')}
        </Button>
        <Button disabled={name === ''} loading={save.isPending} onClick={keep}>
          {t('word.save')}
        </Button>
      </div>
    </div>
  )
}
