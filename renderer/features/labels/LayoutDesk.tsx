import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { freeName } from '#shared/support/free-name.ts'
import { ask, useCall, useClient, useCommand } from '#renderer/platform/core.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { FormStack } from '#renderer/ui/Setting.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { layoutWord } from './layout-words.ts'
import { LayoutEditor } from './LayoutEditor.tsx'
import { dropDrawing } from './unsaved.ts'

export type LayoutRow = Output<'layouts.list'>['layouts'][number]

interface Props {
  readonly row: LayoutRow
  readonly names: readonly string[]
  readonly onChoose: (name: string) => void
}

/** One layout with what can be done to the whole of it. */
export function LayoutDesk({ row, names, onChoose }: Props) {
  const { t } = useTranslation()
  const tell = useTell()
  const client = useClient()
  const found = useCall('layouts.get', { name: row.name })
  const save = useCommand('layouts.save')
  const remove = useCommand('layouts.remove')
  const [failed, setFailed] = useState<unknown>(null)
  const [asking, setAsking] = useState(false)
  const layout = found.data?.layout

  const duplicate = () => {
    if (layout === undefined) return
    const name = freeName(t('layouts.copyOf', { name: layoutWord(t, row.name) }), names)
    save.mutate({ layout: { ...layout, name } }, { onSuccess: (saved) => onChoose(saved.name) })
  }
  const bringOut = async () => {
    const { file, text } = await ask(client, 'layouts.export', { name: row.name })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    link.download = file
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  const drop = () => {
    const { id } = row
    if (id === null) return
    remove.mutate(
      { id },
      {
        onSettled: () => setAsking(false),
        onSuccess: () => {
          dropDrawing(id)
          tell(t('layouts.removed', { name: row.name }))
          onChoose('')
        },
      },
    )
  }

  return (
    <div>
      <FailureNote error={found.error ?? save.error ?? remove.error ?? failed} />
      {layout === undefined ? null : (
        <LayoutEditor
          // What was saved begins a new drawing, unless there is one that nobody saved yet: that goes on.
          key={found.data?.at ?? 'ready'}
          row={row}
          savedAt={found.data?.at ?? ''}
          layout={layout}
          names={names}
          save={save}
          onDuplicate={duplicate}
          onExport={() => void bringOut().catch(setFailed)}
          onRemove={() => setAsking(true)}
          onSaved={onChoose}
        />
      )}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('layouts.remove')}>
        <FormStack>
          <p>{t('layouts.removeAsk', { name: row.name })}</p>
          <Button size="lg" loading={remove.isPending} onClick={drop}>
            {t('layouts.remove')}
          </Button>
        </FormStack>
      </Dialog>
    </div>
  )
}
