import { pbkdf2 } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createDeviceFinder } from '#electron/devices/find/device-finder.ts'
import {
  createPrinterFinder,
  type Look,
  spoolerPrinters,
} from '#electron/devices/print/find/printer-finder.ts'
import { listUsbLp } from '#electron/devices/print/find/usb-lp.ts'
import { late, within } from '#electron/devices/print/late.ts'
import { createOpenPrinter } from '#electron/devices/print/open-printer.ts'
import { runTool } from '#electron/devices/print/run-tool.ts'
import { parseSerialAddress, serialSession } from '#electron/devices/print/serial-session.ts'
import { createSessionPrinter } from '#electron/devices/print/session-printer.ts'
import { createSpoolerPrinter } from '#electron/devices/print/spooler-printer.ts'
import { dialects } from '#electron/devices/print/status/index.ts'
import { usbLpSession } from '#electron/devices/print/usb-lp-session.ts'
import { printerPort } from '#electron/devices/print/usb-session.ts'
import type { SpoolerQueue, Winspool } from '#electron/devices/print/winspool.ts'
import { createCable } from './pty-pair.ts'

/** A spooler that writes down what it is told, and fails where it is told to. */
function fakeSpooler(told: {
  readonly fails?: string
  readonly status?: number
  readonly attributes?: number
  readonly sip?: number
  /** How often a job that is asked for is still there. */
  readonly stays?: number
}) {
  const calls: string[] = []
  const jobs: Buffer[] = []
  let looks = 0
  const well = (name: string) => {
    calls.push(name)
    return told.fails !== name
  }
  const queue: SpoolerQueue = {
    name: '标签机',
    driver: 'D',
    port: 'USB001',
    attributes: told.attributes ?? 0,
    status: told.status ?? 0,
  }
  const spooler: Winspool = {
    open: async (name) => (well('open') && name === queue.name ? { handle: 1 } : undefined),
    startDocument: async () => (well('startDocument') ? 7 : 0),
    startPage: async () => well('startPage'),
    async write(_, bytes) {
      if (!well('write')) return 0
      const taken = bytes.subarray(0, told.sip ?? bytes.length)
      jobs.push(Buffer.from(taken))
      return taken.length
    },
    endPage: async () => well('endPage'),
    endDocument: async () => well('endDocument'),
    isListed: async (_, job) => {
      looks += 1
      return job === 7 && looks <= (told.stays ?? 0)
    },
    describe: async () => (well('describe') ? queue : undefined),
    async close() {
      calls.push('close')
    },
    queues: async () => [queue],
  }
  return { spooler, calls, printed: () => Buffer.concat(jobs) }
}

