import fc from 'fast-check'
import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, stat, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { HidAccess, HidPlace } from '#electron/devices/hid/hid-access.ts'
import { listFrom } from '#electron/devices/hid/hid-access.ts'
import { openHidScanner } from '#electron/devices/hid/hid-scanner.ts'
import { createScanJoiner } from '#electron/devices/hid/scan-joiner.ts'
import { placesFromDescriptor, readAt, readByGuess } from '#electron/devices/hid/scanner-layout.ts'
import { loadScannerMakers } from '#electron/devices/scanner-makers.ts'
import type { LinkState, RawScan } from '#electron/ports/scanner.ts'
import { honeywell, honeywellDescriptor, newland, shifted } from './hid-reports.ts'

const makers = loadScannerMakers()
const layoutOf = (vendor: number) => {
  const report = makers.find((maker) => maker.vendor === vendor)?.report
  if (report === undefined) throw new Error(`no layout for ${vendor}`)
  return readAt(report)
}
const described = () => {
  const places = placesFromDescriptor(honeywellDescriptor)
  if (places === undefined) throw new Error('the descriptor was not understood')
  return readAt(places)
}
const ascii = (text: string) => Buffer.from(text, 'latin1')
const long = ascii('0123456789'.repeat(12))

describe('HID POS layouts', () => {
  it('the descriptor gives the places that the maker’s guide draws', () => {
    expect(placesFromDescriptor(honeywellDescriptor)).toEqual(
      makers.find((maker) => maker.vendor === 0x0c2e)?.report,
    )
  })

  it.each([
    ['by descriptor', described(), honeywell(long), ']C0'],
    ['Honeywell by table', layoutOf(0x0c2e), honeywell(long, ']Q1'), ']Q1'],
    ['Newland by table', layoutOf(0x1eab), newland(long), undefined],
    ['Honeywell by guess', readByGuess, honeywell(long), ']C0'],
    ['shifted by guess', readByGuess, shifted(long), ']C0'],
    ['Newland by guess', readByGuess, newland(long), undefined],
  ])('%s', (_, read, reports, aim) => {
    const joiner = createScanJoiner(read)
    const scans = reports.map((report) => joiner(report))
    expect(scans).toEqual([
      undefined,
      undefined,
      { text: long.toString('latin1'), ...(aim === undefined ? {} : { aim }) },
    ])
  })

  it('what only looks like an identifier is data, also at the beginning of a report that goes on', () => {
    for (const text of ['X]A1HI', `${'7'.repeat(56)}]d2B`, `${'7'.repeat(56)}${']d2'.repeat(19)}`]) {
      const joiner = createScanJoiner(readByGuess)
      const scans = newland(Buffer.from(text)).map((report) => joiner(report))
      expect(scans.at(-1), text).toEqual({ text })
    }
  })

  it('a descriptor cut anywhere, or of anything else, is no layout and no fault', () => {
    for (let end = 0; end < honeywellDescriptor.length; end += 1) {
      const places = placesFromDescriptor(honeywellDescriptor.subarray(0, end))
      expect(places === undefined || places.capacity === 56).toBe(true)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void placesFromDescriptor(bytes)))
  })
})

