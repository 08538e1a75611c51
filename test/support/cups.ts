/** CUPS's own label driver, which knows nothing of ours: a page raster in, a printer's language out. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bitmap } from '#electron/ports/label-press.ts'

const filter = '/usr/lib/cups/filter/rastertolabel'

/** `cupsModelNumber` by which the filter chooses a language. */
const models = { epl: 0x11, zpl: 0x12, cpcl: 0x13 } as const

/** The job that `rastertolabel` (Debian package cups) makes of a bitmap. */
export function encodeByCups(bitmap: Bitmap, language: keyof typeof models, dpi: 203 | 300): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-cups-'))
  try {
    const [ppd, raster] = [join(folder, 'label.ppd'), join(folder, 'label.ras')]
    writeFileSync(ppd, description(models[language]))
    writeFileSync(raster, cupsRaster(bitmap, dpi))
    const run = spawnSync(filter, ['1', 'packer', 'label', '1', '', raster], {
      env: { PPD: ppd },
      maxBuffer: 2 ** 26,
    })
    if (run.error !== undefined) {
      throw new Error(`rastertolabel cannot run (Debian: apt-get install cups): ${run.error.message}`)
    }
    if (run.status !== 0) throw new Error(`rastertolabel ended with ${run.status}:\n${run.stderr}`)
    return run.stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * One page of one bit a dot, 1 = black, in CUPS raster of version 3: the word `RaS3`, a header of 1,796 bytes whose
 * numbers lie at the places that the specification's `cups_page_header2_t` gives them, and the rows as they are.
 */
function cupsRaster({ width, height, bytesPerRow, data }: Bitmap, dpi: number): Uint8Array {
  const header = Buffer.alloc(1796)
  const points = (dots: number) => Math.round((dots * 72) / dpi)
  const numbers: Readonly<Record<number, number>> = {
    276: dpi, // HWResolution
    280: dpi,
    340: 1, // NumCopies
    352: points(width), // PageSize
    356: points(height),
    372: width, // cupsWidth
    376: height,
    384: 1, // cupsBitsPerColor
    388: 1, // cupsBitsPerPixel
    392: bytesPerRow,
    400: 3, // cupsColorSpace: K, ink is 1
    420: 1, // cupsNumColors
  }
  for (const [at, value] of Object.entries(numbers)) header.writeUInt32BE(value, Number(at))
  header.writeFloatBE((width * 72) / dpi, 428) // cupsPageSize
  header.writeFloatBE((height * 72) / dpi, 432)
  return Buffer.concat([Buffer.from('RaS3'), header, data])
}

/** A size of paper in a PPD: its name, and points. */
export type PpdSize = readonly [name: string, width: number, height: number]

/** A printer of ZPL behind a driver: the pages go through CUPS's filters to dots, and those through `rastertolabel`. */
export function zplDriver(dpi: 203 | 300, sizes: readonly PpdSize[], isCustom: boolean): string {
  const each = (line: (size: PpdSize) => string) => sizes.map((size) => line(size)).join('\n')
  const setup = '/ImagingBBox null>>setpagedevice'
  const first = sizes[0]?.[0] ?? ''
  const choice = (key: string) => `*OpenUI *${key}/Media Size: PickOne
*OrderDependency: 10 AnySetup *${key}
*Default${key}: ${first}
${each(([name, width, height]) => `*${key} ${name}/${name}: "<</PageSize[${width} ${height}]${setup}"`)}
*CloseUI: *${key}
`
  return `${heading(models.zpl, 'Brother QL-820NWB')}*cupsSNMPSupplies: False
*cupsFilter: "application/vnd.cups-raster 50 rastertolabel"
${choice('PageSize')}${choice('PageRegion')}*DefaultImageableArea: ${first}
${each(([name, width, height]) => `*ImageableArea ${name}/${name}: "0 0 ${width} ${height}"`)}
*DefaultPaperDimension: ${first}
${each(([name, width, height]) => `*PaperDimension ${name}/${name}: "${width} ${height}"`)}
${isCustom ? customSizes : ''}*OpenUI *Resolution/Resolution: PickOne
*OrderDependency: 20 AnySetup *Resolution
*DefaultResolution: ${dpi}dpi
*Resolution ${dpi}dpi/${dpi}: "<</HWResolution[${dpi} ${dpi}]/cupsBitsPerColor 1/cupsRowCount 0/cupsRowFeed 0/cupsRowStep 0/cupsColorSpace 3>>setpagedevice"
*CloseUI: *Resolution
`
}

/** A printer of PostScript, whose own lines at its edges hold no ink: points. */
export function postScriptDriver(dpi: number, sizes: readonly PpdSize[], edge = 0): string {
  const first = sizes[0]?.[0] ?? ''
  const each = (line: (size: PpdSize) => string) => sizes.map((size) => line(size)).join('\n')
  const choice = (key: string) => `*OpenUI *${key}: PickOne
*Default${key}: ${first}
${each(([name, width, height]) => `*${key} ${name}: "<</PageSize[${width} ${height}]/ImagingBBox null>>setpagedevice"`)}
*CloseUI: *${key}
`
  return `${heading(0, 'PostScript printer')}${choice('PageSize')}${choice('PageRegion')}*DefaultImageableArea: ${first}
${each(([name, width, height]) => `*ImageableArea ${name}: "${edge} ${edge} ${width - edge} ${height - edge}"`)}
*DefaultPaperDimension: ${first}
${each(([name, width, height]) => `*PaperDimension ${name}: "${width} ${height}"`)}
*DefaultResolution: ${dpi}dpi
`
}

const customSizes = `*MaxMediaWidth: "400"
*MaxMediaHeight: "3600"
*HWMargins: 0 0 0 0
*CustomPageSize True: "pop pop pop <</PageSize[5 -2 roll]/ImagingBBox null>>setpagedevice"
*ParamCustomPageSize Width: 1 points 36 400
*ParamCustomPageSize Height: 2 points 36 3600
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 0
`

/** The least that CUPS takes for a printer's description. */
const heading = (model: number, name: string) => `*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "LABEL.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "${name}"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsVersion: 2.4
*cupsModelNumber: ${model}
`

const description = (model: number) => `${heading(model, 'Test')}*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: Label
*PageSize Label/Label: "<</PageSize[288 432]>>setpagedevice"
*CloseUI: *PageSize
*DefaultImageableArea: Label
*ImageableArea Label/Label: "0 0 288 432"
*DefaultPaperDimension: Label
*PaperDimension Label/Label: "288 432"
`
