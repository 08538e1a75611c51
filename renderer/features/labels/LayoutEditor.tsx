import { Button, FileButton, Menu, NumberInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useMemo, useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelLayout } from '#shared/contract/layouts.ts'
import { itemKinds, layoutFaults } from '#shared/domain/labels/check-layout.ts'
import { type LabelLayout, layoutLimits } from '#shared/domain/labels/layout.ts'
import type { useCommand } from '#renderer/platform/core.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { beginHistory } from '#renderer/ui/history.ts'
import { UndoRedo } from '#renderer/ui/UndoRedo.tsx'
import { ItemFields } from './ItemFields.tsx'
import { addImage, addItem, changeItem, draw, liftItem, removeItem } from './layout-editing.ts'
import type { LayoutRow } from './LayoutDesk.tsx'
import { LayoutItems } from './LayoutItems.tsx'
import { LayoutPreview } from './LayoutPreview.tsx'
import css from './layouts.module.css'
import { pictureOf } from './picture.ts'
import { dropDrawing, holdDrawing, unsavedDrawing } from './unsaved.ts'

interface Props {
  readonly row: LayoutRow
  /** When it was saved last; empty for a ready one. */
  readonly savedAt: string
  readonly layout: LabelLayout
  readonly names: readonly string[]
  /** Its answer outlives this drawing, which ends when somebody else saved the layout. */
  readonly save: ReturnType<typeof useCommand<'layouts.save'>>
  readonly onDuplicate: () => void
  readonly onExport: () => void
  readonly onRemove: () => void
  readonly onSaved: (name: string) => void
}

const previewAfterMs = 150

