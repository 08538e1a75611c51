import { createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createOpenComponent } from '#electron/devices/print-components/open-component.ts'
import { startComponent } from '#scripts/simulate/component.ts'
import { componentTask } from '#test/support/component-tasks.ts'

/** Takes connections and says nothing, as a component that hangs, or another program at that port. */
let address = ''
const sockets = new Set<Socket>()
const deaf = createServer((socket) => {
  sockets.add(socket)
  socket.on('error', () => undefined)
  socket.on('close', () => sockets.delete(socket))
  socket.resume()
})
beforeEach(async () => {
  await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve))
  const bound = deaf.address()
  address = typeof bound === 'object' && bound !== null ? `ws://127.0.0.1:${bound.port}/` : ''
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => deaf.close(resolve))
})

const task = componentTask('cainiao', 't1')

it('nothing is sent to one who never shakes hands', async () => {
  const component = createOpenComponent({ times: { connect: 100 } })('cainiao', address)
  expect(await component.print(task)).toEqual({
    kind: 'notSent',
    reason: `${address}: no connection within 100 ms`,
  })
  await expect.poll(() => sockets.size).toBe(0)
  expect(await component.printers()).toMatchObject({ kind: 'absent' })
})

it('closing while it connects leaves no connection and writes nothing', async () => {
  const component = createOpenComponent({ times: { connect: 60_000 } })('cainiao', address)
  const outcome = component.print(task)
  await expect.poll(() => sockets.size).toBe(1)
  component.close()
  expect(await outcome).toMatchObject({ kind: 'notSent' })
  await expect.poll(() => sockets.size).toBe(0)
})

it('closing in the moment of connecting writes nothing either', async () => {
  const simulated = await startComponent({ platform: 'cainiao', port: 0, pace: 1 })
  const component = createOpenComponent()('cainiao', simulated.url)
  const outcome = component.print(task)
  await new Promise((resolve) => setImmediate(resolve)) // it has begun to connect
  component.close()
  expect(await outcome).toMatchObject({ kind: 'notSent' })
  await expect.poll(() => simulated.clients).toBe(0)
  expect(simulated.received).toEqual([])
  await simulated.close()
})

it.each(['localhost:13528', 'http://localhost', 'ws://', 'ws://a b', 'ws://127.0.0.1:99999', 'x'])(
  'nothing is sent to %j',
  async (wrong) => {
    const outcome = await createOpenComponent()('cainiao', wrong).print(task)
    expect(outcome).toMatchObject({ kind: 'notSent', reason: expect.stringContaining(wrong) as string })
  },
)
