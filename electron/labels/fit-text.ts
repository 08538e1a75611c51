import type { Letter } from './letters.ts'

export interface TextSpace {
  /** Dots. */
  readonly width: number
  readonly height: number
  /** Sizes of an em in dots. */
  readonly largest: number
  readonly smallest: number
  /** Distance of two baselines in ems. */
  readonly lineHeight: number
}

export interface FittedText {
  /** Dots an em. */
  readonly size: number
  readonly lines: readonly (readonly Letter[])[]
  readonly cut: boolean
}

/**
 * Sets a text as large as its space allows: shrinks it step by step, and only when the smallest size does not hold it
 * cuts the end and puts `ellipsis` there.
 */
export function fitText(
  letters: readonly Letter[],
  space: TextSpace,
  ellipsis: Letter | undefined,
): FittedText {
  const step = Math.max(1, Math.round(space.largest / 24))
  for (let size = space.largest; size > space.smallest; size -= step) {
    const lines = wrap(letters, space.width / size)
    if (lines.length <= linesIn(space, size)) return { size, lines, cut: false }
  }
  const size = space.smallest
  const lines = wrap(letters, space.width / size)
  const room = linesIn(space, size)
  if (lines.length <= room) return { size, lines, cut: false }
  const kept = lines.slice(0, room)
  const last = [...(kept.pop() ?? [])]
  const end = ellipsis === undefined ? [] : [ellipsis]
  while (last.length > 0 && lengthOf([...last, ...end]) > space.width / size) last.pop()
  return { size, lines: [...kept, [...last, ...end]], cut: true }
}

/** Ems that letters take on one line. */
export function lengthOf(letters: readonly Letter[]): number {
  return letters.reduce((sum, letter) => sum + letter.advance, 0)
}

function linesIn(space: TextSpace, size: number): number {
  return Math.max(1, 1 + Math.floor((space.height - size) / (size * space.lineHeight)))
}

function wrap(letters: readonly Letter[], width: number): Letter[][] {
  const lines: Letter[][] = []
  for (let start = 0; start < letters.length;) {
    const end = lineEnd(letters, start, width)
    lines.push(trim(letters.slice(start, end)))
    start = letters[end]?.text === '\n' ? end + 1 : end
  }
  return lines
}

/** Where the line from `start` ends: at `\n`, else at the last break that fits, else wherever the width ends. */
function lineEnd(letters: readonly Letter[], start: number, width: number): number {
  let length = 0
  let lastBreak = start
  for (let at = start; at < letters.length; at += 1) {
    const letter = letters[at]
    if (letter === undefined || letter.text === '\n') return at
    if (mayBreak(letters[at - 1], letter)) lastBreak = at
    length += letter.advance
    if (length > width && letter.text !== ' ' && at > start) return lastBreak > start ? lastBreak : at
  }
  return letters.length
}

function trim(line: Letter[]): Letter[] {
  let end = line.length
  while (end > 0 && line[end - 1]?.text === ' ') end -= 1
  let first = 0
  while (first < end && line[first]?.text === ' ') first += 1
  return line.slice(first, end)
}

const closing = /[,.:;!?%)\]}×，。、：；！？）】》」』〉”’…]/u
const opening = /[([{（【《「『〈“‘]/u
const chinese = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[\u{20000}-\u{3ffff}]/u

/** After spaces and hyphens, and between two characters of which one is Chinese; never before closing marks. */
function mayBreak(before: Letter | undefined, after: Letter): boolean {
  if (before === undefined || closing.test(after.text) || opening.test(before.text)) return false
  if (before.text === ' ' || before.text === '-' || before.text === '/') return true
  return chinese.test(before.text) || chinese.test(after.text)
}
