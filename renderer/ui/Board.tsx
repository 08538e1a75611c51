import { type ColumnDef, FlexRender, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import css from './Board.module.css'

export interface BoardColumn<T> {
  readonly id: string
  readonly header: string
  /** A CSS grid track: `120px`, `minmax(160px, 2fr)`. */
  readonly width: string
  readonly align?: 'end'
  readonly cell: (row: T) => ReactNode
}

interface Props<T> {
  readonly label: string
  readonly columns: readonly BoardColumn<T>[]
  /** A row that is still on its way is null. */
  readonly rows: readonly (T | null)[]
  readonly idOf: (row: T) => string
  readonly onOpen?: (row: T) => void
  /** Tells which rows are in sight, so that their page can be fetched. */
  readonly onSight?: (first: number, last: number) => void
  readonly rowHeight?: number
  readonly toneOf?: (row: T) => string | undefined
}

const features = tableFeatures({})

/** The table library wants objects, also for a row that is still on its way. */
interface Held<T> {
  readonly row: T | null
}

/** A dense, quiet list for any number of rows: only those in sight exist. Arrow keys walk, Enter opens. */
export function Board<T>({ label, columns, rows, idOf, onOpen, onSight, rowHeight = 56, toneOf }: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, Held<T>> => ({
        id: column.id,
        header: column.header,
        accessorFn: (held) => held,
      })),
    [columns],
  )
  const data = useMemo(() => rows.map((row): Held<T> => ({ row })), [rows])
  const table = useTable({ features, columns: definitions, data })
  const model = table.getRowModel().rows
  // oxlint-disable-next-line react/incompatible-library -- its functions are used in this render only, never passed on
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onSight?.(first, last), [onSight, first, last])

  // Every row is as wide as the widest must be, so that the columns stay under their headers when the board scrolls.
  const least = columns.reduce((sum, column) => sum + Number(/\d+/.exec(column.width)?.[0] ?? 0) + 12, 20)
  const tracks = columns.map((column) => column.width).join(' ')
  const walk = (event: KeyboardEvent<HTMLDivElement>, row: T | null) => {
    const target = event.currentTarget
    if (event.key === 'ArrowDown') (target.nextElementSibling as HTMLElement | null)?.focus()
    else if (event.key === 'ArrowUp') (target.previousElementSibling as HTMLElement | null)?.focus()
    else if (event.key === 'Enter' && event.target === target && row !== null) onOpen?.(row)
    else return
    event.preventDefault()
  }

  return (
    <div
      className={css.board}
      role="table"
      aria-label={label}
      aria-rowcount={model.length + 1}
      ref={scroller}
      style={{ '--board-width': `${least}px` } as CSSProperties}
      tabIndex={-1}
    >
      <div className={css.head} role="rowgroup">
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} className={css.row} role="row" style={{ gridTemplateColumns: tracks }}>
            {group.headers.map((header, index) => (
              <div
                key={header.id}
                className={css.headCell}
                role="columnheader"
                data-align={columns[index]?.align}
              >
                <FlexRender header={header} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className={css.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = model[item.index]
          if (row === undefined) return null
          const original = row.original.row
          return (
            <div
              key={original === null ? `coming-${item.index}` : idOf(original)}
              className={css.row}
              role="row"
              aria-rowindex={item.index + 2}
              tabIndex={onOpen === undefined ? undefined : 0}
              data-opens={onOpen !== undefined}
              data-tone={original === null ? undefined : toneOf?.(original)}
              style={{
                gridTemplateColumns: tracks,
                height: item.size,
                transform: `translateY(${item.start}px)`,
              }}
              onClick={() => (original === null ? undefined : onOpen?.(original))}
              onKeyDown={(event) => walk(event, original)}
            >
              {row.getAllCells().map((cell, index) => (
                <div key={cell.id} className={css.cell} role="cell" data-align={columns[index]?.align}>
                  {original === null ? <span className={css.coming} /> : columns[index]?.cell(original)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
