import { readFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Content, createPdf } from 'pdfmake'
import { loadCode128, type Code128 } from './barcode.ts'
import { readFont, type FontFile } from './font-file.ts'
import type { PaperWork } from '#electron/ports/document-press.ts'
import { halved, type Desk, type Paint, type Paper, type PlacedText, type Sheet } from './sheet.ts'
import { createTypesetter, type Face, type Fonts, type Typesetter } from './typesetter.ts'

/** Draws a paper at the desk it is given and gives the PDF file. */
export type Press = (draw: (desk: Desk) => Paper, language: string, work?: PaperWork) => Promise<Uint8Array>

/** A press with nothing loaded: fonts, barcode encoder and PDF library come with the first paper. */
export function createPress(): Press {
  let stock: Promise<Stock> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const print: Press = async (draw, language, work) => {
    work?.signal.throwIfAborted()
    work?.progress(0, 0)
    stock ??= takeStock().catch((error: unknown) => {
      stock = undefined // a file that could not be read now may be there for the next paper
      throw error
    })
    const { pdfmake, fonts, code128, known } = await stock
    const type = createTypesetter(fonts, known)
    const paper = draw({ type, code128 })
    work?.signal.throwIfAborted()
    const used = faces.filter((face) => (type.used.get(face)?.size ?? 0) > 0)
    for (const face of used) {
      pdfmake.virtualfs.writeFileSync(face, fontFor(face, fonts, type))
    }
    pdfmake.setFonts(Object.fromEntries(used.map((face) => [face, { normal: face }])))
    pdfmake.setProgressCallback(pagesOf(paper, work))
    return pdfmake.createPdf(definition(paper, language)).getBuffer()
  }
  // The library keeps its fonts in one place for all papers, so they are printed one after the other.
  return (draw, language, work) => {
    const printed = last.then(() => print(draw, language, work))
    last = printed.catch(() => undefined)
    return printed
  }
}

/** The library tells the share of what it has written, far more often than a page is done. */
function pagesOf({ sheets }: Paper, work: PaperWork | undefined): (share: number) => void {
  let told = 0
  return (share) => {
    const done = Math.floor(share * sheets.length)
    if (done <= told) return
    told = done
    work?.progress(done, sheets.length)
  }
}

const faces: readonly Face[] = ['regular', 'bold', 'rare']

interface Stock {
  readonly pdfmake: PdfMake
  readonly fonts: Fonts
  readonly code128: Code128
  readonly known: Parameters<typeof createTypesetter>[1]
}

type Definition = Parameters<typeof createPdf>[0]

/** What is used of pdfmake; its published types leave out its file system in memory, where fonts lie. */
interface PdfMake {
  readonly virtualfs: { writeFileSync: (name: string, content: Buffer) => void }
  setFonts: (fonts: Record<string, { normal: string }>) => void
  setProgressCallback: (tell: (share: number) => void) => void
  setUrlAccessPolicy: (allow: (url: string) => boolean) => void
  setLocalAccessPolicy: (allow: (path: string) => boolean) => void
  createPdf: (definition: Definition) => { getBuffer: () => Promise<Uint8Array> }
}

async function takeStock(): Promise<Stock> {
  const find = createRequire(import.meta.url).resolve
  const noto = '@expo-google-fonts/noto-sans-sc'
  const [library, regular, bold] = await Promise.all([
    import('pdfmake'),
    readFile(find(`${noto}/400Regular/NotoSansSC_400Regular.ttf`)),
    readFile(find(`${noto}/700Bold/NotoSansSC_700Bold.ttf`)),
  ])
  const pdfmake = (library as unknown as { default: PdfMake }).default
  // Fonts come as bytes and papers hold no pictures, so the library has no business on disk or network.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  let rare: FontFile | undefined
  return {
    pdfmake,
    code128: loadCode128(),
    known: new Map(),
    fonts: {
      regular: readFont(regular),
      bold: readFont(bold),
      rare: () =>
        (rare ??= readFont(readFileSync(find('node-source-han-sans-sc/SourceHanSansSC-Regular.otf')))),
    },
  }
}

function fontFor(face: Face, fonts: Fonts, type: Typesetter): Buffer {
  const bytes =
    face === 'rare' ? fonts.rare().bytes : fonts[face].subset(type.used.get(face) ?? [], type.glyphs[face])
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** All fonts used here have Noto's line: what pdfmake puts between the top of a line and its baseline. */
const ascent = 1.16

/** Fifths of white are short numbers in the file. */
const colours = { ink: '#000000', quiet: '#333333', paper: '#ffffff' } as const

function look(paint: Paint): object {
  const [kind, width] = paint.split(' ')
  switch (kind) {
    case 'tint':
      return { color: '#e6e6e6' }
    case 'hairline':
      return { lineColor: '#999999', lineWidth: 0.5 }
    case 'cut':
      return { lineColor: '#666666', lineWidth: 0.5, dash: { length: 3, space: 2.5 } }
    case 'rule':
      return { lineColor: '#000000', lineWidth: 1, lineJoin: 'round' }
    case 'heavy':
      return { lineColor: '#000000', lineWidth: 2, lineJoin: 'round' }
    case 'route':
      return { lineColor: '#000000', lineWidth: 1.4, lineJoin: 'round', lineCap: 'round' }
    case 'disc':
      return { lineColor: '#000000', lineWidth: Number(width), lineCap: 'round' }
    case 'paper':
      return { color: '#ffffff' }
    default:
      return { color: '#000000' }
  }
}

/** What lies on an area comes after it. */
const rank = (paint: Paint) => (paint === 'tint' ? 0 : paint === 'paper' ? 2 : 1)

function definition(paper: Paper, language: string): Definition {
  return {
    pageMargins: 0,
    language,
    info: { title: paper.title, creator: 'Packbench', producer: 'Packbench' },
    defaultStyle: { font: 'regular', noWrap: true },
    content: paper.sheets.map(page),
  }
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/** White comes last, on shapes in ink. Text of one look in one column follows each other, which is short in the file. */
const byLook = (one: PlacedText, other: PlacedText) =>
  Number(one.colour === 'paper') - Number(other.colour === 'paper') ||
  one.size - other.size ||
  compare(one.face, other.face) ||
  compare(one.colour, other.colour) ||
  one.x - other.x ||
  one.baseline - other.baseline

/** A section has a page size of its own. pdfmake's types leave out the path that its renderer draws. */
function page({ width, height, paths, texts }: Sheet): Content {
  const canvas = [...paths]
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([paint, parts]) => ({ type: 'path', d: parts.toSorted(compare).join(''), ...look(paint) }))
  const lines = [...texts].sort(byLook).map(({ text, face, size, x, baseline, colour }) => ({
    text,
    font: face,
    fontSize: size,
    color: colours[colour],
    absolutePosition: { x: halved(x), y: halved(baseline) - ascent * size },
  }))
  const section = [{ canvas, absolutePosition: { x: 0, y: 0 } }, ...lines]
  return { section, pageSize: { width, height } } as unknown as Content
}
