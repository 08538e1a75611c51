/** Labels and papers through a driver of Windows: Wine's makes PostScript, which Ghostscript draws dot by dot. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createDocumentPress } from '#electron/documents/index.ts'
import { createLabelPress } from '#electron/labels/index.ts'
import type { Bitmap, PrintOptions } from '#electron/ports/label-press.ts'
import { type PrivateCups, startPrivateCups } from '#test/devices/private-cups.ts'
import { eventually } from '#test/hardware/devices/wait.ts'
import { noise } from '#test/support/bitmaps.ts'
import { type PpdSize, postScriptDriver } from '#test/support/cups.ts'
import { pngOfBits, readByZbar, readByZxing } from '#test/support/label-reader.ts'
import { someLabel } from '#test/support/labels.ts'
import { slip, wave } from '#test/unit/documents/papers.ts'
import { startSink } from './sink.ts'
import { type WindowsStation, windowsStation } from './station.ts'

const dpi = 300
/** What this driver knows, in points; 62 × 29 mm lies on its side there, as makers of label rolls have it. */
const sizes: readonly PpdSize[] = [
  ['A4', 595.28, 841.89],
  ['A6', 297.64, 419.53],
  ['w283h425', 283.46, 425.2],
  ['w82h176', 82.2, 175.75],
]
/** Points at each edge that the driver keeps white. */
const edge = 6