describe('the Windows spooler', () => {
  const job = Buffer.from(Array.from({ length: 1000 }, (_, at) => at & 0xff))

  it.each([1000, 300])('takes a job as it is, %i bytes at a time', async (sip) => {
    const { spooler, calls, printed } = fakeSpooler({ sip })
    const told: string[] = []
    const printer = createSpoolerPrinter('标签机', () => spooler)
    expect(await printer.send(job, { onSent: () => told.push(calls.at(-1) ?? '') })).toEqual({ kind: 'sent' })
    expect(printed().equals(job)).toBe(true)
    expect(told).toEqual(['endDocument'])
    expect(calls.at(-1)).toBe('close')
    expect(await printer.status()).toEqual({ kind: 'unasked' })
  })

  it.each([
    ['open', 'notSent'],
    ['startDocument', 'notSent'],
    ['startPage', 'unknown'],
    ['write', 'unknown'],
    ['endPage', 'unknown'],
    ['endDocument', 'unknown'],
    ['describe', 'sent'],
  ] as const)('that fails at %s: %s', async (fails, kind) => {
    const { spooler, calls } = fakeSpooler({ fails })
    expect((await createSpoolerPrinter('标签机', () => spooler).send(job)).kind).toBe(kind)
    // A document that is begun is ended, and what is open closed.
    if (calls.includes('startPage')) expect(calls).toContain('endDocument')
    if (fails !== 'open') expect(calls.at(-1)).toBe('close')
  })

  it('tells what the queue knows', async () => {
    const { spooler } = fakeSpooler({ status: 0x10 })
    const printer = createSpoolerPrinter('标签机', () => spooler)
    expect(await printer.send(job)).toEqual({ kind: 'sent', troubles: ['paperOut'] })
    expect(await printer.status()).toEqual({ kind: 'trouble', troubles: ['paperOut'] })
    expect((await createSpoolerPrinter('other', () => spooler).status()).kind).toBe('absent')
  })

  it.each([{ status: 0x80 }, { status: 0x1000 }, { attributes: 0x400 }])(
    'gives a queue nothing that would keep it for later: %j',
    async (told) => {
      const { spooler, calls } = fakeSpooler(told)
      const outcome = await createSpoolerPrinter('标签机', () => spooler).send(job)
      expect(outcome).toEqual({
        kind: 'notSent',
        reason: expect.stringMatching(/标签机: .*(off|not)/) as string,
      })
      expect(calls).toEqual(['open', 'describe', 'close'])
    },
  )

  it.each([
    ['open', 'notSent'],
    ['describe', 'notSent'],
    ['startDocument', 'unknown'],
    ['write', 'unknown'],
    ['endDocument', 'unknown'],
  ] as const)('that hangs at %s: %s, and gets no second call beside it', async (hangs, kind) => {
    const { spooler, calls, printed } = fakeSpooler({})
    const back = Promise.withResolvers<void>()
    const real: (...values: never[]) => Promise<unknown> = spooler[hangs]
    let asked = 0
    const hanging = {
      ...spooler,
      async [hangs](...values: never[]) {
        asked += 1
        await back.promise
        return real(...values)
      },
    }
    const told: string[] = []
    const printer = createSpoolerPrinter('标签机', () => hanging, { answer: 20, poll: 1, confirm: 10 })
    expect((await printer.send(job, { onSent: () => told.push('sent') })).kind).toBe(kind)
    expect((await printer.send(job)).kind).toBe('notSent')
    expect(await printer.status()).toEqual({ kind: 'silent' })
    expect(asked).toBe(1)
    back.resolve()
    await expect.poll(() => calls.at(-1)).toBe('close')
    // What was told to be not sent does not come out after all.
    expect(printed().length).toBe(kind === 'notSent' ? 0 : job.length)
    expect(told).toEqual([])
    expect(await printer.send(job)).toEqual({ kind: 'sent' })
  })

  it('that hangs at a question gets no second one beside it', async () => {
    const { spooler, calls } = fakeSpooler({})
    const back = Promise.withResolvers<void>()
    const open = (name: string) => back.promise.then(() => spooler.open(name))
    const printer = createSpoolerPrinter('标签机', () => ({ ...spooler, open }), {
      answer: 20,
      poll: 1,
      confirm: 10,
    })
    expect(await printer.status()).toEqual({ kind: 'silent' })
    expect(await printer.status()).toEqual({ kind: 'silent' })
    expect((await printer.send(job)).kind).toBe('notSent')
    back.resolve()
    await expect.poll(() => calls).toEqual(['open', 'describe', 'close'])
    expect(await printer.status()).toEqual({ kind: 'unasked' })
  })

  it('knows that nothing is out when a call breaks before the job is begun', async () => {
    const { spooler } = fakeSpooler({})
    const broken = { ...spooler, open: () => Promise.reject(new Error('too many calls')) }
    const outcome = await createSpoolerPrinter('标签机', () => broken).send(job)
    expect(outcome).toEqual({ kind: 'notSent', reason: expect.stringContaining('too many') as string })
  })

  it.each([
    ['that never lets the job go', { stays: Infinity }, 'unknown'],
    ['that lets the job go', { stays: 3 }, 'sent'],
    ['that keeps what it printed', { stays: Infinity, attributes: 0x100 }, 'sent'],
  ] as const)('a queue %s', async (_, told, kind) => {
    const { spooler } = fakeSpooler(told)
    const outcome = await createSpoolerPrinter('标签机', () => spooler, {
      answer: 2000,
      poll: 1,
      confirm: 50,
    }).send(job)
    const reason = 'waits in the queue of 标签机'
    expect(outcome).toEqual(kind === 'sent' ? { kind } : { kind, reason })
  })

  it('does not know what becomes of a job when a call breaks', async () => {
    const { spooler } = fakeSpooler({})
    const broken = { ...spooler, write: () => Promise.reject(new Error('RPC server is unavailable')) }
    const outcome = await createSpoolerPrinter('标签机', () => broken).send(job)
    expect(outcome).toEqual({ kind: 'unknown', reason: expect.stringContaining('RPC') as string })
  })
})

