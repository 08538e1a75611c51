import { describe, expect, it } from 'vitest'
import { createPdfPages } from '#electron/documents/pdf-pages.ts'
import { createDocumentPress } from '#electron/documents/index.ts'
import { createGdiDocuments, pageDpi } from '#electron/devices/print/document-printer.ts'
import { papersFor, placeOf } from '#electron/devices/print/driver-job.ts'
import { dotsAnInch } from '#electron/devices/print/driver-page.ts'
import {
  type ChosenPaper,
  customPaper,
  deviceIndependent,
  type DriverPaper,
  type Gdi,
  type Picture,
  type Place,
  withPaper,
} from '#electron/devices/print/gdi.ts'
import { createSpoolerDriver } from '#electron/devices/print/spooler-printer.ts'
import type { SpoolerQueue, Winspool } from '#electron/devices/print/winspool.ts'
import { createLabelPress } from '#electron/labels/index.ts'
import { drawn } from '#test/support/bitmaps.ts'
import { pngOfGrey, readByZbar } from '#test/support/label-reader.ts'
import { commands } from '#test/unit/documents/papers.ts'

const forms: readonly DriverPaper[] = [
  { id: 9, width: 2100, length: 2970 },
  { id: 300, width: 999, length: 1501 },
  { id: 301, width: 290, length: 620 },
  { id: 302, width: 800, length: 32_760 },
]

interface Told {
  /** The call that fails, counted from 1 where there are several. */
  readonly fails?: string
  readonly nth?: number | 'each'
  readonly attributes?: number
  /** The driver gives this paper whatever it is asked for: tenths of a millimetre. */
  readonly stubborn?: readonly [number, number]
  readonly dpi?: number
  readonly cannotAbort?: boolean
}

/** A driver that writes down what it is told and gives the paper that it is asked for, if it can. */
function fakeDriver(told: Told = {}) {
  const calls: string[] = []
  const pictures: { picture: Picture; place: Place }[] = []
  const asked: ChosenPaper[] = []
  const well = (name: string) => {
    calls.push(name)
    if (told.fails !== name) return true
    return told.nth !== 'each' && calls.filter((one) => one === name).length !== (told.nth ?? 1)
  }
  const dpi = told.dpi ?? 300
  const gdi: Gdi = {
    papers: async () => forms,
    async open(_, paper) {
      asked.push(paper)
      if (!well('open')) return undefined
      const [wide, long] = told.stubborn ?? [paper.width, paper.length]
      const [width, length] = paper.isLandscape ? [long, wide] : [wide, long]
      const dots = (tenths: number) => Math.round((tenths / 254) * dpi)
      return {
        sheet: { dpiX: dpi, dpiY: dpi, width: dots(width), height: dots(length), offsetX: 12, offsetY: 7 },
        start: async () => (well('start') ? 7 : 0),
        startPage: async () => well('startPage'),
        async draw(picture, place) {
          pictures.push({ picture, place })
          return well('draw')
        },
        endPage: async () => well('endPage'),
        end: async () => well('end'),
        abort: async () => {
          calls.push('abort')
          return told.cannotAbort !== true
        },
        close: async () => void calls.push('close'),
      }
    },
  }
  const queue: SpoolerQueue = {
    name: '标签机',
    driver: 'Brother QL-820NWB',
    port: 'USB001',
    attributes: told.attributes ?? 0,
    status: 0,
  }
  const none = async () => true
  const spooler: Winspool = {
    open: async (name) => (name === queue.name ? { handle: 1 } : undefined),
    startDocument: async () => 0,
    startPage: none,
    write: async () => 0,
    endPage: none,
    endDocument: none,
    isListed: async () => false,
    describe: async () => queue,
    close: async () => undefined,
    queues: async () => [queue],
  }
  return { calls, pictures, asked, printer: () => gdi, connect: () => spooler }
}

const press = createLabelPress()
const times = { answer: 5000, poll: 1, confirm: 50 }
/** 100 × 150 mm at 300 dpi. */
const label = { width: 1181, height: 1772, bytesPerRow: 148, data: new Uint8Array(148 * 1772).fill(0x55) }
const job = (copies = 1) => press.encode(label, 'driver', { copies, dpi: 300 })

