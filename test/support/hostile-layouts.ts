/** Layout files as somebody who means harm, or a broken program, would write them. */
import { deflateSync, crc32 } from 'node:zlib'

export interface HostileFile {
  readonly about: string
  readonly text: string
}

const code = { kind: 'code128', field: 'waybill', at: [0, 0, 90, 20] }
const words = (text: string) => ({ kind: 'words', words: text, at: [0, 30, 90, 20], size: [5, 3] })
const layout = (over: object = {}, items: readonly object[] = []) => ({
  name: 'hostile',
  kind: 'shipping',
  paper: [100, 150],
  items: [code, ...items],
  ...over,
})
const file = (about: string, json: object): HostileFile => ({ about, text: JSON.stringify(json) })
/** The text of a layout in which one mark is replaced by what JSON.stringify would never write. */
const raw = (about: string, mark: object, by: string): HostileFile => ({
  about,
  text: JSON.stringify(layout({}, [mark])).replace('"MARK"', by),
})

interface Header {
  readonly width: number
  readonly height: number
  readonly depth?: number
  readonly colour?: number
  readonly interlace?: number
}

/** A PNG with any header over any lines. */
export function png(
  header: Header,
  lines: Uint8Array = new Uint8Array(header.height * (1 + Math.ceil(header.width / 8))),
) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(header.width, 0)
  head.writeUInt32BE(header.height, 4)
  head.set([header.depth ?? 1, header.colour ?? 0, 0, 0, header.interlace ?? 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, body: Uint8Array): Buffer {
  const out = Buffer.alloc(12 + body.length)
  out.writeUInt32BE(body.length, 0)
  out.write(type, 4, 'latin1')
  out.set(body, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length)
  return out
}

const image = (data: string) => ({ kind: 'image', png: data, at: [0, 60, 20, 20] })
const picture = (about: string, bytes: Uint8Array) =>
  file(about, layout({}, [image(Buffer.from(bytes).toString('base64'))]))

const good = png({ width: 8, height: 8 })
const broken = Buffer.from(good)
broken[45] = (broken[45] ?? 0) ^ 0xff

/** None of these may become a layout. */
export const refusedFiles: readonly HostileFile[] = [
  { about: 'nothing', text: '' },
  { about: 'no JSON', text: '^XA^FDhello^FS^XZ' },
  { about: 'a ZPL download', text: '~DGR:LOGO.GRF,8000,100,FFFF' },
  { about: 'a script', text: '<script>fetch("http://127.0.0.1:9/")</script>' },
  {
    about: 'an SVG',
    text: '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
  },
  { about: 'an XML entity', text: '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>' },
  { about: 'null', text: 'null' },
  { about: 'a number', text: '1e999' },
  { about: 'a list', text: '[]' },
  { about: 'half a file', text: JSON.stringify(layout()).slice(0, 80) },
  { about: 'two files in one', text: JSON.stringify(layout()).repeat(2) },
  { about: 'lists in lists', text: '['.repeat(90_000) + ']'.repeat(90_000) },
  { about: 'records in records', text: '{"a":'.repeat(30_000) + '1' + '}'.repeat(30_000) },
  { about: 'items in items', text: JSON.stringify(layout()).replace('[{', `${'['.repeat(10_000)}{`) },
  { about: 'ten million characters of items', text: `{"items":[${'[null],'.repeat(1_400_000)}null]}` },
  { about: 'ten million characters of white', text: JSON.stringify(layout()) + ' '.repeat(10_000_000) },
  file('no items', layout({ items: [] })),
  file(
    'too many items',
    layout(
      {},
      Array.from({ length: 200 }, () => words('x')),
    ),
  ),
  file('another kind', layout({ kind: 'script' })),
  file('no name', layout({ name: '' })),
  file('a name of nothing visible', layout({ name: '\u202e\u200b\u0000' })),
  file('a long name', layout({ name: 'x'.repeat(5000) })),
  file('a name that is no text', layout({ name: { toString: 'x' } })),
  file('commands beside the items', layout({ commands: ['^XA^JUF^XZ'] })),
  file('raw printer bytes as an item', layout({}, [{ kind: 'raw', data: '~JR', at: [0, 0, 1, 1] }])),
  file('a stored graphic by name', layout({}, [{ kind: 'image', name: 'R:LOGO.GRF', at: [0, 0, 1, 1] }])),
  file('an address as an image', layout({}, [image('http://127.0.0.1:9/logo.png')])),
  file('a data address as an image', layout({}, [image(`data:image/png;base64,${good.toString('base64')}`)])),
  file('a path as an image', layout({}, [image('../../../../etc/passwd')])),
  file('a file address as an image', layout({}, [image('file:///etc/passwd')])),
  file(
    'an image with an address beside it',
    layout({}, [{ ...image(good.toString('base64')), src: 'http://x/' }]),
  ),
  file(
    'images that cover the paper again and again',
    layout(
      {},
      Array.from({ length: 119 }, () => ({ ...image(good.toString('base64')), at: [0, 0, 100, 150] })),
    ),
  ),
  file('an image of ten million characters', layout({}, [image('A'.repeat(10_000_000))])),
  file('a font by path', layout({}, [{ ...words('x'), font: '/etc/passwd' }])),
  file('a field that is a path', layout({}, [{ ...words('x'), kind: 'text', field: '../../etc/passwd' }])),
  file('a field of JavaScript', layout({}, [{ ...words('x'), kind: 'text', field: 'constructor' }])),
  file(
    'a field of another kind of label',
    layout({}, [{ kind: 'text', field: 'sku', at: [0, 0, 9, 9], size: [5, 3] }]),
  ),
  file('a condition of JavaScript', layout({}, [{ ...words('x'), when: 'hasOwnProperty' }])),
  file('a condition that never holds', layout({}, [{ ...words('x'), when: 'note', unless: 'note' }])),
  file('an address as a code', layout({}, [{ ...code, field: 'receiver.address' }])),
  file('a code that takes its own place', layout({}, [{ ...code, orElse: 'code128' }])),
  file('no code to scan', layout({ items: [words('x')] })),
  file('only a code that may be missing', layout({ items: [{ ...code, when: 'note' }] })),
  file('a huge paper', layout({ paper: [1e9, 1e9] })),
  file('a paper of nothing', layout({ paper: [0, 0] })),
  file('a negative paper', layout({ paper: [-100, -150] })),
  file('a box off the paper', layout({}, [{ ...words('x'), at: [99, 149, 50, 50] }])),
  file('a box that begins before the paper', layout({}, [{ ...words('x'), at: [-5, -5, 50, 50] }])),
  file('a box with three sides', layout({}, [{ ...words('x'), at: [1, 2, 3] }])),
  file('a box of texts', layout({}, [{ ...words('x'), at: ['1', '2', '3', '4'] }])),
  file('letters of a metre', layout({}, [{ ...words('x'), size: [1000, 1000] }])),
  file('letters of nothing', layout({}, [{ ...words('x'), size: [0, 0] }])),
  file('the largest letter below the smallest', layout({}, [{ ...words('x'), size: [3, 5] }])),
  file('words of ten thousand characters', layout({}, [words('x'.repeat(10_000))])),
  file('a line of a kilometre', layout({}, [{ kind: 'line', at: [0, 0, 9, 9], line: 1e6 }])),
  file('dashes of nothing', layout({}, [{ kind: 'line', at: [0, 0, 90, 1], line: 0.3, dash: 0 }])),
  raw('a number without end', { ...words('x'), size: ['MARK', 3] }, '1e999'),
  raw('NaN', { ...words('x'), size: ['MARK', 3] }, 'NaN'),
  raw('a prototype on the layout', { ...words('MARK') }, '"x"},{"__proto__":{"kind":"solid"}'),
  raw('a prototype beside words', { ...words('MARK') }, '"x","__proto__":{"polluted":true}'),
  raw(
    'a constructor beside words',
    { ...words('MARK') },
    '"x","constructor":{"prototype":{"polluted":true}}',
  ),
  picture('an image that is no PNG', Buffer.from('GIF89a\x01\x00\x01\x00')),
  picture('an image cut off', good.subarray(0, 40)),
  picture('an image with a broken byte', broken),
  picture('an image that claims a gigabyte', png({ width: 100_000, height: 100_000 }, new Uint8Array(9))),
  picture('an image of 4 milliard dots a side', png({ width: 0xffff_ffff, height: 1 }, new Uint8Array(9))),
  picture('an image without dots', png({ width: 0, height: 8 }, new Uint8Array(9))),
  picture(
    'an image that inflates to forty megabytes',
    png({ width: 8, height: 8 }, new Uint8Array(40_000_000)),
  ),
  picture('an image with fewer lines than it says', png({ width: 8, height: 800 }, new Uint8Array(9))),
  picture('an image in colours', png({ width: 8, height: 8, depth: 8, colour: 2 })),
  picture('an interlaced image', png({ width: 8, height: 8, interlace: 1 })),
  picture('an image with a filter that is none', png({ width: 8, height: 1 }, Buffer.from([9, 0]))),
]

const commands = [
  '^XA^FO0,0^FDx^FS^XZ',
  '~DGR:X.GRF,8,1,FF',
  '^XZ~JR~JC~WC',
  '${^XA^JUF^XZ}$',
  '\u001b@\u001bp\u0000\u0019\u00fa',
  '\u001d(E\u0002\u0000\u0001\u0002',
  '\r\nSIZE 10 mm,10 mm\r\nPRINT 99\r\n',
  '\nN\nP99\n',
  '! 0 200 200 210 99\r\nPRINT\r\n',
  '\u0010\u0014\u0001\u0000\u0005 drawer',
  '\u202eZX^\u202c',
  'http://127.0.0.1:9/?{{waybill}}',
  '\\\\127.0.0.1\\share\\x',
  '{{constructor.constructor("return process")()}}',
  '%n%n%s%x',
  'file:///etc/passwd',
]

/** These are layouts: what looks like a command in them is ink, or gone. */
export const harmlessFiles: readonly HostileFile[] = [
  ...commands.map((text) => file(`words ${JSON.stringify(text)}`, layout({}, [words(text)]))),
  ...commands
    .slice(0, 10)
    .map((text) =>
      file(
        `before ${JSON.stringify(text)}`,
        layout({}, [{ kind: 'text', field: 'note', before: text, at: [0, 30, 90, 20], size: [5, 3] }]),
      ),
    ),
  file('a name that looks like a path', layout({ name: '../../^XA/..\\x' })),
  file(
    'words of one box in another',
    layout(
      {},
      Array.from({ length: 100 }, () => words('x'.repeat(200))),
    ),
  ),
  picture('a small image', good),
  picture(
    'an image with every filter',
    png({ width: 16, height: 5 }, Buffer.from([0, 1, 2, 1, 3, 4, 2, 5, 6, 3, 7, 8, 4, 9, 10])),
  ),
]
