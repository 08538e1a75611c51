import {
  type ChosenPaper,
  customPaper,
  type DriverDocument,
  type DriverPaper,
  type DriverSheet,
  type Gdi,
  type Picture,
  type Place,
} from './gdi.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { readSpoolerStatus } from './status/spooler.ts'
import type { SpoolerHandle, Winspool } from './winspool.ts'

/** A page as it is drawn; it may have another number of dots an inch than was wished for. */
export interface DrawnPage extends Picture {
  readonly dpi: number
}

/** What a driver of Windows is to print, all pages on paper of one size. */
export interface DriverWork {
  readonly queue: string
  readonly name: string
  readonly widthMm: number
  readonly heightMm: number
  readonly pages: number
  /** Draws a page for a printer of so many dots an inch; rejects where it cannot be drawn. */
  page(index: number, dpi: number): Promise<DrawnPage>
  /** No longer, once somebody has cancelled it. */
  isWanted(): boolean
  /** From here on something may come out. */
  onBegin?(): void
  onPage?(done: number): void
}

export type Drawn =
  | { readonly kind: 'drawn'; readonly job: number }
  | Extract<SendOutcome, { readonly kind: 'notSent' | 'unknown' }>

/** Hands pages to the driver of a queue that is open. Until the first page has ended, what fails is taken back whole. */
export async function drawWork(
  gdi: Gdi,
  spooler: Winspool,
  printer: SpoolerHandle,
  work: DriverWork,
): Promise<Drawn> {
  const notSent = (reason: string): Drawn => ({ kind: 'notSent', reason: `${work.queue}: ${reason}` })
  const known = await spooler.describe(printer)
  const status = known === undefined ? undefined : readSpoolerStatus(known.status, known.attributes)
  if (status?.kind === 'absent') return notSent(status.reason)
  const document = await openOn(gdi, work, known?.port ?? '')
  if (typeof document === 'string') return notSent(document)
  try {
    const { sheet } = document
    // Before the job begins, so that what cannot be drawn leaves nothing behind.
    const first = await work.page(0, sheet.dpiX)
    if (!work.isWanted()) return notSent('cancelled')
    work.onBegin?.()
    const job = await document.start(work.name)
    if (job === 0) return notSent('its driver takes no job')
    return await drawPages(document, work, first, job)
  } finally {
    await document.close()
  }
}

/** The driver on the first paper that it really takes: it is free to refuse what it is asked for, or to change it. */
async function openOn(
  gdi: Gdi,
  { queue, widthMm, heightMm }: DriverWork,
  port: string,
): Promise<DriverDocument | string> {
  let had: string | undefined
  for (const paper of papersFor(await gdi.papers(queue, port), widthMm, heightMm)) {
    const document = await gdi.open(queue, paper)
    if (document === undefined) continue
    if (isPaper(document.sheet, widthMm, heightMm, paper.isRoll)) return document
    had ??= sizeOf(document.sheet).join(' × ')
    await document.close()
  }
  return had === undefined
    ? 'its driver cannot be used'
    : `its driver has no paper of ${widthMm} × ${heightMm} mm, only ${had}`
}

async function drawPages(
  document: DriverDocument,
  work: DriverWork,
  first: DrawnPage,
  job: number,
): Promise<Drawn> {
  let done = 0
  let mayBeOut = false
  async function put(index: number): Promise<string | undefined> {
    const page = index === 0 ? first : await work.page(index, document.sheet.dpiX)
    if (!work.isWanted()) return 'cancelled'
    if (!(await document.startPage())) return 'its driver begins no page'
    if (!(await document.draw(page, placeOf(page, document.sheet)))) return 'its driver draws no picture'
    mayBeOut = true
    if (!(await document.endPage())) return 'its driver did not take the end of a page'
    return undefined
  }
  for (; done < work.pages; done += 1) {
    const fault = await put(done).catch((error: unknown) => String(error))
    if (fault !== undefined) {
      const isTakenBack = await document.abort()
      const kind = isTakenBack && !mayBeOut ? 'notSent' : 'unknown'
      const far = kind === 'unknown' ? ` after ${done} of ${work.pages} pages` : ''
      return { kind, reason: `${work.queue}: ${fault}${far}` }
    }
    work.onPage?.(done + 1)
  }
  if (await document.end()) return { kind: 'drawn', job }
  return { kind: 'unknown', reason: `${work.queue}: its driver did not take the end of the job` }
}

/** Tenths of a millimetre by which drivers round their papers. */
const near = 10

export interface PossiblePaper extends ChosenPaper {
  /** Paper without an end: longer than the page is well. */
  readonly isRoll: boolean
}

/**
 * What to ask a driver for, the best first: its own paper of this size, upright or on its side; a size of one's own; a paper
 * that is as wide and longer, which is how drivers name a roll.
 */
export function papersFor(
  papers: readonly DriverPaper[],
  widthMm: number,
  heightMm: number,
): readonly PossiblePaper[] {
  const [width, length] = [Math.round(widthMm * 10), Math.round(heightMm * 10)]
  const off = (paper: DriverPaper, wide: number, long: number) =>
    Math.max(Math.abs(paper.width - wide), Math.abs(paper.length - long))
  const same = (wide: number, long: number, isLandscape: boolean) =>
    papers
      .filter((paper) => off(paper, wide, long) <= near)
      .toSorted((a, b) => off(a, wide, long) - off(b, wide, long))
      .slice(0, 1)
      .map((paper) => ({ ...paper, isLandscape, isRoll: false }))
  const longer = papers
    .filter((paper) => Math.abs(paper.width - width) <= near && paper.length > length + near)
    .toSorted((a, b) => a.length - b.length)
    .slice(0, 1)
    .map((paper) => ({ ...paper, isLandscape: false, isRoll: true }))
  const own = { id: customPaper, width, length, isLandscape: false, isRoll: false }
  return [...same(width, length, false), ...same(length, width, true), own, ...longer]
}

/** Whole millimetres. */
const sizeOf = ({ width, height, dpiX, dpiY }: DriverSheet): readonly [number, number] => [
  Math.round((width / dpiX) * 25.4),
  Math.round((height / dpiY) * 25.4),
]

/** Millimetres by which a paper may differ from its page: no more than the white at an edge. */
const spare = 2

function isPaper(sheet: DriverSheet, widthMm: number, heightMm: number, isRoll: boolean): boolean {
  const [wide, high] = sizeOf(sheet)
  const isAsLong = isRoll ? high >= heightMm - spare : Math.abs(high - heightMm) <= spare
  return Math.abs(wide - widthMm) <= spare && isAsLong
}

/** From the paper's corner, not the driver's; a dot stays a dot where both count as many an inch. */
export const placeOf = (
  { width, height, dpi }: Pick<DrawnPage, 'width' | 'height' | 'dpi'>,
  { dpiX, dpiY, offsetX, offsetY }: DriverSheet,
): Place => ({
  x: 0 - offsetX,
  y: 0 - offsetY,
  width: Math.round((width * dpiX) / dpi),
  height: Math.round((height * dpiY) / dpi),
})
