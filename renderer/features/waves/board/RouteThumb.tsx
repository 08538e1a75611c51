import { useDebouncedValue, useIntersection } from '@mantine/hooks'
import { useMemo } from 'react'
import { useCall } from '#renderer/platform/core.tsx'
import { floorBox, racksOf, viewOf } from '#renderer/features/waves/floor/floor-view.ts'
import { points } from '#renderer/features/waves/walk/route-line.ts'
import css from './route-thumb.module.css'
import type { Walk } from '#renderer/features/waves/walk/WalkMap.tsx'

const width = 88
const height = 64

/** Cards that only fly by while somebody scrolls ask for nothing. */
const restMs = 250

/** The shape of a walk, small: asked for only when its card comes into view. */
export function RouteThumb({ wave }: { wave: string }) {
  const { ref, entry } = useIntersection({ rootMargin: '64px' })
  const [looked] = useDebouncedValue(entry?.isIntersecting === true, restMs)
  const map = useCall('waves.map', { id: wave }, { enabled: looked })
  return (
    <span ref={ref} className={css.thumb} aria-hidden="true">
      {map.data === undefined || map.data === null ? null : <Shape walk={map.data} />}
    </span>
  )
}

function Shape({ walk }: { walk: Walk }) {
  const { view, line, racks } = useMemo(() => {
    const made = viewOf(floorBox(walk.plan, walk.path), width, height, 5)
    return {
      view: made,
      line: walk.path.map(([x, y]) => ({ x: made.x(x), y: made.y(y) })),
      racks: racksOf(walk.plan, made),
    }
  }, [walk])
  return (
    <svg width={width} height={view.height} viewBox={`0 0 ${width} ${view.height}`}>
      <path
        className={css.racks}
        d={racks
          .map(
            (one) =>
              `M${one.x.toFixed(1)} ${one.y.toFixed(1)}h${one.width.toFixed(1)}v${one.height.toFixed(1)}h-${one.width.toFixed(1)}z`,
          )
          .join('')}
      />
      <polyline className={css.route} points={points(line)} />
    </svg>
  )
}