export function LayoutEditor({
  row,
  savedAt,
  layout: start,
  names,
  save,
  onDuplicate,
  onExport,
  onRemove,
  onSaved,
}: Props) {
  const { t } = useTranslation()
  const tell = useTell()
  const [drawing, act] = useReducer(
    draw,
    (row.id === null ? undefined : unsavedDrawing(row.id, savedAt)) ?? beginHistory(start),
  )
  const [chosen, setChosen] = useState<number | null>(null)
  const layout = drawing.now
  const changed = layout !== start
  const own = row.id !== null
  useEffect(() => {
    if (row.id === null) return
    if (changed) holdDrawing(row.id, savedAt, drawing)
    else dropDrawing(row.id)
  }, [row.id, savedAt, changed, drawing])
  const item = chosen === null ? undefined : layout.items[chosen]

  const checked = useMemo(() => labelLayout.safeParse(layout), [layout])
  const faults = useMemo(() => layoutFaults(layout), [layout])
  const [settled] = useDebouncedValue(checked.data ?? null, previewAfterMs)
  const taken = layout.name !== start.name && names.includes(layout.name)

  const edit = (next: LabelLayout, gesture?: string) =>
    act({ act: 'edit', layout: next, ...(gesture === undefined ? {} : { gesture }) })
  const add = (next: LabelLayout) => {
    edit(next)
    setChosen(next.items.length - 1)
  }
  const onPicture = async (file: File | null) => {
    const png = file === null ? null : await pictureOf(file)
    if (png !== null) add(addImage(layout, png))
    else if (file !== null) tell(t('layouts.noPicture'), 'wrong')
  }
  const keep = () => {
    const { id } = row
    if (id === null || checked.data === undefined) return
    save.mutate(
      { id, over: savedAt, layout: checked.data },
      {
        onSuccess: ({ name }) => {
          dropDrawing(id)
          tell(t('layouts.saved', { name }))
          onSaved(name)
        },
      },
    )
  }

  return (
    <div className={css.editor}>
      <div className={css.tools}>
        {own ? (
          <>
            <UndoRedo history={drawing} onAct={act} />
            <Menu position="bottom-start">
              <Menu.Target>
                <Button variant="default" disabled={layout.items.length >= layoutLimits.items}>
                  {t('layouts.add')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {itemKinds.map((kind) =>
                  kind === 'image' ? null : (
                    <Menu.Item
                      key={kind}
                      className={css.menuItem ?? ''}
                      onClick={() => add(addItem(layout, kind))}
                    >
                      {t(`layouts.kindOf.${kind}`)}
                    </Menu.Item>
                  ),
                )}
              </Menu.Dropdown>
            </Menu>
            <FileButton accept="image/*" onChange={(file) => void onPicture(file)}>
              {(props) => (
                <Button variant="default" {...props}>
                  {t('layouts.addPicture')}
                </Button>
              )}
            </FileButton>
          </>
        ) : null}
        <div className={css.whole}>
          <Button variant="default" onClick={onExport}>
            {t('layouts.export')}
          </Button>
          <Button variant={own ? 'default' : 'filled'} onClick={onDuplicate}>
            {own ? t('layouts.duplicate') : t('layouts.duplicateReady')}
          </Button>
          {own ? (
            <>
              {changed ? (
                <Button
                  variant="subtle"
                  onClick={() => {
                    setChosen(null)
                    act({ act: 'begin', layout: start })
                  }}
                >
                  {t('layouts.discard')}
                </Button>
              ) : (
                <Button variant="subtle" onClick={onRemove}>
                  {t('layouts.remove')}
                </Button>
              )}
              <Button
                disabled={!changed || checked.data === undefined || faults.length > 0 || taken}
                loading={save.isPending}
                onClick={keep}
              >
                {t('word.save')}
              </Button>
            </>
          ) : null}
        </div>
      </div>
      {own ? (
        <div className={css.head}>
          <TextInput
            label={t('layouts.name')}
            value={layout.name}
            maxLength={layoutLimits.name}
            error={taken ? t('layouts.taken') : undefined}
            onChange={(event) => edit({ ...layout, name: event.currentTarget.value }, 'name')}
          />
          {([0, 1] as const).map((side) => (
            <NumberInput
              key={side}
              label={t(side === 0 ? 'layouts.width' : 'layouts.height')}
              suffix=" mm"
              hideControls
              min={layoutLimits.paper[0]}
              max={layoutLimits.paper[1]}
              value={layout.paper[side]}
              onChange={(value) => {
                const mm = Number(value)
                if (value === '' || mm < layoutLimits.paper[0] || mm > layoutLimits.paper[1]) return
                const paper = side === 0 ? ([mm, layout.paper[1]] as const) : ([layout.paper[0], mm] as const)
                edit({ ...layout, paper }, `paper ${side}`)
              }}
            />
          ))}
        </div>
      ) : (
        <p className={css.faint}>{t('layouts.readyHelp')}</p>
      )}
      <ul className={css.faults} aria-live="polite">
        {faults.map((fault) => (
          <li key={`${fault.item} ${fault.what}`}>
            {t(`layouts.fault.${fault.what}`, { item: fault.item })}
          </li>
        ))}
        {checked.success ? null : <li>{t('layouts.unfinished')}</li>}
      </ul>
      <div className={css.work}>
        <LayoutPreview
          row={row}
          layout={layout}
          settled={settled}
          chosen={chosen}
          onChoose={setChosen}
          onEdit={own ? edit : null}
        />
        <div className={css.side}>
          <LayoutItems
            layout={layout}
            chosen={chosen}
            faulty={new Set(faults.map((fault) => fault.item - 1))}
            onChoose={setChosen}
          />
          {own && item !== undefined && chosen !== null ? (
            <ItemFields
              key={chosen}
              layout={layout}
              item={item}
              onChange={(part, gesture) => edit(changeItem(layout, chosen, part), `${gesture} ${chosen}`)}
              onLift={(by) => {
                edit(liftItem(layout, chosen, by))
                setChosen(Math.max(0, Math.min(layout.items.length - 1, chosen + by)))
              }}
              onRemove={() => {
                edit(removeItem(layout, chosen))
                setChosen(null)
              }}
            />
          ) : null}
        </div>
      </div>
    </div>
  )
}
