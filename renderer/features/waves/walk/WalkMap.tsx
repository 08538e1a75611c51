import { Button } from '@mantine/core'
import { useElementSize, useReducedMotion } from '@mantine/hooks'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { walkMap } from '#shared/contract/floor.ts'
import { clusterStops, markHeight } from './cluster.ts'
import { floorBox, viewOf } from '#renderer/features/waves/floor/floor-view.ts'
import { FloorDrawing } from '#renderer/features/waves/floor/FloorDrawing.tsx'
import { along, beside, headings, lengthOf, points } from './route-line.ts'
import css from './walk-map.module.css'

export type Walk = z.infer<typeof walkMap>

interface Props {
  readonly walk: Walk
  /** Stops that are known to be on the cart besides those the walk says itself. */
  readonly isDone?: (number: number) => boolean
  readonly maxHeight?: number
}

const margin = 48
const aside = 3

/** A walk on its floor, to scale. The same stops are in a list beside it, so the picture needs only a name. */
export function WalkMap({ walk, isDone, maxHeight = 560 }: Props) {
  const { t } = useTranslation()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const still = useReducedMotion()
  const [playing, setPlaying] = useState(false)
  const drawn = useMemo(() => {
    if (width < 1) return null
    const places = walk.stops.map(({ xMm, yMm }) => [xMm, yMm] as const)
    const view = viewOf(floorBox(walk.plan, [...walk.path, ...places]), width, maxHeight, margin)
    const line = beside(
      walk.path.map(([x, y]) => ({ x: view.x(x), y: view.y(y) })),
      aside,
    )
    return { view, line }
  }, [walk, width, maxHeight])
  const marks = useMemo(
    () =>
      drawn === null
        ? []
        : clusterStops(
            walk.stops.map(({ number, xMm, yMm, done }) => ({
              number,
              x: drawn.view.x(xMm),
              y: drawn.view.y(yMm),
              done: done || isDone?.(number) === true,
            })),
          ),
    [walk, drawn, isDone],
  )
  return (
    <figure className={css.map}>
      <div className={css.frame}>
        <div ref={ref} className={css.measure}>
          {drawn === null ? null : (
            <svg
              className={css.svg}
              width={drawn.view.width}
              height={drawn.view.height}
              viewBox={`0 0 ${drawn.view.width} ${drawn.view.height}`}
              role="img"
              aria-label={t('map.name', {
                count: walk.stops.length,
                metres: Math.round(walk.distanceMm / 1000),
              })}
            >
              <FloorDrawing plan={walk.plan} view={drawn.view} />
              <polyline className={css.route} points={points(drawn.line)} />
              {headings(drawn.line, 96, 40).map(({ x, y, turned }, at) => (
                <path
                  key={at}
                  className={css.heading}
                  d="M-4 -5L4 0L-4 5Z"
                  transform={`translate(${x} ${y}) rotate(${turned})`}
                />
              ))}
              {marks.map((mark) => (
                <g
                  key={mark.numbers.join(' ')}
                  className={css.stop}
                  data-done={mark.done}
                  transform={`translate(${mark.x} ${mark.y})`}
                >
                  {/* The pointer is told what a short mark stands for. */}
                  <title>{mark.numbers.join(' · ')}</title>
                  <rect
                    x={-mark.width / 2}
                    y={-markHeight / 2}
                    width={mark.width}
                    height={markHeight}
                    rx={markHeight / 2}
                  />
                  <text y={5}>{mark.text}</text>
                </g>
              ))}
              {playing ? <Walker line={drawn.line} onEnd={() => setPlaying(false)} /> : null}
            </svg>
          )}
        </div>
      </div>
      <figcaption className={css.caption}>
        <span className={css.key}>
          <span className={css.keyStop} aria-hidden="true" /> {t('map.todo')}
        </span>
        <span className={css.key}>
          <span className={css.keyStop} data-done="all" aria-hidden="true" /> {t('map.done')}
        </span>
        <span className={css.key}>
          <span className={css.keyClosed} aria-hidden="true" /> {t('map.closed')}
        </span>
        {still ? null : (
          <Button
            className={css.play}
            variant="subtle"
            leftSection={
              playing ? (
                <IconPlayerStop size={18} aria-hidden="true" />
              ) : (
                <IconPlayerPlay size={18} aria-hidden="true" />
              )
            }
            onClick={() => setPlaying((now) => !now)}
          >
            {playing ? t('map.stop') : t('map.play')}
          </Button>
        )}
      </figcaption>
    </figure>
  )
}

const walkMs = 9_000

/** Somebody who walks the line once. */
function Walker({ line, onEnd }: { line: ReturnType<typeof beside>; onEnd: () => void }) {
  const [part, setPart] = useState(0)
  useEffect(() => {
    const began = performance.now()
    let frame = 0
    const step = (now: number) => {
      const next = Math.max(0, now - began) / walkMs
      if (next >= 1) return onEnd()
      setPart(next)
      frame = requestAnimationFrame(step)
    }
    frame = requestAnimationFrame(step)
    return () => cancelAnimationFrame(frame)
    // oxlint-disable-next-line react/exhaustive-deps -- a walk that began is not begun anew because its page drew itself again
  }, [line])
  const at = along(line, part * lengthOf(line))
  return at === null ? null : (
    <path
      className={css.walker}
      d="M-9 -9L12 0L-9 9L-4 0Z"
      transform={`translate(${at.x} ${at.y}) rotate(${at.turned})`}
    />
  )
}