describe('the joiner', () => {
  afterEach(() => void vi.useRealTimers())
  const scanOf = (joiner: ReturnType<typeof createScanJoiner>, reports: readonly Uint8Array[]) =>
    reports.map((report) => joiner(report)).filter((scan) => scan !== undefined)

  it('keeps all 33 control codes inside a scan, and drops only the Enter at its end', () => {
    const codes = [...Array.from({ length: 32 }, (_, code) => code), 127]
    for (const code of codes) {
      const text = `A${String.fromCharCode(code)}B`
      expect(scanOf(createScanJoiner(described()), honeywell(ascii(`${text}\r`)))).toEqual([
        { text, aim: ']C0' },
      ])
    }
    const every = `A${String.fromCharCode(...codes)}B`
    expect(scanOf(createScanJoiner(described()), honeywell(ascii(every)))).toEqual([
      { text: every, aim: ']C0' },
    ])
  })

  it('takes 10,000 characters, bursts, Chinese in both encodings', () => {
    const joiner = createScanJoiner(described())
    const huge = 'X'.repeat(10_000)
    expect(scanOf(joiner, honeywell(ascii(huge)))).toEqual([{ text: huge, aim: ']C0' }])
    const burst = Array.from({ length: 200 }, (_, turn) => `SF${turn}`)
    expect(
      scanOf(
        joiner,
        burst.flatMap((text) => honeywell(ascii(text))),
      ).map((scan) => scan.text),
    ).toEqual(burst)
    expect(scanOf(joiner, honeywell(Buffer.from('批号7', 'utf8')))[0]?.text).toBe('批号7')
    expect(scanOf(joiner, honeywell(Buffer.from('c5fabac537', 'hex')))[0]?.text).toBe('批号7')
  })

  it('drops a scan that does not go on within half a second', () => {
    vi.useFakeTimers()
    const joiner = createScanJoiner(described())
    const [first] = honeywell(long)
    expect(first && joiner(first)).toBeUndefined()
    vi.advanceTimersByTime(501)
    expect(scanOf(joiner, honeywell(ascii('NEXT')))).toEqual([{ text: 'NEXT', aim: ']C0' }])
  })

  it.each([560, 900, 1800])('joins what came in time but is read %i ms later', async (busyMs) => {
    const joiner = createScanJoiner(described())
    const [first, ...rest] = honeywell(long)
    expect(first && joiner(first)).toBeUndefined()
    const scans = await new Promise((done) => {
      // As a device's thread does it: it is there long before the busy process comes to it.
      stat('/', () => done(scanOf(joiner, rest)))
      for (const end = performance.now() + busyMs; performance.now() < end;);
    })
    expect(scans).toEqual([{ text: long.toString('latin1'), aim: ']C0' }])
  })

  it('gives a scan whole or not at all, wherever a report is cut', () => {
    vi.useFakeTimers()
    const reports = honeywell(long)
    for (const [which, damagedReport] of reports.entries()) {
      // Cut to nothing it never arrived, and nobody can tell.
      for (let cut = 1; cut < damagedReport.length; cut += 1) {
        const joiner = createScanJoiner(described())
        const stream = reports.map((report, at) => (at === which ? report.subarray(0, cut) : report))
        const scans = scanOf(joiner, stream)
        expect(scans, `report ${which} cut at ${cut}`).toEqual([])
        vi.advanceTimersByTime(1000)
        expect(scanOf(joiner, honeywell(ascii('AFTER')))).toEqual([{ text: 'AFTER', aim: ']C0' }])
      }
    }
  })

  it('hears the same scans through reports of other kinds', () => {
    const noise = fc.uint8Array({ minLength: 0, maxLength: 64 }).filter((bytes) => bytes[0] !== 2)
    const texts = fc.array(
      fc.string({ unit: fc.constantFrom(...'AZ09-/\u001D'), minLength: 1, maxLength: 200 }),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(texts, fc.array(noise, { minLength: 1, maxLength: 20 }), (codes, foreign) => {
        const joiner = createScanJoiner(described())
        const stream = codes
          .flatMap((code) => honeywell(ascii(code)))
          .flatMap((report, at) => [foreign[at % foreign.length] ?? report, report])
        expect(scanOf(joiner, stream).map((scan) => scan.text)).toEqual(codes)
      }),
    )
  })
})

/** Devices that are plugged in and out by hand. */
function fakeHid() {
  const plugged = new Map<string, HidPlace>()
  const handles = new Map<string, EventEmitter>()
  const seen = { opens: 0, openNow: 0, mostAtOnce: 0, sent: [] as number[][] }
  const hid: HidAccess = {
    list: () => Promise.resolve([...plugged.values()]),
    async open(path) {
      seen.opens += 1
      seen.openNow += 1
      seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.openNow)
      await sleep(20)
      if (!plugged.has(path)) {
        seen.openNow -= 1
        throw new Error(`cannot open device with path ${path}`)
      }
      const events = new EventEmitter()
      handles.set(path, events)
      return {
        on: (event: string, heard: (value: never) => void) =>
          events.on(event, heard as (value: unknown) => void),
        sendFeatureReport: (data: number[]) => {
          seen.sent.push(data)
          return Promise.reject(new Error('no such report'))
        },
        close: () => {
          seen.openNow -= 1
          return Promise.resolve()
        },
      }
    },
  }
  return {
    hid,
    seen,
    plug: (place: HidPlace) => plugged.set(place.path, place),
    unplug(path: string) {
      plugged.delete(path)
      handles.get(path)?.emit('error', new Error(''))
    },
    say: (path: string, report: Uint8Array) => handles.get(path)?.emit('data', report),
  }
}

