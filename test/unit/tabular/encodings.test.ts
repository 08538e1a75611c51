import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { TextEncodingName } from '#electron/ports/table-files.ts'
import { readAll, readTable } from '#test/unit/tabular/files.ts'

const orders = [
  '订单编号,收货人姓名,收货地址,商品名称,数量,备注',
  '2026090100001,王小明,浙江省杭州市西湖区文三路一百号,红色马克杯三百五十毫升,2,请尽快发货，谢谢',
  '2026090100002,欧阳娜娜,四川省成都市青羊区人民中路二段,龙井绿茶礼盒装,1,',
].join('\r\n')
const rare = `${orders}\r\n2026090100003,王㐂喆,上海市静安区南京西路,䶮字杯,1,𠮷野家`
const traditional = [
  '訂單編號,收件人,地址,商品名稱,數量,備註',
  '2026090100001,陳大文,臺北市中正區重慶南路一段,馬克杯,2,請盡快出貨',
].join('\r\n')
const japanese = [
  'order-id,recipient-name,ship-address-1,product-name',
  '250-1,山田太郎,東京都千代田区丸の内一丁目,マグカップ 赤 350ml',
].join('\r\n')
const ascii = 'sku,name\r\nA-1,Mug\r\n'

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const le = (text: string) => Buffer.from(text, 'utf16le')
const be = (text: string) => le(text).swap16()
const marked = (mark: string, bytes: Buffer) => Buffer.concat([Buffer.from(mark, 'hex'), bytes])

/** Bytes whose text must come back whole. */
const readable: readonly (readonly [string, Buffer, TextEncodingName, string])[] = [
  ...(
    [
      ['orders', orders],
      ['rare characters', rare],
      ['traditional', traditional],
      ['japanese', japanese],
      ['ascii', ascii],
    ] as const
  ).flatMap(
    ([name, text]) =>
      [
        [`${name}, UTF-8`, utf8(text), 'utf-8', text],
        [`${name}, UTF-8 with mark`, marked('efbbbf', utf8(text)), 'utf-8', text],
        [`${name}, UTF-16LE with mark`, marked('fffe', le(text)), 'utf-16le', text],
        [`${name}, UTF-16BE with mark`, marked('feff', be(text)), 'utf-16be', text],
        [`${name}, UTF-16LE`, le(text), 'utf-16le', text],
        [`${name}, UTF-16BE`, be(text), 'utf-16be', text],
      ] as const,
  ),
  ['orders, GBK', iconv.encode(orders, 'gbk'), 'gb18030', orders],
  ['orders, GB2312', iconv.encode(orders, 'gb2312'), 'gb18030', orders],
  ['orders, GB18030', iconv.encode(orders, 'gb18030'), 'gb18030', orders],
  ['rare characters, GB18030', iconv.encode(rare, 'gb18030'), 'gb18030', rare],
  ['GB18030 with mark', marked('84319533', iconv.encode(rare, 'gb18030')), 'gb18030', rare],
  ['euro sign, GBK', iconv.encode(`${orders}\r\n€`, 'cp936'), 'gb18030', `${orders}\r\n€`],
  [
    'Chinese after a megabyte of ASCII, GBK',
    Buffer.concat([Buffer.from('a,b\r\n'.repeat(250_000)), iconv.encode(orders, 'gbk')]),
    'gb18030',
    'a,b\r\n'.repeat(250_000) + orders,
  ],
  [
    'Chinese after a megabyte of ASCII, UTF-8',
    Buffer.concat([Buffer.from('a,b\r\n'.repeat(250_000)), utf8(orders)]),
    'utf-8',
    'a,b\r\n'.repeat(250_000) + orders,
  ],
]

