import type { CommandSheetEntry, DocumentLanguage } from '#electron/ports/document-press.ts'
import { a4, createSheet, type Desk, type Paper, type Sheet } from './sheet.ts'
import { words } from './words.ts'

const { width, height } = a4
const margin = 36
const columns = 2
const gap = 10
const top = 88

/** Large cards for the bench, two beside each other, sixteen a page: one page to laminate; both languages on every card. */
export function commandSheet(
  commands: readonly CommandSheetEntry[],
  language: DocumentLanguage,
  desk: Desk,
): Paper {
  const say = words[language]
  const perPage = 16
  const sheets: Sheet[] = []
  const pages = Math.max(1, Math.ceil(commands.length / perPage))
  const rows = Math.min(perPage / columns, Math.max(4, Math.ceil(commands.length / columns)))
  const cardWidth = (width - 2 * margin - gap) / columns
  const cardHeight = Math.min(150, (height - top - 30 - (rows - 1) * gap) / rows)
  for (let page = 0; page < pages; page += 1) {
    const sheet = createSheet(desk, width, height)
    sheet.text(`${words['zh-CN'].commandSheet}  ${words.en.commandSheet}`, margin, 56, {
      size: 22,
      bold: true,
    })
    sheet.text(say.commandHint, margin, 75, { size: 10, colour: 'quiet' })
    if (pages > 1) {
      sheet.text(say.page(page + 1, pages), width - margin, 75, { size: 10, bold: true, align: 'right' })
    }
    commands.slice(page * perPage, (page + 1) * perPage).forEach((command, index) => {
      const x = margin + (index % columns) * (cardWidth + gap)
      const y = top + Math.floor(index / columns) * (cardHeight + gap)
      card(sheet, command, x, y, cardWidth, cardHeight)
    })
    sheets.push(sheet)
  }
  return { title: say.commandSheet, sheets }
}

function card(
  sheet: Sheet,
  command: CommandSheetEntry,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  sheet.box(x, y, width, height, 'rule')
  const head = 36
  sheet.box(x + 6, y + 5, head - 6, head - 6, 'ink')
  pictogram(sheet, command.icon, x + 6 + (head - 6) / 2, y + 5 + (head - 6) / 2)
  const room = width - head - 18
  sheet.fit(command.zh, x + head + 8, y + 20, { size: 17, bold: true }, room, 10)
  sheet.fit(command.en, x + head + 8, y + 33, { size: 11 }, room, 8)
  sheet.bars(command.code, {
    x: x + 4,
    y: y + head + 4,
    width: width - 8,
    height: height - head - 18,
    module: 1.32,
  })
  sheet.text(command.code, x + width / 2, y + height - 4, { size: 7, align: 'center', colour: 'quiet' })
}

/** White on black, drawn around its middle with thick polygons that survive a bad copy; a choice is its number. */
function pictogram(sheet: Sheet, icon: CommandSheetEntry['icon'], x: number, y: number): void {
  if (typeof icon === 'number') {
    sheet.text(String(icon), x, y + 8, { size: 22, bold: true, align: 'center', colour: 'paper' })
  } else sheet.path(placed(pictures[icon], x, y), 'paper')
}

/** The pictures are drawn thirty points across. */
const scale = 0.72

/** Absolute commands M, L, H, V and Q of a picture drawn around 0,0, made smaller and moved to its place. */
function placed(d: string, x: number, y: number): string {
  return d.replaceAll(
    /([MLQ])([^A-Za-z]*)|([HV])([^A-Za-z]*)/g,
    (_, pairs: string, points: string, axis: string | undefined, value: string) => {
      if (axis) return `${axis}${Number(value) * scale + (axis === 'H' ? x : y)}`
      const numbers = points
        .trim()
        .split(/[\s,]+/)
        .map(Number)
      return `${pairs}${numbers.map((number, index) => number * scale + (index % 2 === 0 ? x : y)).join(' ')}`
    },
  )
}

const pictures: Readonly<Record<Exclude<CommandSheetEntry['icon'], number>, string>> = {
  // a tick
  ok: 'M-15 1L-10 -4L-4 2L10 -12L15 -7L-4 12Z',
  // an arrow that turns back
  undo: 'M-15 -4L-4 -14V-8H3Q15 -8 15 3Q15 13 4 13H-8V8H4Q9 8 9 3Q9 -2 3 -2H-4V6Z',
  // two bars: wait
  hold: 'M-11 -13H-3V13H-11ZM3 -13H11V13H3Z',
  // one sheet behind another
  reprint: 'M-13 -15H7V-10H-8V9H-13ZM-4 -6H13V15H-4Z',
  // a label that is not there: its four corners
  missing:
    'M-15 -15H-5V-11H-11V-5H-15ZM15 -15V-5H11V-11H5V-15ZM-15 15V5H-11V11H-5V15ZM15 15H5V11H11V5H15ZM-3 -3H3V3H-3Z',
  // an empty place: a frame with a minus in it
  short: 'M-15 -15H15V15H-15V-11H-11V11H11V-11H-15ZM-7 -2H7V2H-7Z',
  // on to the next
  next: 'M-13 -13L2 0L-13 13ZM4 -13H11V13H4Z',
  // a cross
  cancel: 'M-13 -9L-9 -13L0 -4L9 -13L13 -9L4 0L13 9L9 13L0 4L-9 13L-13 9L-4 0Z',
  // a printer with a label coming out
  print: 'M-9 -14H9V-7H-9ZM-15 -5H15V8H11V2H-11V8H-15ZM-8 5H8V15H-8Z',
  // a label struck out
  void: 'M-15 -10H8L-1 -3H-9V3L-15 8ZM15 10H-8L1 3H9V-3L15 -8ZM12 -15L15 -12L-12 15L-15 12Z',
  // the flag at the end
  finish: 'M-12 -15H-8V15H-12ZM-6 -14H14L9 -6L14 2H-6Z',
  // a load on a plate on a foot
  weigh: 'M-7 -15H7V-4H-7ZM-15 -2H15V3H3V10H11V15H-11V10H-3V3H-15Z',
}
