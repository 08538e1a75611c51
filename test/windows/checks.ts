/** The real spooler adapter, in a Windows that Wine plays, on queues of CUPS that lead to a socket of this machine. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type PrivateCups, startPrivateCups } from '#test/devices/private-cups.ts'
import { eventually } from '#test/hardware/devices/wait.ts'
import './driver-checks.ts'
import { startSink } from './sink.ts'
import { type WindowsStation, windowsStation } from './station.ts'

const queues = ['Label-1', '标签机-2'] as const
const printers = 'HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Control\\Print\\Printers'

/** No two alike, and every byte value in them. */
const job = (bytes: number, seed: number) =>
  Buffer.from(Uint8Array.from({ length: bytes }, (_, index) => ((index * 31) ^ (index >> 8) ^ seed) & 0xff))

describe('the spooler of Windows', () => {
  let cups: PrivateCups
  let sink: Awaited<ReturnType<typeof startSink>>
  let windows: WindowsStation
  const folder = mkdtempSync(join(tmpdir(), 'jobs-'))
  const asFile = (bytes: Buffer) => {
    const file = join(folder, `${bytes.length}-${bytes[0]}`)
    writeFileSync(file, bytes)
    return file
  }
  /** A queue as a driver's setup leaves it in Windows. */
  const addQueue = (name: string, port: string, attributes = 0) =>
    windows.register(`${printers}\\${name}`, {
      Name: name,
      Port: port,
      'Printer Driver': name,
      Datatype: 'RAW',
      'Print Processor': 'WinPrint',
      Attributes: attributes,
    })
  const arrived = (count: number) =>
    eventually(`${count} jobs`, () => (sink.jobs.length >= count ? sink.jobs : undefined), 20_000)

  before(async () => {
    sink = await startSink()
    cups = await startPrivateCups()
    for (const queue of queues) cups.addQueue(queue, sink.port)
    windows = windowsStation(cups.server)
  })
  beforeEach(() => {
    sink.jobs.length = 0
  })
  after(async () => {
    await cups.close()
    sink.close()
  })

  it('lists its queues by their names, Chinese ones too', async () => {
    const [found] = await windows.run({ ask: 'find' })
    assert.deepEqual(
      found,
      queues.map((name) => ({
        kind: 'printer',
        transport: 'spooler',
        name,
        address: name,
        driver: name,
      })),
    )
  })

  for (const [index, queue] of queues.entries())
    it(`takes a job of 60 KB to ${queue} as it is, once`, async () => {
      const bytes = job(60_000, index)
      const [sent] = await windows.run({ ask: 'send', queue, file: asFile(bytes), name: `label-${index}` })
      assert.deepEqual(sent, { outcome: { kind: 'sent' }, told: 1 })
      const [first, ...more] = await arrived(1)
      assert.ok(first?.equals(bytes), 'the bytes differ')
      assert.deepEqual(more, [])
    })

  it('takes jobs one after the other while memory is scarce', async () => {
    const jobs = [1, 2, 3, 4, 5].map((seed) => job(60_000, seed))
    const name = 'label'
    const sent = await windows.run(
      ...jobs.map(
        (bytes) => ({ ask: 'send', queue: 'Label-1', file: asFile(bytes), name, scarce: true }) as const,
      ),
    )
    assert.deepEqual(
      sent,
      jobs.map(() => ({ outcome: { kind: 'sent' }, told: 1 })),
    )
    const came = await arrived(jobs.length)
    assert.ok(came.length === jobs.length && came.every((bytes, at) => bytes.equals(jobs[at] ?? Buffer.of())))
  })

  it('says that there is no such queue, and sends nothing', async () => {
    const queue = '没有-3'
    const [status, sent] = await windows.run(
      { ask: 'status', queue },
      { ask: 'send', queue, file: asFile(job(100, 1)), name: 'label' },
    )
    const reason = `${queue}: the spooler opens no queue of this name`
    assert.deepEqual(status, { kind: 'absent', reason })
    assert.deepEqual(sent, { outcome: { kind: 'notSent', reason }, told: 0 })
  })

  it('asks the queue of its printer, and gives an offline one nothing', async () => {
    const queue = 'ZDesigner ZD421 (副本 1)'
    // A port of Wine's that is a file: its queues of CUPS are made anew by every process.
    const out = join(folder, 'port')
    const bytes = job(500, 2)
    const ask = async (attributes: number) => {
      await addQueue(queue, out, attributes)
      return windows.run({ ask: 'status', queue }, { ask: 'send', queue, file: asFile(bytes), name: 'label' })
    }
    // PRINTER_ATTRIBUTE_WORK_OFFLINE, as Windows sets it for a printer that is unplugged.
    assert.deepEqual(await ask(0x400), [
      { kind: 'absent', reason: 'the queue is offline' },
      { outcome: { kind: 'notSent', reason: `${queue}: the queue is offline` }, told: 0 },
    ])
    assert.ok(!existsSync(out))
    assert.deepEqual(await ask(0), [{ kind: 'unasked' }, { outcome: { kind: 'sent' }, told: 1 }])
    assert.ok(readFileSync(out).equals(bytes))
  })

  it('lists no queue that only makes files', async () => {
    await addQueue('Microsoft Print to PDF', 'PORTPROMPT:')
    await addQueue('TSC TE244', 'USB001')
    const [found] = await windows.run({ ask: 'find' })
    const names = (found as { readonly name: string }[]).map((printer) => printer.name)
    assert.ok(names.includes('TSC TE244'))
    assert.ok(!names.includes('Microsoft Print to PDF'))
  })

  it('that Windows does not have is a reason', async () => {
    const without = windowsStation(cups.server, { WINEDLLOVERRIDES: 'mscoree,mshtml,winspool.drv=' })
    const [queue] = queues
    const [found, status, sent] = await without.run(
      { ask: 'find' },
      { ask: 'status', queue },
      { ask: 'send', queue, file: asFile(job(100, 3)), name: 'label' },
    )
    assert.deepEqual(found, [])
    assert.match(JSON.stringify(status), /"absent".*the spooler of Windows cannot be loaded/)
    assert.match(JSON.stringify(sent), /"notSent".*the spooler of Windows cannot be loaded/)
  })
})
