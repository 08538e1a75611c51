import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseTcpAddress } from '#electron/devices/print/tcp-address.ts'
import { createSessionPrinter } from '#electron/devices/print/session-printer.ts'
import { tcpSession, type TcpTimes } from '#electron/devices/print/tcp-session.ts'
import { startFakeTcpPrinter, type FakeTcpPrinter } from './fake-tcp-printer.ts'

const label = Buffer.alloc(15_000, 'label ')
const huge = Buffer.alloc(32 * 1024 * 1024, 'too much for any buffer between us ')
const times = { connect: 400, stall: 400, linger: 200 }
/** One that is asked nothing. */
const createTcpPrinter = (address: string, limits: Partial<TcpTimes>) =>
  createSessionPrinter(tcpSession(address, limits), undefined)

/** A stopped process whose queue of connections is full: further ones hang, as with a printer that is switched off. */
async function startDeaf() {
  const program =
    "const s = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))"
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = Number(await new Promise((resolve) => child.stdout.once('data', resolve)))
  child.kill('SIGSTOP')
  const fillers = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await sleep(200)
  return {
    address: `127.0.0.1:${port}`,
    close() {
      for (const filler of fillers) filler.destroy()
      child.kill('SIGKILL')
    },
  }
}

describe('TCP printer', () => {
  let fake: FakeTcpPrinter
  beforeEach(async () => {
    fake = await startFakeTcpPrinter()
  })
  afterEach(() => fake.close())
  const send = (job: Uint8Array) => createTcpPrinter(fake.address, times).send(job)

  it('delivers a job byte by byte', async () => {
    expect(await send(label)).toEqual({ kind: 'sent' })
    expect(fake.sessions.map((session) => session.equals(label))).toEqual([true])
  })

  it('delivers to a slow reader', async () => {
    fake.fault = { kind: 'slow' }
    const job = huge.subarray(0, 4 * 1024 * 1024)
    // The kernel opens a full window in large steps, so progress may rest longer than the other tests allow.
    const patient = createTcpPrinter(fake.address, { ...times, stall: 5000 })
    expect(await patient.send(job)).toEqual({ kind: 'sent' })
    await expect.poll(() => fake.sessions[0]?.equals(job), { timeout: 10_000 }).toBe(true)
  })

  it('delivers to a printer that never closes, and waits only so long', async () => {
    fake.fault = { kind: 'neverCloses' }
    const start = performance.now()
    expect(await send(label)).toEqual({ kind: 'sent' })
    expect(performance.now() - start).toBeLessThan(times.linger + 300)
    await expect.poll(() => fake.sessions[0]?.equals(label)).toBe(true)
  })

  it('delivers to a printer that talks', async () => {
    fake.fault = { kind: 'talks' }
    expect(await send(label)).toEqual({ kind: 'sent' })
    expect(fake.sessions[0]?.equals(label)).toBe(true)
  })

  it('does not know about a job that was reset half-way', async () => {
    fake.fault = { kind: 'resetAt', bytes: 5000 }
    expect(await send(huge)).toMatchObject({ kind: 'unknown' })
  })

  it('does not know about a small job whose session was reset', async () => {
    fake.fault = { kind: 'resetAt', bytes: 1 }
    expect(await send(label)).toMatchObject({ kind: 'unknown' })
  })

  it('does not know about a job that the printer hung up on', async () => {
    fake.fault = { kind: 'closeAt', bytes: 5000 }
    expect(await send(huge)).toMatchObject({ kind: 'unknown' })
  })

  it('does not know about a small job whose printer had hung up before it came', async () => {
    fake.fault = { kind: 'closeAt', bytes: 0 }
    expect(await send(label)).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(/broke the connection off/) as string,
    })
  })

  it('delivers to a printer that hangs up by itself when it has the job', async () => {
    fake.fault = { kind: 'closeAt', bytes: label.length }
    expect(await send(label)).toEqual({ kind: 'sent' })
    expect(fake.sessions.map((session) => session.equals(label))).toEqual([true])
  })

  it('knows that nothing was sent where the printer had hung up before the first byte', async () => {
    fake.fault = { kind: 'closeAt', bytes: 0 }
    const session = await tcpSession(fake.address, times)()
    if ('reason' in session) throw new Error(session.reason)
    expect(await session.read(1000)).toBeUndefined()
    expect(await session.write(label)).toEqual({
      reason: `${fake.address}: closed the connection before the end of the job`,
      nothingLeft: true,
    })
    await session.close('unanswered')
  })

  it('does not know about a job that the printer stopped reading', async () => {
    fake.fault = { kind: 'neverReads' }
    const outcome = await send(huge)
    expect(outcome).toMatchObject({ kind: 'unknown' })
    expect(JSON.stringify(outcome)).toMatch(/took no more after \d+ of \d+ bytes/)
  })

  it('knows that nothing was sent where nobody listens', async () => {
    const { address } = fake
    await fake.close()
    const outcome = await createTcpPrinter(address, times).send(label)
    expect(outcome).toEqual({ kind: 'notSent', reason: `${address}: refused the connection (ECONNREFUSED)` })
  })

  it.skipIf(process.platform === 'win32')('knows that nothing was sent where nobody answers', async () => {
    const deaf = await startDeaf()
    try {
      const outcome = await createTcpPrinter(deaf.address, times).send(label)
      expect(outcome).toEqual({ kind: 'notSent', reason: `${deaf.address}: no connection within 400 ms` })
    } finally {
      deaf.close()
    }
  })

  it.each(['', ' ', 'a b', 'http://10.0.0.9', '10.0.0.9:0', '10.0.0.9:99999', 'no-such-host.invalid:9100'])(
    'knows that nothing was sent to %j',
    async (address) => {
      expect(await createTcpPrinter(address, times).send(label)).toMatchObject({ kind: 'notSent' })
    },
  )
})

it.each([
  ['10.0.0.9', { host: '10.0.0.9', port: 9100 }],
  ['zebra-3.local:6101', { host: 'zebra-3.local', port: 6101 }],
  ['[fe80::1%eth0]:9100', { host: 'fe80::1%eth0', port: 9100 }],
  ['[::1]', { host: '::1', port: 9100 }],
  ['10.0.0.9:70000', undefined],
  ['::1', undefined],
])('reads the address %s', (text, address) => {
  expect(parseTcpAddress(text)).toEqual(address)
})
