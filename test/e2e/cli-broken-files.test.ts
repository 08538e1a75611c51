import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Sqlite from 'better-sqlite3'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yazl from 'yazl'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const main = join(import.meta.dirname, '../../electron/hosts/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'packbench-broken-'))
const data = join(folder, 'data')
const at = (name: string) => join(folder, name)

function run(args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [main, ...args])
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => out.push(piece))
    child.stderr.on('data', (piece: Buffer) => err.push(piece))
    child.on('close', (code) =>
      done({ code, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }),
    )
    child.stdin.end()
  })
}
const packbench = (...args: string[]) => run(['--data', data, '--json', ...args])
const importOrders = (name: string) => packbench('import', at(name), '--shop', 'Shop')

/** Every row of the tables that an import of orders or goods writes. */
function dump(): string {
  const db = new Sqlite(join(data, 'packbench.sqlite'), { readonly: true })
  try {
    return JSON.stringify(
      ['order', 'order_line', 'product', 'shop', 'courier', 'waybill', 'stock', 'location'].map((table) =>
        db.prepare(`SELECT * FROM "${table}" ORDER BY 1`).all(),
      ),
    )
  } finally {
    db.close()
  }
}

const header = 'order number,status,sku,title,quantity,recipient,phone,address'
const row = (number: string, sku: string, quantity: number | string, more = '1 Sample Road') =>
  `${number},,${sku},goods ${sku},${quantity},Lin Xiaoman,13000000001,${more}`
const text = (...lines: string[]) => `${lines.join('\r\n')}\r\n`

/** The same bytes at every run, with no pattern in them. */
function noise(length: number): Buffer {
  const pieces: Buffer[] = []
  for (let size = 0, n = 0; size < length; size += 32, n += 1)
    pieces.push(createHash('sha256').update(`noise ${n}`).digest())
  return Buffer.concat(pieces).subarray(0, length)
}

/** A workbook whose sheet is 200 MB of zeros when it is inflated, and some kilobytes on the disk. */
async function zipBomb(path: string): Promise<void> {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const zip = new yazl.ZipFile()
  const add = (name: string, xml: string) => zip.addBuffer(Buffer.from(xml), name)
  add(
    '_rels/.rels',
    `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  add(
    'xl/workbook.xml',
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="one" sheetId="1" r:id="r1"/></sheets></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/s.xml"/></Relationships>`,
  )
  const zeros = Buffer.alloc(1_000_000, '0')
  zip.addReadStream(
    Readable.from(
      (function* () {
        yield Buffer.from(
          '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>',
        )
        for (let n = 0; n < 200; n += 1) yield zeros
        yield Buffer.from('</t></is></c></row></sheetData></worksheet>')
      })(),
    ),
    'xl/worksheets/s.xml',
  )
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}

beforeAll(async () => {
  expect((await packbench('init')).code).toBe(0)
  writeFileSync(at('goods.csv'), text('sku,name,barcode', 'RED,Red cup,6900000000011'))
  writeFileSync(at('good.csv'), text(header, row('G-1', 'RED', 2)))
  expect((await packbench('catalog', 'import', at('goods.csv'))).code).toBe(0)
  expect(JSON.parse((await importOrders('good.csv')).out)).toMatchObject({ created: 1 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Files that cannot be read as a whole: nothing of them is saved. */
const wholeFaults: readonly (readonly [string, string, () => void | Promise<void>])[] = [
  [
    'Big5 bytes',
    'big5.csv',
    () =>
      writeFileSync(
        at('big5.csv'),
        iconv.encode(
          text(
            '訂單編號,商品編號,數量',
            ...'繁體中文碼'.split('').map((word, n) => `${word}${n},藍色杯子,1`),
          ),
          'big5',
        ),
      ),
  ],
  [
    'Shift-JIS bytes',
    'shift-jis.csv',
    () =>
      writeFileSync(
        at('shift-jis.csv'),
        iconv.encode(text('注文番号,商品コード,個数', 'ア1,ｱｵｲｶｯﾌﾟ,1', 'イ2,赤いカップ,2'), 'shift_jis'),
      ),
  ],
  [
    'no column of quantities',
    'no-quantity.csv',
    () => writeFileSync(at('no-quantity.csv'), text('order number,sku', 'N-1,RED')),
  ],
  ['random bytes', 'random.csv', () => writeFileSync(at('random.csv'), noise(200_000))],
  [
    'a PNG',
    'picture.csv',
    () =>
      writeFileSync(
        at('picture.csv'),
        Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), noise(50_000)]),
      ),
  ],
  ['nothing', 'empty.csv', () => writeFileSync(at('empty.csv'), '')],
  ['a workbook that inflates to 200 MB', 'bomb.xlsx', () => zipBomb(at('bomb.xlsx'))],
  [
    'an encrypted workbook',
    'locked.xlsx',
    () =>
      writeFileSync(
        at('locked.xlsx'),
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(504),
          Buffer.from('EncryptedPackage', 'utf16le'),
          noise(4096),
        ]),
      ),
  ],
]

describe('a file that cannot be read', () => {
  it.each(wholeFaults)(
    '%s: %s is refused in one line that names it, and changes nothing',
    async (_what, name, make) => {
      await make()
      const before = dump()
      const ran = await importOrders(name)
      expect(ran.code).toBe(1)
      expect(ran.err).toMatch(/^[^\n]{1,400}\n$/)
      expect(ran.err).toContain(name)
      expect(ran.out).toBe('')
      expect(dump()).toBe(before)
    },
  )
})

