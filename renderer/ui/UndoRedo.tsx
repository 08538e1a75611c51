import { ActionIcon } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { History } from './history.ts'

/** The two ways of an editor's history. */
export function UndoRedo({
  history,
  onAct,
}: {
  history: History<unknown>
  onAct: (act: { readonly act: 'undo' | 'redo' }) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <ActionIcon
        variant="default"
        size={44}
        aria-label={t('word.undo')}
        disabled={history.past.length === 0}
        onClick={() => onAct({ act: 'undo' })}
      >
        <IconArrowBackUp size={22} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={44}
        aria-label={t('word.redo')}
        disabled={history.future.length === 0}
        onClick={() => onAct({ act: 'redo' })}
      >
        <IconArrowForwardUp size={22} aria-hidden="true" />
      </ActionIcon>
    </>
  )
}
