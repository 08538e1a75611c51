import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { bookOf, bookParts, zipOf, type BookParts, type Part } from '#test/unit/tabular/workbooks.ts'
import { fileOf, files, readAll, readTable } from '#test/unit/tabular/files.ts'

const cellsOf = async (book: BookParts) => (await readTable(bookOf(book))).cells
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`

describe('workbooks', () => {
  it('reads texts: shared, rich, inline, of formulas, with escapes and without phonetic marks', async () => {
    const cells = await cellsOf({
      shared:
        '<si><t>订单号</t></si><si><r><t>马克</t></r><r><rPr><b/></rPr><t xml:space="preserve">杯 </t></r><rPh sb="0" eb="1"><t>make</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>',
      rows: row(
        '<c t="s"><v>0</v></c>',
        '<c t="s"><v>1</v></c>',
        '<c t="s"><v>2</v></c>',
        '<c t="inlineStr"><is><t>x &amp; y</t></is></c>',
        '<c t="str"><f>"SF"&amp;1</f><v>SF1</v></c>',
      ),
    })
    expect(cells).toEqual([['订单号', '马克杯 ', 'a\rb_x0041_', 'x & y', 'SF1']])
  })

  it('keeps digits that are texts and shows that numbers beyond 15 digits have lost theirs', async () => {
    const cells = await cellsOf({
      rows: row(
        '<c t="inlineStr"><is><t>123456789012345678</t></is></c>',
        '<c><v>123456789012345678</v></c>',
        '<c><v>1.2345678901234501E+17</v></c>',
        '<c><v>123456789012345</v></c>',
        '<c><v>19.899999999999999</v></c>',
        '<c><v>0.1</v></c>',
        '<c><v>-3</v></c>',
        '<c><v>1E-3</v></c>',
        '<c t="b"><v>1</v></c>',
        '<c t="e"><v>#N/A</v></c>',
      ),
    })
    expect(cells).toEqual([
      [
        '123456789012345678',
        '1.23456789012346E+17',
        '1.23456789012345E+17',
        '123456789012345',
        '19.9',
        '0.1',
        '-3',
        '0.001',
        'TRUE',
        '#N/A',
      ],
    ])
  })

  it('reads dates by their format, in both epochs', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="&quot;days &quot;0.00"/><numFmt numFmtId="166" formatCode="[Red]#,##0"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="31"/></cellXfs>'
    const rows = row(
      '<c s="1"><v>46266.383680555555</v></c>',
      '<c s="2"><v>46266</v></c>',
      '<c s="3"><v>46266</v></c>',
      '<c s="4"><v>46266</v></c>',
      '<c s="5"><v>46266.5</v></c>',
      '<c s="1"><v>0.5</v></c>',
      '<c t="d" s="1"><v>2026-09-01T09:12:30Z</v></c>',
    )
    expect(await cellsOf({ styles, rows })).toEqual([
      [
        '2026-09-01 09:12:30',
        '2026-09-01 00:00:00',
        '46266',
        '46266',
        '2026-09-01 12:00:00',
        '12:00:00',
        '2026-09-01 09:12:30',
      ],
    ])
    const old = await cellsOf({ styles, epoch1904: true, rows: row('<c s="2"><v>44804</v></c>') })
    expect(old).toEqual([['2026-09-01 00:00:00']])
  })

  it('puts cells where their references say, and keeps hidden rows and row numbers', async () => {
    const { cells, numbers } = await readTable(
      bookOf({
        rows: '<row r="2"><c r="B2" t="str"><v>b</v></c><c r="D2" t="str"><v>d</v></c></row><row r="5" hidden="1"><c t="str"><v>a</v></c></row><row r="7"><c r="A7" s="3"/></row>',
      }),
    )
    expect(cells).toEqual([['', 'b', '', 'd'], ['a']])
    expect(numbers).toEqual([2, 5])
  })

  it('reads prefixed element names and UTF-16 parts', async () => {
    const parts = bookParts({ rows: '' }).map((part) =>
      part.name === 'xl/worksheets/s.xml'
        ? {
            ...part,
            data: Buffer.concat([
              Buffer.of(0xff, 0xfe),
              Buffer.from(
                '<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="str"><x:v>杯</x:v></x:c></x:row></x:sheetData></x:worksheet>',
                'utf16le',
              ),
            ]),
          }
        : part,
    )
    expect((await readTable(zipOf(parts))).cells).toEqual([['杯']])
  })

  it('reads the sheet that is asked for, and says when there is none', async () => {
    const { fault } = await readAll(bookOf({ rows: '' }), { sheet: 1 })
    expect(fault?.code).toBe('workbookBroken')
  })
})

const cfb = (name: string) => {
  const bytes = Buffer.alloc(4096)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48)
  bytes.write(name, 1024 + 128, 'utf16le')
  return bytes
}

describe('workbooks that are none', () => {
  it.each([
    ['a password', cfb('EncryptedPackage'), 'workbookEncrypted', /password/],
    ['an old .xls', cfb('Workbook'), 'workbookBroken', /\.xls/],
    [
      'an encrypted archive',
      zipOf(bookParts({ rows: '' }).map((part) => ({ ...part, flags: 0x801 }))),
      'workbookEncrypted',
      /password/,
    ],
    ['an archive of something else', zipOf([{ name: 'a.txt', data: 'a' }]), 'workbookBroken', /no XLSX/],
    ['an empty archive', zipOf([]), 'workbookBroken', /no XLSX/],
    ['a cut file', bookOf({ rows: row('<c><v>1</v></c>') }).subarray(0, 300), 'workbookBroken', /damaged/],
    [
      'a text that does not exist',
      bookOf({ rows: row('<c t="s"><v>5</v></c>') }),
      'workbookBroken',
      /no text/,
    ],
    ['XML that does not close', bookOf({ rows: '<row><c>' }), 'workbookBroken', /XML/],
    [
      'a cell of a million characters',
      bookOf({ rows: row(`<c t="str"><v>${'x'.repeat(1e6)}</v></c>`) }),
      'fieldTooLong',
      /longer/,
    ],
    [
      'a column far out',
      bookOf({ rows: '<row><c r="XFD1"><v>1</v></c></row>' }),
      'tooManyColumns',
      /columns/,
    ],
  ] as const)('%s', async (_, bytes, code, message) => {
    const { fault } = await readAll(bytes)
    expect(fault?.code).toBe(code)
    expect(fault?.message).toMatch(message)
  })

  it('notices damaged bytes by their sum', async () => {
    const bytes = zipOf(
      bookParts({ rows: row('<c t="str"><v>12345</v></c>') }).map((part) => ({ ...part, stored: true })),
    )
    bytes[bytes.indexOf('12345')] = 0x39
    expect((await readAll(bytes)).fault?.message).toMatch(/damaged/)
  })
})

const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024, 0x20)
const withSheet = (part: Partial<Part>): Part[] =>
  bookParts({ rows: row('<c><v>1</v></c>') }).map((one) =>
    one.name === 'xl/worksheets/s.xml' ? { ...one, ...part } : one,
  )
const withPart = (...more: Part[]): Part[] => [...bookParts({ rows: row('<c><v>1</v></c>') }), ...more]
const padded = (name: string, megabytes: number) =>
  zipOf(
    bookParts({ rows: row('<c><v>1</v></c>'), shared: '<si><t>1</t></si>' }).map((part) =>
      part.name === name
        ? { ...part, data: Buffer.concat([zeros(megabytes), Buffer.from(part.data)]) }
        : part,
    ),
  )

const bombs: readonly (readonly [string, () => Buffer])[] = [
  ['ratio: a sheet of 212 MB in 0.2', () => padded('xl/worksheets/s.xml', 212)],
  ['ratio: shared strings of 100 MB', () => padded('xl/t.xml', 100)],
  ['ratio: a part that nobody reads', () => zipOf(withPart({ name: 'xl/media/a.bin', data: zeros(100) }))],
  ['a header that says less than there is', () => zipOf(withSheet({ data: zeros(200), claimedSize: 1000 }))],
  [
    'headers that lie about both sizes',
    () => zipOf(withSheet({ data: zeros(200), claimedSize: 7 * 1024 * 1024, claimedCompressed: 200_000 })),
  ],
  [
    'archives in archives',
    () => zipOf(withPart({ name: 'inner.zip', data: zipOf([{ name: 'a', data: zeros(20) }]) })),
  ],
  [
    'many entries',
    () => zipOf(withPart(...Array.from({ length: 20_000 }, (_, at) => ({ name: `f${at}`, data: '' })))),
  ],
  [
    'overlapping entries',
    () =>
      zipOf(
        withPart(
          { name: 'a', data: zeros(4) },
          ...Array.from({ length: 500 }, (_, at) => ({ name: `o${at}`, data: zeros(4), sameAs: 'a' })),
        ),
      ),
  ],
  ['a path that leaves the archive', () => zipOf(withPart({ name: '../../etc/passwd', data: 'x' }))],
  ['an absolute path', () => zipOf(withPart({ name: '/etc/passwd', data: 'x' }))],
  [
    'XML entities',
    () =>
      bookOf({
        prolog: `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at} "&a${at - 1};&a${at - 1};">`).join('')}]>`,
        rows: row('<c t="str"><v>&a29;</v></c>'),
      }),
  ],
  [
    'one long shared string, pointed at a million times',
    () =>
      bookOf({
        shared: `<si><t>${Array.from({ length: 90_000 }, (_, at) => String.fromCharCode(97 + ((at * 7919) % 26))).join('')}</t></si>`,
        rows: Array.from(
          { length: 20_000 },
          (_, at) => `<row r="${at + 1}">${'<c t="s"><v>0</v></c>'.repeat(50)}</row>`,
        ).join(''),
      }),
  ],
  ['elements inside elements', () => bookOf({ rows: '<a>'.repeat(100_000) })],
]

