import fc from 'fast-check'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findKeyDevice, listKeyDevices } from '#electron/devices/input/key-devices.ts'
import { createKeyReader } from '#electron/devices/input/key-reader.ts'
import { openKeyScanner } from '#electron/devices/input/key-scanner.ts'
import type { LinkState, RawScan } from '#electron/ports/scanner.ts'

/** Key codes as the kernel's header lists them, one by one. */
const codes: Readonly<Record<string, number>> = {
  '1': 2, '2': 3, '3': 4, '4': 5, '5': 6, '6': 7, '7': 8, '8': 9, '9': 10, '0': 11, '-': 12, '=': 13,
  q: 16, w: 17, e: 18, r: 19, t: 20, y: 21, u: 22, i: 23, o: 24, p: 25, '[': 26, ']': 27,
  a: 30, s: 31, d: 32, f: 33, g: 34, h: 35, j: 36, k: 37, l: 38, ';': 39, "'": 40, '`': 41, '\\': 43,
  z: 44, x: 45, c: 46, v: 47, b: 48, n: 49, m: 50, ',': 51, '.': 52, '/': 53, ' ': 57,
} // prettier-ignore
const shifted: Readonly<Record<string, string>> = {
  '!': '1',
  '@': '2',
  '#': '3',
  $: '4',
  '%': '5',
  '^': '6',
  '&': '7',
  '*': '8',
  '(': '9',
  ')': '0',
  _: '-',
  '+': '=',
  '{': '[',
  '}': ']',
  ':': ';',
  '"': "'",
  '~': '`',
  '|': '\\',
  '<': ',',
  '>': '.',
  '?': '/',
}
const pad: Readonly<Record<string, number>> = {
  '7': 71,
  '8': 72,
  '9': 73,
  '4': 75,
  '5': 76,
  '6': 77,
  '1': 79,
  '2': 80,
  '3': 81,
  '0': 82,
}
const [leftShift, leftControl, leftAlt, enter, capsLock] = [42, 29, 56, 28, 58]

function event(type: number, code: number, value: number): Buffer {
  const bytes = Buffer.alloc(24)
  bytes.writeBigInt64LE(BigInt(1_700_000_000), 0)
  bytes.writeUInt16LE(type, 16)
  bytes.writeUInt16LE(code, 18)
  bytes.writeInt32LE(value, 20)
  return bytes
}
/** A key goes down or up, between what the kernel says around it. */
const key = (code: number, value: number) =>
  Buffer.concat([event(4, 4, 458_756), event(1, code, value), event(0, 0, 0)])
const tap = (code: number) => [key(code, 1), key(code, 0)]
const held = (modifier: number, taps: readonly Buffer[]) => [key(modifier, 1), ...taps, key(modifier, 0)]

function typed(text: string): Buffer[] {
  return [...text].flatMap((sign) => {
    const plain = codes[sign]
    if (plain !== undefined) return tap(plain)
    const base = shifted[sign] ?? sign.toLowerCase()
    const code = codes[base]
    if (code === undefined) throw new Error(`no key for ${sign}`)
    return held(leftShift, tap(code))
  })
}
const scanned = (text: string) => Buffer.concat([...typed(text), ...tap(enter)])

