import { type Koffi, onWindows, threaded } from './windows-library.ts'

/** A paper that a driver knows, in tenths of a millimetre as it is fed. */
export interface DriverPaper {
  /** `dmPaperSize`; 256 is a size of one's own. */
  readonly id: number
  readonly width: number
  readonly length: number
}

export interface ChosenPaper extends DriverPaper {
  /** The page lies on its side on this paper. */
  readonly isLandscape: boolean
}

/** What can be drawn on, in dots: the whole paper, and where on it the driver's own corner lies. */
export interface DriverSheet {
  readonly dpiX: number
  readonly dpiY: number
  readonly width: number
  readonly height: number
  readonly offsetX: number
  readonly offsetY: number
}

/** Rows of whole bytes from the top. `bits` 1: a 1 is black; 8: 0 is black. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly bits: 1 | 8
  readonly data: Uint8Array
}

/** In dots from the driver's own corner, which lies inside the paper. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A document on its way to a driver. */
export interface DriverDocument {
  readonly sheet: DriverSheet
  /** The job's number; 0 where it was not taken. */
  start(name: string): Promise<number>
  startPage(): Promise<boolean>
  draw(picture: Picture, place: Place): Promise<boolean>
  endPage(): Promise<boolean>
  end(): Promise<boolean>
  /** Takes back what the spooler has not begun to print. */
  abort(): Promise<boolean>
  close(): Promise<void>
}

/** Drawing on the printers of Windows. Rejects only where a call cannot be made at all. */
export interface Gdi {
  papers(queue: string, port: string): Promise<readonly DriverPaper[]>
  /** Undefined where the driver cannot be had. Its `sheet` is what the driver made of the wish. */
  open(queue: string, paper: ChosenPaper): Promise<DriverDocument | undefined>
}

/** Windows' drawing on printers; a reason where this machine has none. */
export const gdi = onWindows('drawing on printers', bind)

/** `DC_PAPERS` and `DC_PAPERSIZE` (Microsoft Learn, "DeviceCapabilitiesW function"). */
const [dcPapers, dcPaperSize] = [2, 3]
/** `GetDeviceCaps` (Microsoft Learn, "GetDeviceCaps function"; wingdi.h). */
const caps = { dpiX: 88, dpiY: 90, width: 110, height: 111, offsetX: 112, offsetY: 113 } as const
/** `DM_OUT_BUFFER` and `DM_IN_BUFFER` (Microsoft Learn, "DocumentPropertiesW function"); IDOK. */
const [outBuffer, inBuffer, fine] = [2, 8, 1]

/**
 * The functions of Microsoft Learn's pages "Windows GDI: Printing and Print Spooler" and "Bitmap Functions": CreateDCW,
 * StartDocW, StartPage, StretchDIBits, EndPage, EndDoc, AbortDoc. A DC made for a printer may be used by any thread, by
 * one at a time.
 */
