import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import type { LabelLayout } from '#shared/domain/labels/layout.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { grabbedAt, itemAt, nudgeItem, placeItem, stepMm } from './layout-editing.ts'
import { fieldWords } from './layout-words.ts'
import type { LayoutRow } from './LayoutDesk.tsx'
import css from './layouts.module.css'
import { LayoutUse } from './LayoutUse.tsx'
import { OfWhat } from './OfWhat.tsx'

interface Props {
  readonly row: LayoutRow
  readonly layout: LabelLayout
  /** The layout to be drawn; null while it cannot be. */
  readonly settled: Exclude<Input<'layouts.preview'>['layout'], string> | null
  readonly chosen: number | null
  readonly onChoose: (item: number | null) => void
  /** Null for a layout that cannot be changed. */
  readonly onEdit: ((layout: LabelLayout, gesture: string) => void) | null
}

interface Drag {
  readonly item: number
  readonly gesture: string
  /** From the item's corner to the pointer, mm. */
  readonly dx: number
  readonly dy: number
  /** What a click would choose: nothing has moved yet. Null since it is a drag. */
  readonly click: number | null
}

const findAfterMs = 300
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The printed dots, with the boxes over them that can be chosen, dragged and moved by the arrow keys. */
export function LayoutPreview({ row, layout, settled, chosen, onChoose, onEdit }: Props) {
  const { t } = useTranslation()
  const [of, setOf] = useState('')
  const [dpi, setDpi] = useState<203 | 300>(203)
  const [asked] = useDebouncedValue(of.trim(), findAfterMs)
  const drag = useRef<Drag | null>(null)
  const preview = useCall(
    'layouts.preview',
    { layout: settled ?? layout.name, of: asked, dpi },
    { enabled: settled !== null, keep: true },
  )
  const shown = preview.data
  const box = chosen === null ? undefined : layout.items[chosen]?.at

  const spotOf = (event: PointerEvent<Element>) => {
    const frame = event.currentTarget.getBoundingClientRect()
    const perMm = frame.width / layout.paper[0]
    return { x: (event.clientX - frame.left) / perMm, y: (event.clientY - frame.top) / perMm }
  }
  const down = (event: PointerEvent<Element>) => {
    const { x, y } = spotOf(event)
    const item = onEdit === null ? itemAt(layout, x, y) : grabbedAt(layout, chosen, x, y)
    onChoose(item)
    const [left = 0, top = 0] = item === null ? [] : (layout.items[item]?.at ?? [])
    if (item === null || onEdit === null) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const click = itemAt(layout, x, y)
    drag.current = { item, gesture: crypto.randomUUID(), dx: x - left, dy: y - top, click }
  }
  const move = (event: PointerEvent<Element>) => {
    const now = drag.current
    if (now === null) return
    const { x, y } = spotOf(event)
    const [left = 0, top = 0] = layout.items[now.item]?.at ?? []
    // A click is no drag.
    if (Math.hypot(x - now.dx - left, y - now.dy - top) < stepMm) return
    drag.current = { ...now, click: null }
    onEdit?.(placeItem(layout, now.item, x - now.dx, y - now.dy), now.gesture)
  }
  const up = () => {
    const click = drag.current?.click ?? null
    if (click !== null) onChoose(click)
    drag.current = null
  }
  const key = (event: KeyboardEvent) => {
    const direction = arrows[event.key]
    if (direction === undefined || chosen === null || onEdit === null) return
    const step = event.shiftKey ? 10 * stepMm : stepMm
    onEdit(nudgeItem(layout, chosen, direction[0] * step, direction[1] * step), `keys ${chosen}`)
    event.preventDefault()
  }

  return (
    <div className={css.preview}>
      <div className={css.tools}>
        <OfWhat kind={layout.kind} value={of} onChange={setOf} />
        <SegmentedControl
          aria-label={t('devices.paper.dpi')}
          value={String(dpi)}
          data={['203', '300'].map((value) => ({ value, label: `${value} dpi` }))}
          onChange={(value) => setDpi(value === '300' ? 300 : 203)}
        />
      </div>
      <FailureNote error={preview.error} />
      <div
        className={css.paper}
        role="group"
        tabIndex={0}
        aria-label={t('layouts.paper')}
        aria-describedby={onEdit === null ? undefined : 'layout-help'}
        onKeyDown={key}
      >
        <div
          className={css.sheet}
          style={{
            aspectRatio: layout.roll === true ? undefined : `${layout.paper[0]} / ${layout.paper[1]}`,
          }}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
        >
          {shown === undefined ? null : (
            <img
              className={css.dots}
              draggable={false}
              src={`data:image/png;base64,${shown.png}`}
              alt={t('layouts.shown', { name: layout.name })}
            />
          )}
          {box === undefined ? null : (
            <svg
              className={css.over}
              viewBox={`0 0 ${layout.paper[0]} ${layout.paper[1]}`}
              preserveAspectRatio="xMinYMin meet"
              aria-hidden="true"
            >
              <rect x={box[0]} y={box[1]} width={box[2]} height={box[3]} vectorEffect="non-scaling-stroke" />
            </svg>
          )}
        </div>
      </div>
      {onEdit === null ? null : (
        <p id="layout-help" className={css.faint}>
          {t('layouts.help')}
        </p>
      )}
      <ul className={css.faults} aria-live="polite">
        {shown === undefined || shown.missing.length === 0 ? null : (
          <li>{t('layouts.missing', { signs: shown.missing.join(' ') })}</li>
        )}
        {shown === undefined || shown.cut.length === 0 ? null : (
          <li>{t('layouts.cut', { fields: fieldWords(t, shown.cut) })}</li>
        )}
        {shown === undefined || shown.refused === null ? null : (
          <li>{t(`layouts.refused.${shown.refused}`)}</li>
        )}
      </ul>
      <LayoutUse row={row} of={asked} />
    </div>
  )
}