/** Files with good rows and bad ones: every row is saved or told, with its file, its row and a reason. */
describe('a file with rows that cannot be taken', () => {
  const rowFaults: readonly (readonly [string, string, string])[] = [
    [
      'one order with two heads',
      'two-heads.csv',
      text(
        header,
        row('H-1', 'RED', 1, '1 Sample Road'),
        row('H-1', 'TEA', 1, '2 Other Road'),
        row('H-2', 'RED', 1),
      ),
    ],
    [
      'a field of a million characters',
      'long.csv',
      text(header, row('L-1', 'RED', 1, 'x'.repeat(1_000_000)), row('L-2', 'RED', 1)),
    ],
    ['no rows at all', 'header.csv', text(header)],
    [
      'an end within a quoted field',
      'cut.csv',
      `${text(header, row('C-1', 'RED', 1))}C-2,,RED,"goods that are cut o`,
    ],
  ]
  it.each(rowFaults)('%s: %s', async (_what, name, content) => {
    writeFileSync(at(name), content)
    const before = dump()
    const ran = await importOrders(name)
    if (ran.code === 1) {
      expect(ran.err).toMatch(/^[^\n]{1,400}\n$/)
      expect(ran.err).toContain(name)
      expect(ran.out).toBe('')
      expect(dump()).toBe(before)
      return
    }
    expect([ran.code, ran.err]).toEqual([0, ''])
    const told = JSON.parse(ran.out) as { rejected: { file: string; row: number; reason: string }[] }
    if (content === text(header)) expect(dump()).toBe(before)
    else expect(told.rejected.length).toBeGreaterThan(0)
    expect(told.rejected.every((one) => one.file === name && one.row > 0 && one.reason !== '')).toBe(true)
  })
})

describe('a file with a header and no rows', () => {
  const empties: readonly (readonly [string, string, readonly string[]])[] = [
    ['catalog', 'sku,name', []],
    ['layout', 'location', []],
    ['stock', 'sku,location,quantity', []],
    ['waybills', '运单号', ['--courier', 'Nobody']],
  ]
  it.each(empties)('%s: is refused in words, and changes nothing', async (kind, first, more) => {
    const name = `${kind}-header.csv`
    writeFileSync(at(name), text(first, '', ','))
    const before = dump()
    const ran = await packbench(kind, 'import', at(name), ...more)
    expect([ran.code, ran.out, ran.err]).toEqual([
      1,
      '',
      `${name}: no rows under the header; nothing changed\n`,
    ])
    expect(dump()).toBe(before)
  })
})

describe('waybill numbers', () => {
  it("of the shape of the bench's own codes are told row by row, and the others are taken", async () => {
    writeFileSync(at('numbers.csv'), text('waybill', 'SF1001', 'PB-CMD-OK', 'PB-S-1-7', 'SF1002'))
    const ran = await packbench('waybills', 'import', at('numbers.csv'), '--courier', 'SF')
    const reject = (row: number, number: string) => ({
      file: 'numbers.csv',
      row,
      column: 'waybill',
      reason: `ownCode (text=${number})`,
    })
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(JSON.parse(ran.out)).toMatchObject({
      created: 2,
      rejected: [reject(3, 'PB-CMD-OK'), reject(4, 'PB-S-1-7')],
    })
  })

  it('that are all refused make no courier', async () => {
    writeFileSync(at('own.csv'), text('waybill', 'PB-W-1'))
    const before = dump()
    const ran = await packbench('waybills', 'import', at('own.csv'), '--courier', 'Nobody')
    expect(JSON.parse(ran.out)).toMatchObject({ created: 0, rejected: [{ row: 2 }] })
    expect(dump()).toBe(before)
  })
})

describe('a command line that is wrong', () => {
  const good = at('good.csv')
  const wrong: readonly (readonly [string, readonly string[]])[] = [
    ['no words', []],
    ['no --data', ['import', good, '--shop', 'Shop']],
    ['a command that is not there', ['--data', data, 'fly']],
    ['an option that is not there', ['--data', data, 'init', '--fast']],
    ['no --shop', ['--data', data, 'import', good]],
    ['no file', ['--data', data, 'import', '--shop', 'Shop']],
    ['no --courier', ['--data', data, 'waybills', 'import', good]],
    [
      'an encoding that is not there',
      ['--data', data, 'import', good, '--shop', 'Shop', '--encoding', 'klingon'],
    ],
    [
      'a bad --day',
      ['--data', data, 'export', 'shipments', '--day', 'today', '--format', 'csv', '--out', at('x.csv')],
    ],
    [
      'a day that no month has',
      ['--data', data, 'export', 'shipments', '--day', '2026-02-31', '--format', 'csv', '--out', at('x.csv')],
    ],
  ]
  it.each(wrong)('%s ends with 2 and changes nothing', async (_what, args) => {
    const before = dump()
    const ran = await run(args)
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.err.trim()).not.toBe('')
    expect(existsSync(at('x.csv'))).toBe(false)
    expect(dump()).toBe(before)
  })

  it('a file that is not there is refused with its name', async () => {
    const ran = await importOrders('nowhere.csv')
    expect([ran.code, ran.out]).toEqual([1, ''])
    expect(ran.err).toContain('nowhere.csv')
    expect(readFileSync(good, 'utf8')).toContain('G-1')
  })
})
