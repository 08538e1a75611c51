import fc from 'fast-check'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createScanFramer } from '#electron/devices/serial/scan-framer.ts'
import { openSerialScanner } from '#electron/devices/serial/serial-scanner.ts'
import type { LinkState, RawScan, SerialSettings } from '#electron/ports/scanner.ts'
import { type Cable, createCable } from './pty-pair.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1')
const texts = (scans: readonly RawScan[]) => scans.map((scan) => scan.text)

const suffixes: Readonly<
  Record<NonNullable<SerialSettings['end']>, readonly [before: string, behind: string]>
> = {
  any: ['', '\r\n'],
  cr: ['', '\r'],
  lf: ['', '\n'],
  crlf: ['', '\r\n'],
  etx: ['\u0002', '\u0003'],
  silence: ['', ''],
}
const ends = Object.keys(suffixes) as (keyof typeof suffixes)[]

describe('the framer', () => {
  it.each(ends)('%s: the same scans, cut at every byte', (end) => {
    const [before, behind] = suffixes[end]
    const codes = end === 'silence' ? ['SF1234567890123'] : ['SF1234567890123', 'PB-CMD-OK', '6901234567892']
    const stream = ascii(codes.map((code) => `${before}${code}${behind}`).join(''))
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const framer = createScanFramer(end)
      const scans = [...framer.push(stream.subarray(0, cut)), ...framer.push(stream.subarray(cut))]
      const { scan } = framer.silence()
      expect(texts(scan === undefined ? scans : [...scans, scan]), `cut at ${cut}`).toEqual(codes)
    }
  })

  it.each(ends)('%s: any codes in any pieces, with stray ends between them', (end) => {
    const [before, behind] = suffixes[end]
    const stray = {
      any: ['\r', '\n', '\u0003', '\r\n'],
      cr: ['\r', '\n'],
      lf: ['\n', '\r\n'],
      crlf: ['\r\n'],
      etx: ['\r', '\n'],
      silence: [''],
    }[end]
    const code = fc.string({ unit: fc.constantFrom(...'AZaz09-./\u001D'), minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(code, fc.constantFrom(...stray)), {
          minLength: 1,
          maxLength: end === 'silence' ? 1 : 6,
        }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (scans, sizes) => {
          const stream = ascii(scans.map(([text, noise]) => `${noise}${before}${text}${behind}`).join(''))
          const framer = createScanFramer(end)
          const heard: RawScan[] = []
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1
            heard.push(...framer.push(stream.subarray(at, at + size)))
            at += size
          }
          const { scan } = framer.silence()
          expect(texts(scan === undefined ? heard : [...heard, scan])).toEqual(scans.map(([text]) => text))
        },
      ),
    )
  })

  it('keeps all 33 control codes where the end leaves them room', () => {
    const codes = String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code), 127)
    expect(
      texts(createScanFramer('etx').push(ascii(`\u0002A${codes.replace('\u0003', '')}B\u0003`))),
    ).toEqual([`A${codes.replace('\u0003', '')}B`])
    // CR and LF stand apart in the sequence of codes, so that CRLF is nowhere but at the end.
    expect(texts(createScanFramer('crlf').push(ascii(`A${codes}B\r\n`)))).toEqual([`A${codes}B`])
    const silent = createScanFramer('silence')
    expect(silent.push(ascii(codes))).toEqual([])
    expect(silent.silence().scan?.text).toBe(codes)
  })

  it('takes 10,000 characters, gives up what never ends, and goes on', () => {
    const framer = createScanFramer('cr')
    expect(texts(framer.push(ascii(`${'X'.repeat(10_000)}\rNEXT\r`)))).toEqual(['X'.repeat(10_000), 'NEXT'])
    expect(framer.push(Buffer.alloc(200_000, 0x41))).toEqual([])
    expect(texts(framer.push(ascii('\rAFTER\r')))).toEqual(['AFTER'])
  })

  it('knows an AIM identifier in front, and a scan that broke off', () => {
    const framer = createScanFramer('crlf')
    expect(framer.push(ascii(']C0SF1\r\n'))).toEqual([{ text: 'SF1', aim: ']C0' }])
    framer.push(ascii('SF12'))
    expect(framer.silence()).toEqual({ scan: undefined, lost: true })
    expect(texts(framer.push(ascii('SF1\r\n')))).toEqual(['SF1'])
  })
})