describe('keys that a scanner types', () => {
  it('every sign of a US keyboard', () => {
    const all = [...Object.keys(codes), ...Object.keys(shifted), ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].join('')
    expect(createKeyReader().push(scanned(all))).toEqual([all])
  })

  it('the same scans in any pieces, in bursts', () => {
    const sign = fc.constantFrom(...Object.keys(codes), ...Object.keys(shifted), ...'ABCXYZ')
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: sign, minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 100 }),
        (texts, size) => {
          const stream = Buffer.concat(texts.map(scanned))
          const reader = createKeyReader()
          const scans: string[] = []
          for (let at = 0; at < stream.length; at += size)
            scans.push(...reader.push(stream.subarray(at, at + size)))
          expect(scans).toEqual(texts)
        },
      ),
    )
  })

  it('one scan cut at every byte', () => {
    const stream = scanned('SF12-a')
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const reader = createKeyReader()
      expect([...reader.push(stream.subarray(0, cut)), ...reader.push(stream.subarray(cut))]).toEqual([
        'SF12-a',
      ])
    }
  })

  it('control characters by Control with a key and by Alt with the numeric pad', () => {
    const gs = held(leftControl, tap(codes[']'] ?? 0))
    const byNumber = (digits: string) =>
      held(
        leftAlt,
        [...digits].flatMap((digit) => tap(pad[digit] ?? 0)),
      )
    const stream = [
      ...typed('A'),
      ...gs,
      ...typed('B'),
      ...byNumber('029'),
      ...typed('C'),
      ...byNumber('0233'),
      ...tap(enter),
    ]
    expect(createKeyReader().push(Buffer.concat(stream))).toEqual(['A\u001DB\u001DCé'])
  })

  it('10,000 characters; Caps Lock; held keys do not repeat; the pad types digits', () => {
    const long = 'X1'.repeat(5000)
    expect(createKeyReader().push(scanned(long))).toEqual([long])
    const stream = [
      ...tap(capsLock),
      ...typed('ab'),
      ...tap(capsLock),
      key(30, 1),
      key(30, 2),
      key(30, 2),
      key(30, 0),
      ...tap(77),
      ...tap(enter),
    ]
    expect(createKeyReader().push(Buffer.concat(stream))).toEqual(['ABa6'])
  })

  it('what the kernel dropped a part of is dropped whole', () => {
    const reader = createKeyReader()
    const stream = [...typed('SF1'), event(0, 3, 0), ...typed('23'), ...tap(enter)]
    expect(reader.push(Buffer.concat(stream))).toEqual([])
    expect(reader.push(scanned('NEXT'))).toEqual(['NEXT'])
  })
})

function fakeSystem() {
  const folder = mkdtempSync(join(tmpdir(), 'input-'))
  return {
    folder,
    device(event: string, name: string, ids: readonly [string, string], keys: string) {
      const device = join(folder, event, 'device')
      mkdirSync(join(device, 'id'), { recursive: true })
      mkdirSync(join(device, 'capabilities'), { recursive: true })
      writeFileSync(join(device, 'name'), `${name}\n`)
      writeFileSync(join(device, 'id', 'vendor'), `${ids[0]}\n`)
      writeFileSync(join(device, 'id', 'product'), `${ids[1]}\n`)
      writeFileSync(join(device, 'uniq'), '\n')
      writeFileSync(join(device, 'capabilities', 'key'), `${keys}\n`)
    },
  }
}
/** As a real keyboard, a power button and a mouse show theirs. */
const keyboardKeys = '1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe'
const buttonKeys = '10000000000000 0'
const mouseKeys = '1f0000 0 0 0 0'

describe('devices that type', () => {
  it('are told from buttons and mice, and found by their ids', () => {
    const { folder, device } = fakeSystem()
    device('event0', 'Power Button', ['0000', '0001'], buttonKeys)
    device('event2', 'Mouse', ['046d', 'c077'], mouseKeys)
    device('event10', 'Barcode Scanner', ['1eab', '0003'], keyboardKeys)
    expect(listKeyDevices(folder).map((one) => `${one.path} ${one.name}`)).toEqual([
      '/dev/input/event10 Barcode Scanner',
    ])
    expect(findKeyDevice('usb:1eab:0003', folder)).toBe('/dev/input/event10')
    expect(findKeyDevice('usb:1eab:0004', folder)).toBeUndefined()
    expect(listKeyDevices(join(folder, 'none'))).toEqual([])
    rmSync(folder, { recursive: true })
  })
})