describe('a label through a driver of Windows', () => {
  it('is drawn on its own paper, from the paper’s corner, a dot for a dot', async () => {
    const driver = fakeDriver()
    const told: string[] = []
    const printer = createSpoolerDriver('标签机', driver.connect, driver.printer, times)
    expect(await printer.send(job(2), { onSent: () => told.push(driver.calls.at(-1) ?? '') })).toEqual({
      kind: 'sent',
    })
    expect(driver.asked).toEqual([{ id: 300, width: 999, length: 1501, isLandscape: false, isRoll: false }])
    const page = ['startPage', 'draw', 'endPage']
    expect(driver.calls).toEqual(['open', 'start', ...page, ...page, 'end', 'close'])
    expect(told).toEqual(['close'])
    expect(driver.pictures.map(({ place }) => place)).toEqual(
      Array.from({ length: 2 }, () => ({ x: -12, y: -7, width: 1181, height: 1772 })),
    )
    expect(driver.pictures[0]?.picture).toMatchObject({ width: 1181, height: 1772, bits: 1 })
    expect(Buffer.compare(driver.pictures[0]?.picture.data ?? Buffer.of(), label.data)).toBe(0)
  })

  it.each([
    [{ fails: 'open' }, 'sent', false],
    [{ fails: 'open', nth: 'each' }, 'notSent', false],
    [{ fails: 'start' }, 'notSent', false],
    [{ fails: 'startPage' }, 'notSent', true],
    [{ fails: 'draw' }, 'notSent', true],
    [{ fails: 'draw', cannotAbort: true }, 'unknown', true],
    [{ fails: 'endPage' }, 'unknown', true],
    [{ fails: 'startPage', nth: 2 }, 'unknown', true],
    [{ fails: 'end' }, 'unknown', false],
    [{ attributes: 0x400 }, 'notSent', false],
    [{ stubborn: [2100, 2970] }, 'notSent', false],
    [{ stubborn: [620, 290] }, 'notSent', false],
  ] as const)('where %j: %s', async (told, kind, isAborted) => {
    const driver = fakeDriver(told)
    const outcome = await createSpoolerDriver('标签机', driver.connect, driver.printer, times).send(job(2))
    expect(outcome.kind).toBe(kind)
    expect(driver.calls.includes('abort')).toBe(isAborted)
    const opened = driver.calls.filter((call) => call === 'open').length
    const closed = driver.calls.filter((call) => call === 'close').length
    if (!('fails' in told) || told.fails !== 'open') expect(closed).toBe(opened)
    if ('stubborn' in told) {
      expect(driver.calls).not.toContain('start')
      expect(outcome).toMatchObject({
        reason: expect.stringMatching(/no paper of 100 × 150 mm, only/) as string,
      })
    }
  })

  it('is nothing else’s job', async () => {
    const driver = fakeDriver()
    const printer = createSpoolerDriver('标签机', driver.connect, driver.printer, times)
    for (const other of [Buffer.from('^XA^XZ'), job().subarray(0, -1), Buffer.of()])
      expect((await printer.send(other)).kind).toBe('notSent')
    expect(driver.calls).toEqual([])
  })

  it('that hangs is not told to be lost, and gets no second one beside it', async () => {
    const driver = fakeDriver()
    const hanging: Gdi = {
      ...driver.printer(),
      open: async (...about) => {
        const document = await driver.printer().open(...about)
        return document && { ...document, endPage: () => new Promise(() => undefined) }
      },
    }
    const printer = createSpoolerDriver('标签机', driver.connect, () => hanging, { ...times, answer: 30 })
    expect((await printer.send(job())).kind).toBe('unknown')
    expect((await printer.send(job())).kind).toBe('notSent')
    expect(driver.calls.filter((call) => call === 'start')).toHaveLength(1)
  })
})