describe('bombs', () => {
  it('come in at least eight kinds', () => expect(bombs.length).toBeGreaterThanOrEqual(8))

  it.each(bombs)('%s', async (_, make) => {
    const path = fileOf(make(), 'bomb.xlsx')
    // A process of its own, since memory can only be measured there.
    const script = `
      import { existsSync, readFileSync } from 'node:fs'
      import { createTableFiles } from '#electron/tabular/index.ts'
      const before = performance.now()
      const opened = await createTableFiles().open(process.argv[1])
      let fault = opened.ok ? null : opened.fault
      if (opened.ok) {
        try { for await (const row of opened.table.rows()) row.cells.length } catch (error) { fault = error.fault }
      }
      const ms = performance.now() - before
      const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
      const peak = Number(/VmHWM:\\s*(\\d+)/.exec(status)?.[1] ?? process.memoryUsage.rss() / 1024)
      console.log(JSON.stringify({ code: fault?.code, ms, mb: peak / 1024 }))`
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, path], {
      cwd: process.cwd(),
      encoding: 'utf8',
    })
    const { code, ms, mb } = JSON.parse(output)
    expect(code).toMatch(/^workbook/)
    expect(ms).toBeLessThan(1000)
    expect(mb).toBeLessThan(150)
  })

  it('leave real workbooks of a large day alone', async () => {
    const headers = Array.from({ length: 20 }, (_, at) => `列${at}`)
    const rows = Array.from({ length: 20_000 }, (_, at) => headers.map((header) => `${header}-${at % 50}`))
    const bytes = await files.write({ sheet: '订单', headers, rows }, { kind: 'xlsx' })
    expect((await readTable(bytes)).cells).toHaveLength(20_001)
  })
})