function hasOpen(pid: string, path: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`
    return readdirSync(folder).some((fd) => readlinkSync(join(folder, fd)) === path)
  } catch {
    return false // it has ended, or is another user's
  }
}

describe.runIf(process.platform === 'linux')('a scanner that plays a keyboard', () => {
  const cleanings: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const clean of cleanings.splice(0).toReversed()) await clean()
  })

  /** A pipe stands for the device: the adapter reads bytes and takes no notice of what gives them. */
  function fakeDevice() {
    const folder = mkdtempSync(join(tmpdir(), 'event-'))
    const path = join(folder, 'event5')
    execFileSync('mkfifo', [path])
    const writer = openSync(path, 'r+')
    cleanings.push(() => rmSync(folder, { recursive: true }))
    const unplug = () => {
      rmSync(path) // first: to open a pipe without a writer would wait for one
      closeSync(writer)
    }
    return { path, type: (bytes: Uint8Array) => writeSync(writer, bytes), unplug }
  }

  /** Other processes that have this file open, as the kernel knows them. */
  const readersOf = (path: string) =>
    readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && pid !== `${process.pid}` && hasOpen(pid, path))

  function start(path: string, grab?: (fd: number) => Promise<void>) {
    const scans: RawScan[] = []
    const links: LinkState[] = []
    const input = openKeyScanner(
      { address: path, ...(grab === undefined ? {} : { grab }) },
      { scan: (scan) => void scans.push(scan), link: (state) => void links.push(state) },
    )
    cleanings.push(() => input.close())
    return { scans, links, input }
  }

  it('is taken, heard with and without Enter, and told when it is gone', async () => {
    const device = fakeDevice()
    let grabs = 0
    const { scans, links } = start(device.path, () => {
      grabs += 1
      return Promise.resolve()
    })
    await vi.waitFor(() => expect(links).toEqual([{ kind: 'open' }]))
    expect(grabs).toBe(1)
    device.type(scanned(']C0SF1234567890123'))
    await vi.waitFor(() => expect(scans).toEqual([{ text: 'SF1234567890123', aim: ']C0' }]))
    device.type(Buffer.concat(typed('NO-ENTER')))
    await vi.waitFor(() => expect(scans.at(-1)).toEqual({ text: 'NO-ENTER' }))
    device.unplug()
    await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('gone'))
  })

  it('is let go of when the process that reads it is killed', async () => {
    const device = fakeDevice()
    const address = JSON.stringify(device.path)
    const core = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { openKeyScanner } from '#electron/devices/input/key-scanner.ts'
        const heard = { scan: () => undefined, link: ({ kind }) => console.log(kind) }
        openKeyScanner({ address: ${address}, grab: async () => undefined }, heard)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [said] = (await once(core.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('open\n')
    expect(readersOf(device.path)).not.toEqual([])
    core.kill('SIGKILL')
    await vi.waitFor(() => expect(readersOf(device.path)).toEqual([]))
    device.unplug()
  })

  it('loses nothing while this process is busy', async () => {
    const device = fakeDevice()
    const { scans, links } = start(device.path, () => Promise.resolve())
    await vi.waitFor(() => expect(links).toEqual([{ kind: 'open' }]))
    const texts = Array.from({ length: 20 }, (_, turn) => `SF${turn}`)
    for (const text of texts) {
      device.type(scanned(text))
      const until = performance.now() + 20
      while (performance.now() < until) {
        // The process stands still.
      }
    }
    await vi.waitFor(() => expect(scans.map((scan) => scan.text)).toEqual(texts))
  })

  it('what cannot be taken alone is not listened to: its keys would reach the page as well', async () => {
    const device = fakeDevice()
    const { scans, links } = start(device.path)
    await vi.waitFor(() => expect(links[0]?.kind).toBe('gone'))
    expect(links[0]).toMatchObject({ reason: expect.stringContaining('cannot be taken') })
    device.type(scanned('SF1'))
    await sleep(100)
    expect(scans).toEqual([])
    device.unplug()
  })
})