describe('paper', () => {
  it.each([
    [210, 297, [9, customPaper]],
    [100, 150, [300, customPaper]],
    [62, 29, [301, customPaper]],
    [76, 130, [customPaper]],
    [80, 997, [customPaper, 302]],
  ])('of %d × %d mm is asked for as %j', (width, height, ids) => {
    const papers = papersFor(forms, width, height)
    expect(papers.map(({ id }) => id)).toEqual(ids)
    expect(papers[0]?.isLandscape).toBe(width === 62)
  })

  it('goes into the driver’s settings and changes nothing else there', () => {
    const settings = Buffer.from(Array.from({ length: 300 }, (_, at) => at & 0xff))
    const wish = withPaper(settings, { id: customPaper, width: 620, length: 290, isLandscape: false })
    expect([76, 78, 80, 82, 84, 86].map((at) => wish.readInt16LE(at))).toEqual([1, 256, 290, 620, 100, 1])
    expect(wish.readUInt32LE(72) & 0x1011f).toBe(0x11f)
    const changed = [...wish].flatMap((byte, at) => (byte === settings[at] ? [] : [at]))
    expect(changed.every((at) => at >= 72 && at < 88)).toBe(true)
    const named = withPaper(settings, { id: 9, width: 2100, length: 2970, isLandscape: true })
    expect(named.readUInt32LE(72) & 0xf).toBe(0x3)
    expect(named.readInt16LE(76)).toBe(2)
  })
})

describe('a picture for Windows', () => {
  it('of one bit: bottom row first, rows of whole words, 1 is black', () => {
    const { width, height, data } = drawn('#...#...#', '.........', '.#.......')
    const { info, bits } = deviceIndependent({ width, height, bits: 1, data })
    expect([info.readUInt32LE(0), info.readInt32LE(4), info.readInt32LE(8)]).toEqual([40, 9, 3])
    expect([info.readUInt16LE(12), info.readUInt16LE(14), info.readUInt32LE(16)]).toEqual([1, 1, 0])
    expect([...info.subarray(40)]).toEqual([255, 255, 255, 0, 0, 0, 0, 0])
    expect(bits.toString('hex')).toBe(['40000000', '00000000', '88800000'].join(''))
  })

  it('of grey: 0 is black', () => {
    const { info, bits } = deviceIndependent({
      width: 3,
      height: 2,
      bits: 8,
      data: Uint8Array.of(0, 1, 2, 3, 4, 5),
    })
    expect(info.length).toBe(40 + 1024)
    expect([...info.subarray(40 + 7 * 4, 44 + 7 * 4)]).toEqual([7, 7, 7, 0])
    expect(bits.toString('hex')).toBe('0304050000010200')
  })

  it.each([
    [300, 300, 1181, 1181],
    [203, 203, 800, 800],
    [203, 300, 800, 1181],
    [203, 600, 800, 2362],
    [300, 600, 1181, 2362],
  ])('of %d dpi on a printer of %d dpi: %d dots are %d', (label, printer, width, wide) => {
    const sheet = { dpiX: printer, dpiY: printer, width: 0, height: 0, offsetX: 0, offsetY: 0 }
    const picture = { width, height: width, dpi: dotsAnInch(label, printer) }
    expect(placeOf(picture, sheet)).toEqual({ x: 0, y: 0, width: wide, height: wide })
  })

  it('is drawn as finely as eyes and scanners see', () => {
    expect([180, 203, 300, 360, 600, 720, 1200].map(pageDpi)).toEqual([180, 203, 300, 360, 300, 360, 300])
  })
})

