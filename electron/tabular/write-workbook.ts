import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import type { TableToWrite } from '#electron/ports/table-files.ts'
import { escapeText } from '#electron/tabular/workbook-xml.ts'

/**
 * A table as XLSX with one sheet. Texts are inline strings with the text format, so nothing is taken for a formula
 * or rounded, also not after somebody edits the cell; the header row stays in view. The same table gives the same
 * bytes: the archive carries a fixed date.
 */
export function writeWorkbook(table: TableToWrite): Promise<Uint8Array> {
  const zip = new yazl.ZipFile()
  const add = (name: string, xml: string) =>
    zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`), name, {
      mtime: new Date(1980, 0, 1),
      forceDosTimestamp: true,
    })
  add('[Content_Types].xml', contentTypes)
  add('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]))
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeAttribute(sheetName(table.sheet))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
  )
  add('xl/styles.xml', styles)
  add('xl/worksheets/sheet1.xml', sheetXml(table))
  zip.end()
  return buffer(zip.outputStream)
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes =
  `<Types xmlns="${packages}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`

const relations = (targets: readonly (readonly [type: string, target: string])[]) =>
  `<Relationships xmlns="${packages}/relationships">${targets
    .map(
      ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`

/** Cell style 0 is general, 1 is text (format 49, `@`), 2 is a bold text. */
const styles =
  `<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

function sheetXml(table: TableToWrite): string {
  const parts = [
    `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    columns(table),
    '<sheetData>',
    rowXml(table.headers, 1, 2),
  ]
  table.rows.forEach((row, at) => parts.push(rowXml(row, at + 2, 1)))
  parts.push('</sheetData></worksheet>')
  return parts.join('')
}

function rowXml(row: readonly (string | number | null)[], number: number, style: 1 | 2): string {
  let xml = `<row r="${number}">`
  row.forEach((value, at) => {
    if (value === null || value === '') return
    const reference = `${columnName(at)}${number}`
    xml +=
      typeof value === 'number'
        ? `<c r="${reference}"><v>${value}</v></c>`
        : `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(value)}</t></is></c>`
  })
  return `${xml}</row>`
}

/** Widths by the longest text of the first rows; a Chinese character takes two digits' room. */
function columns(table: TableToWrite): string {
  if (table.headers.length === 0) return ''
  const widths = table.headers.map((header, at) => {
    let widest = textWidth(header)
    for (const row of table.rows.slice(0, 200)) widest = Math.max(widest, textWidth(String(row[at] ?? '')))
    return `<col min="${at + 1}" max="${at + 1}" width="${Math.min(60, widest + 2)}" customWidth="1"/>`
  })
  return `<cols>${widths.join('')}</cols>`
}

function textWidth(text: string): number {
  let width = 0
  for (let at = 0; at < text.length; at += 1) width += text.charCodeAt(at) > 0x2e80 ? 2 : 1
  return width
}

export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

const sheetName = (name: string) =>
  name
    .replace(/[[\]:*?/\\]/g, ' ')
    .trim()
    .slice(0, 31) || 'Sheet1'

const escapeAttribute = (text: string) => escapeText(text).replaceAll('"', '&quot;')