describe('ways that this machine does not have', () => {
  it.each([
    ['spooler', 'Zebra'],
    ['usb', 'usb:0a5f:0164:NOBODY'],
    ['usb', 'not a binding'],
    ['usbLp', 'usb:0a5f:0164:NOBODY'],
    ['usbLp', '/dev/usb/lp99'],
    ['serial', 'usb:0a5f:0164:NOBODY@115200'],
    ['serial', '/dev/ttyNOBODY'],
    ['serial', ''],
    ['cups', 'No-Such-Queue'],
    ['tcp', 'no such host'],
  ] as const)('%s %j: nothing is sent, and it says why', async (transport, address) => {
    const printer = createOpenPrinter({ simulatedFolder: '' })({ transport, address, language: 'zpl' })
    const outcome = await printer.send(Buffer.from('^XA^XZ'))
    expect(outcome).toEqual({ kind: 'notSent', reason: expect.stringMatching(/\w/) as string })
    expect(await printer.status()).toEqual({ kind: 'absent', reason: expect.stringMatching(/\w/) as string })
  })

  it('a package that is not there is a reason', () => {
    expect(late('no-such-package-with-native-code')()).toEqual({
      reason: expect.stringContaining('no-such-package') as string,
    })
  })

  it('a program that is not there, fails or takes too long is no exception', async () => {
    expect((await runTool('no-such-program-here', [], 1000)).kind).toBe('missing')
    const node = process.execPath
    const exits = ['-e', 'process.exit(3)']
    expect(await runTool(node, exits, 20_000, Buffer.alloc(1_000_000))).toMatchObject({
      kind: 'ended',
      code: 3,
    })
    expect(await runTool(node, ['-e', 'setTimeout(() => {}, 60_000)'], 200)).toEqual({ kind: 'late' })
    const echo = ['-e', 'process.stdin.pipe(process.stdout)']
    expect(await runTool(node, echo, 20_000, Buffer.from('$(date); 打印'))).toMatchObject({
      out: '$(date); 打印',
    })
  })

  it('a driver that never answers does not hold a queue', async () => {
    expect(await within(20, 'late', new Promise<string>(() => undefined))).toBe('late')
    expect(await within(1000, 'late', Promise.resolve('in time'))).toBe('in time')
  })
})

it.each([
  ['/dev/ttyUSB0', { port: '/dev/ttyUSB0', baud: 9600 }],
  [' COM3@115200 ', { port: 'COM3', baud: 115_200 }],
  ['usb:0a5f:0164:A@B@19200', { port: 'usb:0a5f:0164:A@B', baud: 19_200 }],
  ['', undefined],
  ['@9600', { port: '@9600', baud: 9600 }],
])('reads the serial address %j', (text, address) => {
  expect(parseSerialAddress(text)).toEqual(address)
})