describe('a paper through a driver of Windows', () => {
  const documents = createDocumentPress()
  const a4 = { queue: '标签机', name: 'commands', widthMm: 210, heightMm: 297 }

  it('is drawn page by page in its own size, and its codes can be scanned', async () => {
    const pdf = await documents.commandSheet(commands, 'zh-CN')
    const driver = fakeDriver({ dpi: 600 })
    const told: [number, number][] = []
    const printer = createGdiDocuments(createPdfPages(), driver.connect, driver.printer)
    const work = {
      signal: new AbortController().signal,
      progress: (...far: [number, number]) => void told.push(far),
    }
    expect(await printer.print(pdf, { ...a4, copies: 2 }, work)).toEqual({ kind: 'sent' })
    expect(driver.asked.map(({ id }) => id)).toEqual([9])
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ])
    const [{ picture, place } = { picture: undefined, place: undefined }] = driver.pictures
    expect([picture?.width, picture?.height, picture?.bits]).toEqual([2479, 3508, 8])
    expect(place).toEqual({ x: -12, y: -7, width: 4958, height: 7016 })
    const [codes = []] = await readByZbar([pngOfGrey(picture ?? { width: 0, height: 0, data: Buffer.of() })])
    expect(new Set(codes.map(({ text }) => text))).toEqual(new Set(commands.map(({ code }) => code)))
  })

  it.each([
    [1, 'notSent'],
    [2, 'unknown'],
  ] as const)('that is cancelled before page %d is %s', async (page, kind) => {
    const pdf = await documents.commandSheet(commands, 'en')
    const driver = fakeDriver()
    const stop = new AbortController()
    const pages = createPdfPages()
    let drawnPages = 0
    const counting: typeof pages = {
      async open(file) {
        const opened = await pages.open(file)
        const draw: typeof opened.draw = (index, dpi) => {
          drawnPages += 1
          if (drawnPages === page) stop.abort()
          return opened.draw(index, dpi)
        }
        return { ...opened, draw }
      },
    }
    const printer = createGdiDocuments(counting, driver.connect, driver.printer)
    const work = { signal: stop.signal, progress: () => undefined }
    expect((await printer.print(pdf, { ...a4, copies: 3 }, work)).kind).toBe(kind)
    expect(driver.calls.includes('abort')).toBe(page === 2)
    expect(driver.calls.filter((call) => call === 'endPage')).toHaveLength(page - 1)
  })

  it('whose driver hangs is not told to be lost, and gets no second one beside it', async () => {
    const pdf = await documents.commandSheet(commands, 'en')
    const driver = fakeDriver()
    const back = Promise.withResolvers<boolean>()
    const hanging: Gdi = {
      ...driver.printer(),
      open: async (...about) => {
        const document = await driver.printer().open(...about)
        return document && { ...document, endPage: () => back.promise }
      },
    }
    const printer = createGdiDocuments(createPdfPages(), driver.connect, () => hanging, 300)
    expect(await printer.print(pdf, { ...a4, copies: 2 })).toMatchObject({ kind: 'unknown' })
    expect(await printer.print(pdf, a4)).toMatchObject({ kind: 'notSent' })
    back.resolve(true)
    // What was given up goes no further when the driver comes back.
    await expect.poll(() => driver.calls.at(-1)).toBe('close')
    expect(driver.calls).toContain('abort')
    expect(driver.calls.filter((call) => call === 'startPage')).toHaveLength(1)
  })

  it('asked for twice at once goes once', async () => {
    const pdf = await documents.commandSheet(commands, 'en')
    const driver = fakeDriver()
    const printer = createGdiDocuments(createPdfPages(), driver.connect, driver.printer)
    const both = await Promise.all([printer.print(pdf, a4), printer.print(pdf, a4)])
    expect(both.map(({ kind }) => kind)).toEqual(['sent', 'notSent'])
    expect(driver.calls.filter((call) => call === 'start')).toHaveLength(1)
    expect(await printer.print(pdf, a4)).toEqual({ kind: 'sent' })
  })

  it('that is no PDF, or for no queue, prints nothing', async () => {
    const driver = fakeDriver()
    const printer = createGdiDocuments(createPdfPages(), driver.connect, driver.printer)
    const pdf = await documents.commandSheet(commands, 'en')
    expect(await printer.print(Buffer.from('%PDF-1.4 nothing'), a4)).toMatchObject({ kind: 'notSent' })
    expect(await printer.print(pdf, { ...a4, queue: 'other' })).toMatchObject({ kind: 'notSent' })
    expect(driver.calls).toEqual([])
    expect(await printer.print(pdf, a4)).toEqual({ kind: 'sent' })
  })
})