/** Bytes that nobody can read for sure: they must be refused, not turned into nonsense. */
const refused: readonly (readonly [string, Buffer])[] = [
  ['Big5', iconv.encode(traditional, 'big5')],
  ['Big5, one line', iconv.encode('編號,品名\r\n1,馬克杯', 'big5')],
  ['Shift-JIS', iconv.encode(japanese, 'shift_jis')],
  ['Shift-JIS, one line', iconv.encode('商品,数量\r\nマグ,1', 'shift_jis')],
  ['Windows-1252', iconv.encode('name,city\r\nRenée Müller,Besançon', 'win1252')],
  ['UTF-8 cut inside a character', utf8(orders).subarray(0, utf8(orders).lastIndexOf(0xe8) + 2)],
  ['UTF-8 with mark, cut', marked('efbbbf', utf8('订单,数').subarray(0, -1))],
  ['UTF-8 with a damaged byte', Buffer.concat([utf8(orders), Buffer.of(0xff), utf8(orders)])],
  [
    'UTF-8 damaged after a megabyte',
    Buffer.concat([utf8(`${orders}\r\n`.repeat(6000)), Buffer.of(0xe4, 0x0a), utf8(orders)]),
  ],
  ['UTF-8 with GBK appended', Buffer.concat([utf8(`${orders}\r\n`.repeat(20)), iconv.encode(orders, 'gbk')])],
  ['UTF-8 that says so and is GBK', marked('efbbbf', iconv.encode(orders, 'gbk'))],
  ['GBK cut inside a character', iconv.encode(`${orders}谢`, 'gbk').subarray(0, -1)],
  [
    'GBK with a damaged byte',
    Buffer.concat([iconv.encode(`${orders}\r\n`, 'gbk'), Buffer.of(0xff), iconv.encode(orders, 'gbk')]),
  ],
  [
    'GBK damaged after a megabyte',
    Buffer.concat([iconv.encode(`${orders}\r\n`.repeat(9000), 'gbk'), Buffer.of(0xff, 0x0a)]),
  ],
  ['UTF-16LE cut inside a character', marked('fffe', le(orders)).subarray(0, -1)],
  [
    'UTF-16LE with half a pair',
    marked('fffe', Buffer.concat([le(orders), Buffer.of(0x00, 0xd8, 0x41, 0x00)])),
  ],
  [
    'UTF-32LE',
    marked('fffe0000', Buffer.from(Array.from(ascii, (char) => [char.charCodeAt(0), 0, 0, 0]).flat())),
  ],
]

describe('encodings', () => {
  it('covers at least forty files', () => {
    expect(readable.length + refused.length).toBeGreaterThanOrEqual(40)
  })

  it.each(readable)('%s', async (_, bytes, encoding, text) => {
    const table = await readTable(bytes)
    expect(table.encoding).toBe(encoding)
    expect(table.cells.map((row) => row.join(',')).join('\r\n')).toBe(text.trimEnd())
  })

  it.each(refused)('refuses %s', async (_, bytes) => {
    const { fault } = await readAll(bytes)
    expect(['encodingUnknown', 'fileBinary']).toContain(fault?.code)
  })

  it('reads Shift-JIS when asked', async () => {
    const { cells } = await readTable(iconv.encode(japanese, 'shift_jis'), { encoding: 'shift_jis' })
    expect(cells.map((row) => row.join(',')).join('\r\n')).toBe(japanese)
  })

  it('believes a person who names an encoding, and still checks the bytes', async () => {
    const odd = iconv.encode('a,b\r\n㐂,喆', 'gb18030')
    expect((await readAll(odd)).fault?.code).toBe('encodingUnknown')
    expect((await readTable(odd, { encoding: 'gb18030' })).cells[1]).toEqual(['㐂', '喆'])
    expect((await readAll(iconv.encode(orders, 'gbk'), { encoding: 'utf-8' })).fault?.code).toBe(
      'encodingUnknown',
    )
  })

  it.each(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const)(
    'reads %s characters that lie across the edges of pieces',
    async (encoding) => {
      const row = '订单号码,王小明,杭州市西湖区\n'
      for (let shift = 0; shift < 4; shift += 1) {
        const text = `${'x'.repeat(shift)},数量\n${row.repeat(24_000)}`
        const bytes =
          encoding === 'utf-8'
            ? utf8(text)
            : encoding === 'gb18030'
              ? iconv.encode(text, 'gb18030')
              : encoding === 'utf-16le'
                ? marked('fffe', le(text))
                : marked('feff', be(text))
        const table = await readTable(bytes)
        expect(table.encoding).toBe(encoding)
        expect(table.cells).toHaveLength(24_001)
        expect(new Set(table.cells.slice(1).map((cells) => `${cells.join(',')}\n`))).toEqual(new Set([row]))
      }
    },
  )
})
