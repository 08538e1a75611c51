export interface Point {
  readonly x: number
  readonly y: number
}

/** A place and a direction of length one. */
export interface Arrow extends Point {
  readonly dx: number
  readonly dy: number
}

/** Shorter runs get no arrow: it would be all head. */
const least = 13
/** Along a long run there is an arrow at least so often. */
const every = 75

interface Run extends Arrow {
  readonly from: Point
  readonly to: Point
  readonly length: number
  /** How far it is drawn right of its way, seen on a page whose y grows downwards. */
  readonly aside: Point
}

/**
 * The walk as it is drawn: through the middle of the aisle, but where it comes that way twice each time on its right,
 * so that the way in and the way back are two lines and not one. Every run between two corners has its arrows.
 */
export function drawRoute(path: readonly Point[], aside: number): { route: Point[]; arrows: Arrow[] } {
  const runs = runsOf(straightened(path), aside)
  const route: Point[] = []
  const moved = (point: Point, ...by: readonly Point[]): Point => ({
    x: by.reduce((x, one) => x + one.x, point.x),
    y: by.reduce((y, one) => y + one.y, point.y),
  })
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1]
    if (before && Math.abs(before.dx * run.dx + before.dy * run.dy) < 0.01) {
      route.push(moved(run.from, run.aside, before.aside))
    } else {
      if (before) route.push(moved(run.from, before.aside))
      route.push(moved(run.from, run.aside))
    }
  }
  const last = runs.at(-1)
  if (last) route.push(moved(last.to, last.aside))
  return { route, arrows: runs.flatMap(arrowsOf) }
}

function runsOf(corners: readonly Point[], aside: number): Run[] {
  const bare = corners.slice(1).flatMap((to, index) => {
    const from = corners[index]
    if (from === undefined) return []
    const length = Math.hypot(to.x - from.x, to.y - from.y)
    return [
      { x: from.x, y: from.y, from, to, length, dx: (to.x - from.x) / length, dy: (to.y - from.y) / length },
    ]
  })
  return bare.map((run) => {
    const isTwice = bare.some((other) => other !== run && isShared(run, other))
    const by = isTwice ? aside : 0
    return { ...run, aside: { x: -run.dy * by, y: run.dx * by } }
  })
}

/** Whether two runs lie on one line and on more than a point of it. */
function isShared(one: Omit<Run, 'aside'>, other: Omit<Run, 'aside'>): boolean {
  const across = ({ x, y }: Point) => Math.abs((x - one.x) * one.dy - (y - one.y) * one.dx)
  if (across(other.from) > 0.5 || across(other.to) > 0.5) return false
  const along = ({ x, y }: Point) => (x - one.x) * one.dx + (y - one.y) * one.dy
  const [from, to] = [along(other.from), along(other.to)]
  return Math.min(one.length, Math.max(from, to)) - Math.max(0, Math.min(from, to)) > 0.5
}

function arrowsOf({ from, length, dx, dy, aside }: Run): Arrow[] {
  const isTwice = aside.x !== 0 || aside.y !== 0
  if (length < (isTwice ? 2 * least : least)) return []
  const count = Math.max(1, Math.floor(length / every))
  // Before the middle, so that the arrow of the way back is not beside it: two heads there make a blot.
  const share = isTwice ? 0.3 : 0.5
  return Array.from({ length: count }, (_, at) => {
    const way = (length * (at + share)) / count
    return { x: from.x + dx * way + aside.x, y: from.y + dy * way + aside.y, dx, dy }
  })
}

/** Only the corners: points on the way between two others say nothing, points on each other even less. */
function straightened(path: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of path) {
    const last = kept.at(-1)
    if (last && Math.hypot(point.x - last.x, point.y - last.y) < 0.01) continue
    const before = kept.at(-2)
    if (last && before) {
      const [ax, ay, bx, by] = [last.x - before.x, last.y - before.y, point.x - last.x, point.y - last.y]
      const isStraight = Math.abs(ax * by - ay * bx) < 0.01 * Math.hypot(ax, ay) * Math.hypot(bx, by)
      if (isStraight && ax * bx + ay * by > 0) kept.pop()
    }
    kept.push(point)
  }
  return kept
}
