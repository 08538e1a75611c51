import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const room = { maxBuffer: 64 * 1024 * 1024 }

/** A word as poppler sees it on the page; points from the page's top left corner. */
export interface PdfWord {
  readonly text: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface PdfPage {
  readonly width: number
  readonly height: number
  readonly words: readonly PdfWord[]
}

async function inFolder<T>(pdf: Uint8Array, read: (folder: string, file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'packbench-pdf-'))
  try {
    const file = join(folder, 'paper.pdf')
    await writeFile(file, pdf)
    return await read(folder, file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The text of each page, in reading order, without barcodes (which are private characters to poppler). */
export const pdfTexts = (pdf: Uint8Array): Promise<readonly string[]> =>
  inFolder(pdf, async (_, file) => {
    const { stdout } = await run('pdftotext', ['-layout', file, '-'], room)
    return stdout
      .replaceAll(/\p{Co}/gu, '')
      .split('\f')
      .slice(0, -1)
  })

/** The words of each page with their places, without barcodes and drawn frames (private characters as well). */
export const pdfPages = (pdf: Uint8Array): Promise<readonly PdfPage[]> =>
  inFolder(pdf, async (_, file) => {
    const { stdout } = await run('pdftotext', ['-bbox', file, '-'], room)
    return [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(
      ([, width, height, body]) => ({
        width: Number(width),
        height: Number(height),
        words: [
          ...(body ?? '').matchAll(
            /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)<\/word>/g,
          ),
        ]
          .map(([, left, top, right, bottom, text]) => ({
            text: (text ?? '').replaceAll(/\p{Co}/gu, ''),
            left: Number(left),
            top: Number(top),
            right: Number(right),
            bottom: Number(bottom),
          }))
          .filter((word) => word.text !== ''),
      }),
    )
  })

/** What a scanner reads from each page printed at `dpi`: the Code 128 symbols, in no certain order. */
export const pdfBarcodes = (pdf: Uint8Array, dpi = 300): Promise<readonly (readonly string[])[]> =>
  inFolder(pdf, async (folder, file) => {
    await run('pdftoppm', ['-r', String(dpi), '-gray', file, join(folder, 'page')], room)
    const images = (await readdir(folder)).filter((name) => name.endsWith('.pgm')).sort()
    const pages: string[][] = []
    for (const image of images) {
      const args = ['-q', '--raw', '-Sdisable', '-Scode128.enable', join(folder, image)]
      // Exit 4 says that a page has no barcode.
      const read = await run('zbarimg', args, room).catch((error: { code?: number; stdout?: string }) => {
        if (error.code === 4) return { stdout: '' }
        throw error
      })
      pages.push((read.stdout ?? '').split('\n').filter((line) => line !== ''))
    }
    return pages
  })