describe('finding printers', () => {
  let root: string | undefined
  afterEach(() => {
    if (root !== undefined) rmSync(root, { recursive: true, force: true })
  })

  /** The folders of Linux' sysfs for two printers, one without a serial number, and what is no printer. */
  function sysfs() {
    root = mkdtempSync(join(tmpdir(), 'packbench-sysfs-'))
    const nodes = join(root, 'class')
    const device = (name: string, facts: Readonly<Record<string, string>>, deviceId?: string) => {
      const port = join(root ?? '', 'devices', name, 'interface')
      mkdirSync(port, { recursive: true })
      for (const [fact, text] of Object.entries(facts)) writeFileSync(join(port, '..', fact), `${text}\n`)
      if (deviceId !== undefined) writeFileSync(join(port, 'ieee1284_id'), `${deviceId}\n`)
      mkdirSync(join(nodes, name), { recursive: true })
      symlinkSync(port, join(nodes, name, 'device'))
    }
    const zebra = { idVendor: '0a5f', idProduct: '0164', manufacturer: 'Zebra', product: 'ZD421' }
    device('lp1', { ...zebra, serial: 'D2J1' }, 'MFG:Zebra;CMD:ZPL;')
    device('lp0', { idVendor: '0416', idProduct: '5011', product: 'POS58' })
    device('hiddev0', { idVendor: '0c2e', idProduct: '0b61' })
    return { nodes, devices: join(root, 'dev') }
  }

  it("reads Linux' own USB printers", () => {
    const { devices } = sysfs()
    expect(listUsbLp({ nodes: join(root ?? '', 'class'), devices })).toEqual([
      {
        path: join(devices, 'lp0'),
        name: 'POS58',
        deviceId: '',
        usb: { vendor: 0x416, product: 0x5011, serial: '' },
      },
      {
        path: join(devices, 'lp1'),
        name: 'Zebra ZD421',
        deviceId: 'MFG:Zebra;CMD:ZPL;',
        usb: { vendor: 0xa5f, product: 0x164, serial: 'D2J1' },
      },
    ])
    expect(listUsbLp({ nodes: '/nowhere', devices })).toEqual([])
  })

  it('opens a bound printer wherever it is plugged in', async () => {
    const places = sysfs()
    mkdirSync(places.devices)
    symlinkSync('/dev/ptmx', join(places.devices, 'lp1'))
    const session = await usbLpSession('usb:0a5f:0164:D2J1', { places })()
    if ('reason' in session) throw new Error(session.reason)
    await session.close('answered')
    const other = await usbLpSession('usb:0a5f:0164:D2J2', { places })()
    expect(other).toEqual({ reason: 'usb:0a5f:0164:D2J2: is not plugged in' })
    expect(await usbLpSession('usb:0416:5011', { places })()).toMatchObject({
      reason: expect.stringContaining('ENOENT') as string,
    })
  })

  it.skipIf(process.platform === 'win32')(
    'writes to no file, folder or disk that somebody named',
    async () => {
      root = mkdtempSync(join(tmpdir(), 'packbench-no-port-'))
      const file = join(root, 'packbench.sqlite')
      writeFileSync(file, 'everything that was ever packed')
      for (const address of [file, root, '/dev/null', '/dev/zero', '/dev/full']) {
        const printer = createSessionPrinter(usbLpSession(address), dialects.zpl)
        const reason = expect.stringMatching(/^\/.*is no printer/) as string
        expect(await printer.send(Buffer.from('^XA^XZ'))).toEqual({ kind: 'notSent', reason })
        expect(await printer.status()).toEqual({ kind: 'absent', reason })
      }
      expect(readFileSync(file, 'utf8')).toBe('everything that was ever packed')
    },
  )

  it.skipIf(process.platform === 'win32')('opens as a serial port what is one', async () => {
    for (const address of [tmpdir(), '/dev/null']) {
      const reason = `${address}: is no serial port`
      expect(await serialSession(address)()).toEqual({ reason })
    }
  })

  it.skipIf(process.platform === 'win32')('does not keep a serial port that opened too late', async () => {
    const cable = await createCable()
    // Whoever opens a file or a port waits for these, as for a driver that is slow.
    for (let turn = 0; turn < 8; turn += 1) pbkdf2('x', 'y', 200_000, 64, 'sha512', () => undefined)
    expect(await serialSession(cable.port, { open: 1 })()).toMatchObject({
      reason: expect.stringContaining('did not open within') as string,
    })
    await expect
      .poll(
        async () => {
          const session = await serialSession(cable.port)()
          return 'reason' in session ? session.reason : session.close('answered')
        },
        { timeout: 5000 },
      )
      .toBeUndefined()
    await cable.drop()
  })

  const found = (name: string): Awaited<ReturnType<Look>>[number] => ({
    kind: 'printer',
    transport: 'cups',
    name,
    address: name,
  })

  it("leaves out Windows' queues that only make files", async () => {
    const { spooler } = fakeSpooler({})
    const [queue] = await spooler.queues()
    const ports = [
      'PORTPROMPT:',
      'SHRFAX:',
      'nul:',
      'FILE:',
      'USB001',
      'COM3:',
      '192.168.1.9',
      'IP_192.168.1.9',
    ]
    const queues = async () =>
      ports.flatMap((port) => (queue === undefined ? [] : [{ ...queue, port, name: port }]))
    const names = (await spoolerPrinters(() => ({ ...spooler, queues }))).map(({ address }) => address)
    expect(names).toEqual(['USB001', 'COM3:', '192.168.1.9', 'IP_192.168.1.9'])
    expect(await spoolerPrinters(() => ({ reason: 'no spooler' }))).toEqual([])
  })

  it('goes on where one way cannot be asked', async () => {
    const finder = createPrinterFinder([
      async () => [found('A')],
      () => Promise.reject(new Error('no driver')),
    ])
    const broken = { find: () => Promise.reject(new Error('no')), watch: () => () => undefined }
    expect(await createDeviceFinder([broken, finder]).find()).toEqual([found('A')])
  })

  it('tells of what comes and goes, and not of what stays', async () => {
    let names = ['A']
    let calls = 0
    const finder = createPrinterFinder([async () => names.map(found)], 10)
    const stop = createDeviceFinder([finder]).watch(() => {
      calls += 1
    })
    await sleep(60)
    expect(calls).toBe(0)
    names = ['A', 'B']
    await expect.poll(() => calls).toBe(1)
    names = []
    await expect.poll(() => calls).toBe(2)
    stop()
    names = ['C']
    await sleep(60)
    expect(calls).toBe(2)
  })

  it('asks this very machine without a fault', async () => {
    expect(Array.isArray(await createPrinterFinder().find())).toBe(true)
  })
})

