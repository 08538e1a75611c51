import { deflateSync } from 'node:zlib'

/** One label as its driver gets it: one bit a dot, rows of whole bytes, 1 is black. */
export interface DriverPage {
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly bits: Uint8Array
  readonly copies: number
}

/** Reads a job of the language `driver`: binary PBM with its dots an inch as a comment; undefined for anything else. */
export function readDriverPage(job: Uint8Array): DriverPage | undefined {
  const head = /^P4\n# (\d{2,4}) dpi\n(\d{1,5}) (\d{1,5})\n/.exec(
    Buffer.from(job.subarray(0, 40)).toString('latin1'),
  )
  if (head === null) return undefined
  const [start, dpi, width, height] = [head[0].length, Number(head[1]), Number(head[2]), Number(head[3])]
  const end = start + Math.ceil(width / 8) * height
  const copies = job.length / end
  return Number.isInteger(copies) && copies > 0
    ? { width, height, dpi, bits: job.subarray(start, end), copies }
    : undefined
}

/** Makers count 8 dots a mm where they say 203 dpi. */
const dotsPerMm = (dpi: number) => (dpi === 203 ? 8 : dpi / 25.4)

/**
 * The dots an inch of a label as a printer counts them: one dot is one dot where both say the same; any other printer is
 * told the true number.
 */
export const dotsAnInch = (label: number, printer: number): number =>
  label === printer ? label : dotsPerMm(label) * 25.4

/** The label's paper in whole millimetres, as it was set up. */
export const paperOf = ({ width, height, dpi }: Pick<DriverPage, 'width' | 'height' | 'dpi'>) => ({
  widthMm: Math.round(width / dotsPerMm(dpi)),
  heightMm: Math.round(height / dotsPerMm(dpi)),
})

/**
 * The label as a PDF (ISO 32000-1) with a page of the paper's exact size for each copy: one image of one bit a dot, from
 * the page's top left corner, with as many dots an inch as the driver counts, so that each is a dot of the printer's. At
 * most half a dot of the paper's far edges is left.
 */
export function driverPdf(page: DriverPage): Uint8Array {
  const { widthMm, heightMm } = paperOf(page)
  const [paperWide, paperHigh] = [points(widthMm / 25.4), points(heightMm / 25.4)]
  const [wide, high] = [points(page.width / page.dpi), points(page.height / page.dpi)]
  const draw = `q ${wide} 0 0 ${high} 0 ${points(heightMm / 25.4 - page.height / page.dpi)} cm /L Do Q`
  const kids = Array.from({ length: page.copies }, (_, index) => `${index + 5} 0 R`)
  const image =
    `/Type /XObject /Subtype /Image /Width ${page.width} /Height ${page.height} /BitsPerComponent 1 ` +
    '/ColorSpace /DeviceGray /Decode [1 0] /Interpolate false /Filter /FlateDecode'
  return file([
    '<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${page.copies} >>`,
    stream(image, deflateSync(page.bits)),
    stream('', Buffer.from(draw)),
    ...kids.map(
      () =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${paperWide} ${paperHigh}] ` +
        '/Resources << /XObject << /L 3 0 R >> >> /Contents 4 0 R >>',
    ),
  ])
}

const points = (inches: number) => Number((inches * 72).toFixed(4))

const stream = (entries: string, body: Uint8Array) =>
  Buffer.concat([
    Buffer.from(`<< ${entries} /Length ${body.length} >>\nstream\n`),
    body,
    Buffer.from('\nendstream'),
  ])

/** Objects in their order, the first being the catalogue. */
function file(objects: readonly (string | Buffer)[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const places: string[] = []
  let at = parts[0]?.length ?? 0
  for (const [index, object] of objects.entries()) {
    places.push(`${String(at).padStart(10, '0')} 00000 n \n`)
    const part = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ])
    parts.push(part)
    at += part.length
  }
  const size = objects.length + 1
  parts.push(
    Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`),
    Buffer.from(`trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`),
  )
  return Buffer.concat(parts)
}