function bind(native: Koffi): Gdi {
  const gdi32 = native.load('gdi32.dll')
  const spool = native.load('winspool.drv')
  const document = native.struct('DOCINFOW', {
    cbSize: 'int',
    lpszDocName: 'str16',
    lpszOutput: 'str16',
    lpszDatatype: 'str16',
    fwType: 'uint32',
  })
  const open = threaded(spool, 'int __stdcall OpenPrinterW(str16 name, _Out_ void **printer, void *defaults)')
  const close = threaded(spool, 'int __stdcall ClosePrinter(void *printer)')
  const properties = threaded(
    spool,
    'int __stdcall DocumentPropertiesW(void *window, void *printer, str16 name, _Out_ void *out, void *in, uint32 mode)',
  )
  const capabilities = threaded(
    spool,
    'int __stdcall DeviceCapabilitiesW(str16 name, str16 port, uint16 what, _Out_ void *out, void *mode)',
  )
  const createDc = threaded(
    gdi32,
    'void * __stdcall CreateDCW(str16 driver, str16 device, str16 port, void *mode)',
  )
  const deleteDc = threaded(gdi32, 'int __stdcall DeleteDC(void *dc)')
  const getCaps = threaded(gdi32, 'int __stdcall GetDeviceCaps(void *dc, int index)')
  const startDoc = threaded(gdi32, 'int __stdcall StartDocW(void *dc, DOCINFOW *document)')
  const [startPage, endPage, endDoc, abortDoc] = ['StartPage', 'EndPage', 'EndDoc', 'AbortDoc'].map((name) =>
    threaded(gdi32, `int __stdcall ${name}(void *dc)`),
  )
  const stretch = threaded(
    gdi32,
    'int __stdcall StretchDIBits(void *dc, int x, int y, int width, int height, int sx, int sy, int sw, int sh, ' +
      'void *bits, void *info, uint32 usage, uint32 how)',
  )
  if (startPage === undefined || endPage === undefined || endDoc === undefined || abortDoc === undefined)
    throw new Error('no such calls')

  /** The driver's own settings of this queue, with the paper put in; undefined where the driver gives none. */
  async function settingsFor(queue: string, paper: ChosenPaper): Promise<Buffer | undefined> {
    const printer: unknown[] = [null]
    if ((await open(queue, printer, null)) === 0) return undefined
    try {
      const size = Number(await properties(null, printer[0], queue, null, null, 0))
      if (size < devmodeBytes) return undefined
      const now = Buffer.alloc(size)
      if ((await properties(null, printer[0], queue, now, null, outBuffer)) !== fine) return undefined
      const wish = withPaper(now, paper)
      const settled = Buffer.alloc(size)
      const answer = await properties(null, printer[0], queue, settled, wish, inBuffer | outBuffer)
      return answer === fine ? settled : undefined
    } finally {
      await close(printer[0])
    }
  }

  return {
    async papers(queue, port) {
      const count = Number(await capabilities(queue, port, dcPapers, null, null))
      if (count <= 0) return []
      const [ids, sizes] = [Buffer.alloc(count * 2), Buffer.alloc(count * 8)]
      const [first, second] = [
        Number(await capabilities(queue, port, dcPapers, ids, null)),
        Number(await capabilities(queue, port, dcPaperSize, sizes, null)),
      ]
      return Array.from({ length: Math.min(count, first, second) }, (_, at) => ({
        id: ids.readUInt16LE(at * 2),
        width: sizes.readInt32LE(at * 8),
        length: sizes.readInt32LE(at * 8 + 4),
      }))
    },
    async open(queue, paper) {
      const settings = await settingsFor(queue, paper)
      if (settings === undefined) return undefined
      const dc = await createDc('WINSPOOL', queue, null, settings)
      if (dc === null) return undefined
      const sheet = { dpiX: 0, dpiY: 0, width: 0, height: 0, offsetX: 0, offsetY: 0 }
      for (const [name, index] of Object.entries(caps))
        sheet[name as keyof typeof caps] = Number(await getCaps(dc, index))
      return {
        sheet,
        start: async (name) => {
          const about = { lpszDocName: name, lpszOutput: null, lpszDatatype: null, fwType: 0 }
          return Math.max(0, Number(await startDoc(dc, { cbSize: document.size, ...about })))
        },
        startPage: async () => Number(await startPage(dc)) > 0,
        async draw(picture, { x, y, width, height }) {
          const { info, bits } = deviceIndependent(picture)
          const lines = await stretch(
            dc,
            x,
            y,
            width,
            height,
            0,
            0,
            picture.width,
            picture.height,
            bits,
            info,
            0,
            sourceCopy,
          )
          return Number(lines) > 0
        },
        endPage: async () => Number(await endPage(dc)) > 0,
        end: async () => Number(await endDoc(dc)) > 0,
        abort: async () => Number(await abortDoc(dc)) > 0,
        close: async () => void (await deleteDc(dc)),
      }
    },
  }
}

const devmodeBytes = 220
const sourceCopy = 0x00cc0020

/**
 * A copy of a driver's settings with this paper (Microsoft Learn, "DEVMODEW structure"): dmFields at byte 72,
 * dmOrientation, dmPaperSize, dmPaperLength and dmPaperWidth (tenths of a millimetre) at 76, 78, 80, 82, dmScale at 84,
 * dmCopies at 86. A form's name (DM_FORMNAME) would say another paper, and a custom paper needs its own two lengths.
 */
export function withPaper(settings: Buffer, { id, width, length, isLandscape }: ChosenPaper): Buffer {
  const wish = Buffer.from(settings)
  const [orientation, paperSize, paperLength, paperWidth, scale, copies] = [0x1, 0x2, 0x4, 0x8, 0x10, 0x100]
  const formName = 0x10000
  const own = id === customPaper ? paperLength | paperWidth : 0
  const fields = wish.readUInt32LE(72) & ~(paperLength | paperWidth | formName)
  wish.writeUInt32LE((fields | orientation | paperSize | own | scale | copies) >>> 0, 72)
  wish.writeInt16LE(isLandscape ? 2 : 1, 76)
  wish.writeInt16LE(id, 78)
  wish.writeInt16LE(length, 80)
  wish.writeInt16LE(width, 82)
  wish.writeInt16LE(100, 84)
  wish.writeInt16LE(1, 86)
  return wish
}

/** DMPAPER_USER. */
export const customPaper = 256

/**
 * A picture as Windows takes it (Microsoft Learn, "BITMAPINFOHEADER structure"): a header of 40 bytes, the colours of the
 * numbers, and rows of whole 32-bit words from the bottom up, which every driver takes.
 */
export function deviceIndependent({ width, height, bits, data }: Picture): { info: Buffer; bits: Buffer } {
  const colours = bits === 1 ? [0xff, 0] : Array.from({ length: 256 }, (_, grey) => grey)
  const info = Buffer.alloc(40 + colours.length * 4)
  info.writeUInt32LE(40, 0)
  info.writeInt32LE(width, 4)
  info.writeInt32LE(height, 8)
  info.writeUInt16LE(1, 12)
  info.writeUInt16LE(bits, 14)
  info.writeUInt32LE(colours.length, 32)
  for (const [at, grey] of colours.entries()) info.fill(grey, 40 + at * 4, 43 + at * 4)
  const row = Math.ceil((width * bits) / 8)
  const stride = Math.ceil(row / 4) * 4
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1)
    rows.set(data.subarray(y * row, (y + 1) * row), (height - 1 - y) * stride)
  return { info, bits: rows }
}