const press = createLabelPress()
const queue = '标签机-3'
const isBlack = ({ bytesPerRow, data }: Bitmap, x: number, y: number) =>
  ((data[y * bytesPerRow + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1

/** How many dots of the middle differ, where the second picture is moved by as little as an edge rounds. */
function differing(one: Bitmap, other: Bitmap): number {
  const margin = 40
  const off = (right: number, down: number) => {
    let dots = 0
    for (let y = margin; y < one.height - margin; y += 1)
      for (let x = margin; x < one.width - margin; x += 1)
        if (isBlack(one, x, y) !== isBlack(other, x + right, y + down)) dots += 1
    return dots
  }
  return Math.min(...[-1, 0, 1].flatMap((right) => [-1, 0, 1].map((down) => off(right, down))))
}

describe('a driver of Windows', () => {
  let cups: PrivateCups
  let sink: Awaited<ReturnType<typeof startSink>>
  let windows: WindowsStation
  const folder = mkdtempSync(join(tmpdir(), 'pages-'))
  const asFile = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  before(async () => {
    sink = await startSink()
    cups = await startPrivateCups()
    cups.addQueue(queue, sink.port, postScriptDriver(dpi, sizes, edge))
    windows = windowsStation(cups.server)
  })
  beforeEach(() => {
    sink.jobs.length = 0
  })
  after(async () => {
    await cups.close()
    sink.close()
  })

  /** The pages of the one job that came. */
  async function pages(): Promise<Bitmap[]> {
    await eventually('a job', () => sink.jobs[0], 20_000)
    const dir = mkdtempSync(join(folder, 'drawn-'))
    const job = asFile('job.ps', sink.jobs[0] ?? Buffer.of())
    execFileSync('gs', [
      '-q',
      `-r${dpi}`,
      '-sDEVICE=pbmraw',
      `-sOutputFile=${join(dir, '%03d.pbm')}`,
      '-dBATCH',
      '-dNOPAUSE',
      job,
    ])
    return readdirSync(dir)
      .toSorted()
      .map((name) => bitmapOf(readFileSync(join(dir, name))))
  }

  const send = async (bitmap: Bitmap, options: Partial<PrintOptions> = {}) => {
    const job = press.encode(bitmap, 'driver', { copies: 1, dpi, ...options })
    const [answer] = await windows.run({
      ask: 'send',
      driver: true,
      queue,
      file: asFile('label', job),
      name: 'label',
    })
    return answer
  }

  it('draws a label dot by dot on its own paper, as often as asked', async () => {
    const { bitmap } = press.render(someLabel(), { widthMm: 100, heightMm: 150, dpi })
    assert.deepEqual(await send(bitmap, { copies: 2 }), { outcome: { kind: 'sent' }, told: 1 })
    const came = await pages()
    assert.deepEqual(
      came.map(({ width, height }) => [width, height]),
      [
        [1181, 1772],
        [1181, 1772],
      ],
    )
    for (const page of came) assert.equal(differing(bitmap, page), 0)
    const [png = Buffer.of()] = came.map((page) => pngOfBits(page))
    const code = { kind: 'code128', text: 'SF1234567890123' }
    assert.deepEqual(
      (await readByZbar([png]))[0]?.filter(({ kind }) => kind === 'code128'),
      [code],
    )
    assert.deepEqual(
      (await readByZxing(png)).filter(({ kind }) => kind === 'code128'),
      [code],
    )
  })

  it('turns a label that lies on its side on its paper', async () => {
    const bitmap = noise(732, 343, 0.3)
    assert.deepEqual(await send(bitmap), { outcome: { kind: 'sent' }, told: 1 })
    const [page] = await pages()
    assert.ok(page !== undefined && Math.abs(page.width - 343) <= 1 && Math.abs(page.height - 732) <= 1)
    const turned = ([90, 270] as const).map((rotation) =>
      differing(press.place(bitmap, { dpi, rotation }), page),
    )
    assert.equal(Math.min(...turned), 0)
  })

  it('that has no such paper gets nothing, and says what it has', async () => {
    const answer = await send(noise(900, 1500, 0.3))
    assert.match(JSON.stringify(answer), /"notSent".*no paper of 76 × 127 mm, only \d+ × \d+.*"told":0/)
    assert.deepEqual(sink.jobs, [])
  })

  it('prints a paper page by page in its own size, and tells how far it is', async () => {
    const documents = createDocumentPress()
    const list = wave(40)
    const pdf = await documents.pickList(list, 'A4', 'zh-CN')
    const [answer] = await windows.run({
      ask: 'paper',
      queue,
      file: asFile('list.pdf', pdf),
      widthMm: 210,
      heightMm: 297,
    })
    const came = await pages()
    assert.ok(came.length > 1)
    assert.deepEqual(answer, {
      outcome: { kind: 'sent' },
      told: came.map((_, at) => [at + 1, came.length]),
    })
    for (const { width, height } of came)
      assert.ok(Math.abs(width - 2480) <= 1 && Math.abs(height - 3508) <= 1)
    const codes = (await readByZbar(came.map((page) => pngOfBits(page)))).flat().map(({ text }) => text)
    const wanted = [list.waveCode, ...list.stops.flatMap(({ barcode }) => barcode ?? [])]
    assert.deepEqual(
      wanted.filter((code) => !codes.includes(code)),
      [],
    )
    assert.ok(Math.abs(rulerOf(came[0]) - widthOfInk(pdf)) <= 3)
  })

  it('takes back a paper that is cancelled before its first page is whole', async () => {
    const pdf = await createDocumentPress().packingSlip(
      Array.from({ length: 3 }, () => slip(3)),
      'A6',
      'en',
    )
    const about = {
      ask: 'paper',
      queue,
      file: asFile('slips.pdf', pdf),
      widthMm: 105,
      heightMm: 148,
    } as const
    const [first, second] = await windows.run({ ...about, cancelAt: 0 }, { ...about, cancelAt: 1 })
    assert.match(JSON.stringify(first), /"notSent".*cancelled/)
    assert.match(JSON.stringify(second), /"unknown".*cancelled after 1 of 3 pages/)
    // Wine's spooler takes nothing of a job that was aborted.
    assert.deepEqual(sink.jobs, [])
  })

  /** Dots from the leftmost ink to the rightmost. */
  function rulerOf(page: Bitmap | undefined): number {
    if (page === undefined) return 0
    let [left, right] = [page.width, 0]
    for (let y = 0; y < page.height; y += 1)
      for (let x = 0; x < page.width; x += 1)
        if (isBlack(page, x, y) === 1) [left, right] = [Math.min(left, x), Math.max(right, x)]
    return right - left
  }

  /** The same of the file itself, drawn by poppler. */
  function widthOfInk(pdf: Uint8Array): number {
    const file = asFile('ruler.pdf', pdf)
    execFileSync('pdftoppm', [
      '-r',
      String(dpi),
      '-mono',
      '-f',
      '1',
      '-l',
      '1',
      '-singlefile',
      file,
      join(folder, 'ruler'),
    ])
    return rulerOf(bitmapOf(readFileSync(join(folder, 'ruler.pbm'))))
  }
})

/** Binary PBM, as Ghostscript and poppler write it. */
function bitmapOf(file: Buffer): Bitmap {
  const head = /^P4\s(?:#.*\n)*(\d+)\s(\d+)\s/.exec(file.subarray(0, 200).toString('latin1'))
  assert.ok(head !== null)
  const [width, height] = [Number(head[1]), Number(head[2])]
  return { width, height, bytesPerRow: Math.ceil(width / 8), data: file.subarray(head[0].length) }
}