describe('a scanner on a serial port', () => {
  const cables: Cable[] = []
  const inputs: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(inputs.splice(0).map((input) => input.close()))
    await Promise.all(cables.splice(0).map((cable) => cable.drop()))
  })

  async function start(settings?: SerialSettings) {
    const cable = await createCable()
    cables.push(cable)
    const scans: RawScan[] = []
    const links: LinkState[] = []
    const input = openSerialScanner(
      { address: cable.port, ...(settings === undefined ? {} : { settings }) },
      { scan: (scan) => void scans.push(scan), link: (state) => void links.push(state) },
    )
    inputs.push(input)
    await vi.waitFor(() => expect(links).toEqual([{ kind: 'open' }]))
    return { cable, scans, links, input }
  }

  it('is heard, in bursts, byte for byte', async () => {
    const { cable, scans } = await start()
    const codes = Array.from({ length: 300 }, (_, turn) => `SF${String(turn).padStart(13, '0')}`)
    cable.say(codes.map((code) => `${code}\r\n`).join(''))
    await vi.waitFor(() => expect(texts(scans)).toEqual(codes))
  })

  it('without a suffix ends a scan with silence, and takes slow typing for one scan', async () => {
    const { cable, scans } = await start({ end: 'silence' })
    for (const byte of 'A\u0000\u001DB') {
      cable.say(byte)
      await sleep(20)
    }
    await vi.waitFor(() => expect(texts(scans)).toEqual(['A\u0000\u001DB']))
  })

  it('a busy moment of ours splits no scan', async () => {
    const { cable, scans } = await start({ end: 'silence' })
    cable.say('FIRST-')
    await sleep(40)
    const until = performance.now() + 300
    cable.say('HALF')
    while (performance.now() < until) {
      // The whole process stands still, longer than the silence that ends a scan.
    }
    await vi.waitFor(() => expect(texts(scans)).toEqual(['FIRST-HALF']))
  })

  it('acknowledges where the scanner waits for it, and asks again for what broke off', async () => {
    const { cable, scans } = await start({ acknowledge: true, end: 'cr' })
    cable.say('SF1\r')
    await vi.waitFor(() => expect(cable.answered()).toEqual(Buffer.from([0x06])))
    cable.say('SF2')
    await vi.waitFor(() => expect(cable.answered()).toEqual(Buffer.from([0x06, 0x15])))
    cable.say('SF2\r')
    await vi.waitFor(() => expect(texts(scans)).toEqual(['SF1', 'SF2']))
  })

  it('is told to be gone when it is unplugged, and works within two seconds after it is back', async () => {
    const { cable, scans, links } = await start()
    for (let turn = 1; turn <= 2; turn += 1) {
      await cable.unplug()
      await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('gone'), 2000)
      await sleep(turn * 800)
      await cable.plug()
      const since = performance.now()
      await vi.waitFor(() => expect(links.at(-1)).toEqual({ kind: 'open' }), 3000)
      expect(performance.now() - since).toBeLessThan(2000)
      cable.say(`TURN-${turn}\r`)
      await vi.waitFor(() => expect(texts(scans).at(-1)).toBe(`TURN-${turn}`))
    }
  })

  it.skipIf(process.platform === 'win32').each(['/dev/null', '/'])(
    'says of %s that it is no serial port',
    async (address) => {
      const links: LinkState[] = []
      const input = openSerialScanner(
        { address },
        { scan: () => undefined, link: (state) => links.push(state) },
      )
      await vi.waitFor(() => expect(links).toEqual([{ kind: 'gone', reason: 'is no serial port' }]), 3000)
      await input.close()
    },
  )

  it('half a scan that the plug took with it does not stick to the next', async () => {
    const { cable, scans, links } = await start({ end: 'cr' })
    cable.say('HALF-')
    await sleep(30)
    await cable.unplug()
    await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('gone'), 2000)
    await cable.plug()
    await vi.waitFor(() => expect(links.at(-1)?.kind).toBe('open'), 3000)
    cable.say('WHOLE\r')
    await vi.waitFor(() => expect(texts(scans)).toEqual(['WHOLE']))
  })

  it('lets the port go when it is closed', async () => {
    const { cable, input } = await start()
    await input.close()
    const again: LinkState[] = []
    inputs.push(
      openSerialScanner(
        { address: cable.port },
        { scan: () => undefined, link: (state) => void again.push(state) },
      ),
    )
    await vi.waitFor(() => expect(again).toEqual([{ kind: 'open' }]))
  })
})
