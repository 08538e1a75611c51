import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { layoutLimits } from '#shared/domain/labels/layout.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Section } from '#renderer/ui/Page.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { layoutWord } from './layout-words.ts'
import { LayoutDesk } from './LayoutDesk.tsx'
import css from './layouts.module.css'
import { useUnsaved } from './unsaved.ts'

/** What labels look like: the ready layouts and the bench's own, each as its printed dots. */
export function LayoutSettings() {
  const { t } = useTranslation()
  const tell = useTell()
  const list = useCall('layouts.list', {})
  const bring = useCommand('layouts.import')
  const unsaved = useUnsaved()
  const [chosen, setChosen] = useState('courier-100x150')
  const layouts = list.data?.layouts ?? []
  const current = layouts.find(({ name }) => name === chosen) ?? layouts[0]

  const onFile = async (file: File | null) => {
    if (file === null) return
    if (file.size > layoutLimits.text * 3) return tell(t('layouts.fault.layoutLarge'), 'wrong')
    bring.mutate(
      { text: await file.text() },
      {
        onSuccess: ({ name }) => {
          tell(t('layouts.imported', { name }))
          setChosen(name)
        },
      },
    )
  }

  return (
    <Section
      title={t('settings.tab.labels')}
      aside={
        <FileButton accept=".json,application/json" onChange={(file) => void onFile(file)}>
          {(props) => (
            <Button variant="default" loading={bring.isPending} {...props}>
              {t('layouts.import')}
            </Button>
          )}
        </FileButton>
      }
    >
      <FailureNote error={list.error ?? bring.error} />
      <div className={css.desk}>
        <ul className={css.list} aria-label={t('settings.tab.labels')}>
          {layouts.map((one) => (
            <li key={one.name}>
              <button
                type="button"
                className={css.pick}
                aria-pressed={one.name === current?.name}
                onClick={() => setChosen(one.name)}
              >
                <Thumb name={one.name} />
                <span className={css.pickWords}>
                  <strong>{layoutWord(t, one.name)}</strong>
                  <span>
                    {t(`layouts.kind.${one.kind}`)} · {one.paper.join('×')}
                  </span>
                  {one.id !== null && unsaved.has(one.id) ? <em>{t('layouts.unsaved')}</em> : null}
                  {one.printers.length === 0 ? null : (
                    <span>{t('layouts.usedBy', { printers: one.printers.join(t('layouts.comma')) })}</span>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {current === undefined ? null : (
          <LayoutDesk
            key={current.name}
            row={current}
            names={layouts.map(({ name }) => name)}
            onChoose={setChosen}
          />
        )}
      </div>
    </Section>
  )
}

function Thumb({ name }: { name: string }) {
  const preview = useCall('layouts.preview', { layout: name, of: '', dpi: 203 })
  return (
    <span className={css.thumb}>
      {preview.data === undefined ? null : <img src={`data:image/png;base64,${preview.data.png}`} alt="" />}
    </span>
  )
}