describe("a USB device's way to print", () => {
  const end = (endpointNumber: number, direction: 'in' | 'out', type = 'bulk') => ({
    endpointNumber,
    direction,
    type,
    packetSize: 512,
  })
  const device = (
    ...alternates: (readonly [cls: number, protocol: number, ...ends: ReturnType<typeof end>[]])[]
  ) => ({
    configurations: [
      {
        configurationValue: 1,
        interfaces: [
          {
            interfaceNumber: 3,
            alternates: alternates.map(
              ([interfaceClass, interfaceProtocol, ...endpoints], alternateSetting) => ({
                alternateSetting,
                interfaceClass,
                interfaceProtocol,
                endpoints,
              }),
            ),
          },
        ],
      },
    ],
  })

  it('is the two-way one where there are several', () => {
    const printer = device(
      [7, 1, end(1, 'out')],
      [7, 2, end(2, 'in', 'interrupt'), end(3, 'out'), end(4, 'in')],
      [7, 3, end(5, 'out'), end(6, 'in')],
    )
    expect(printerPort(printer)).toEqual({ number: 3, setting: 1, out: 3, in: 4, packet: 512 })
  })

  it('is one-way where it has no other, and none where it is no printer', () => {
    expect(printerPort(device([7, 1, end(1, 'out')]))).toMatchObject({ out: 1, in: undefined })
    expect(printerPort(device([7, 3, end(1, 'out')]))).toBeUndefined()
    expect(printerPort(device([8, 2, end(1, 'out'), end(2, 'in')]))).toBeUndefined()
    expect(printerPort({ configurations: [] })).toBeUndefined()
  })
})