const scanner: HidPlace = {
  path: '/dev/hidraw3',
  vendor: 0x0c2e,
  product: 0x0b61,
  serial: 'S1',
  name: 'Voyager',
  pages: [0x8c],
  descriptor: honeywellDescriptor,
}

function listener() {
  const scans: RawScan[] = []
  const links: LinkState[] = []
  return {
    scans,
    links,
    heard: { scan: (scan: RawScan) => scans.push(scan), link: (state: LinkState) => links.push(state) },
  }
}

describe('a HID scanner', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
  })

  it('is found by its binding on the right interface, woken, heard, lost and found again within two seconds', async () => {
    const world = fakeHid()
    world.plug({ ...scanner, path: '/dev/hidraw2', pages: [0xff8c] })
    const { scans, links, heard } = listener()
    open.push(openHidScanner({ hid: world.hid, makers, address: 'usb:0c2e:0b61:S1' }, heard))
    await vi.waitFor(() =>
      expect(links).toEqual([{ kind: 'gone', reason: 'plugged in, but not in HID POS mode' }]),
    )

    world.plug(scanner)
    await vi.waitFor(() => expect(links.at(-1)).toEqual({ kind: 'open' }), 2000)
    expect(world.seen.sent).toEqual([[254, 1]])
    for (const report of honeywell(ascii('SF1234567890123'))) world.say(scanner.path, report)
    expect(scans).toEqual([{ text: 'SF1234567890123', aim: ']C0' }])

    world.unplug(scanner.path)
    await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('gone'))
    await sleep(1200) // long enough for the longest pause
    world.plug({ ...scanner, path: '/dev/hidraw7' })
    const since = performance.now()
    await vi.waitFor(() => expect(links.at(-1)).toEqual({ kind: 'open' }), 2000)
    expect(performance.now() - since).toBeLessThan(2000)
    for (const report of honeywell(ascii('AGAIN'))) world.say('/dev/hidraw7', report)
    expect(scans.at(-1)?.text).toBe('AGAIN')
    expect(world.seen.mostAtOnce).toBe(1)
  })

  it('lets go when it is closed, and says nothing more', async () => {
    const world = fakeHid()
    world.plug(scanner)
    const { links, heard } = listener()
    const input = openHidScanner({ hid: world.hid, makers, address: '/dev/hidraw3' }, heard)
    await vi.waitFor(() => expect(links).toEqual([{ kind: 'open' }]))
    await input.close()
    expect(world.seen.openNow).toBe(0)
    world.unplug(scanner.path)
    await sleep(300)
    expect(links).toEqual([{ kind: 'open' }])
  })

  it('a machine without the driver is a link that is gone, with the reason', async () => {
    const { links, heard } = listener()
    const hid: HidAccess = {
      list: () => Promise.reject(new Error('Cannot find module')),
      open: () => Promise.reject(new Error('never reached')),
    }
    open.push(openHidScanner({ hid, makers, address: 'usb:0c2e:0b61' }, heard))
    await vi.waitFor(() => expect(links).toEqual([{ kind: 'gone', reason: 'Cannot find module' }]))
  })
})

describe('what Linux tells of its HID devices', () => {
  it('is read with descriptor, ids and name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hidraw-'))
    const device = join(folder, 'hidraw3', 'device')
    mkdirSync(device, { recursive: true })
    mkdirSync(join(folder, 'hidraw4')) // gone while we look
    writeFileSync(
      join(device, 'uevent'),
      'DRIVER=hid-generic\nHID_ID=0003:00000C2E:00000B61\nHID_NAME=Voyager\nHID_PHYS=usb-1\nHID_UNIQ=S1\n',
    )
    writeFileSync(join(device, 'report_descriptor'), honeywellDescriptor)
    const [found, ...more] = listFrom(folder)
    expect(more).toEqual([])
    expect(found).toMatchObject({
      path: '/dev/hidraw3',
      vendor: 0x0c2e,
      product: 0x0b61,
      serial: 'S1',
      name: 'Voyager',
      pages: [0x8c],
    })
    expect(listFrom(join(folder, 'none'))).toEqual([])
    rmSync(folder, { recursive: true })
  })
})
