import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectSocket } from '#electron/rpc/local-socket.ts'
import { slotCode } from '#shared/domain/packing/codes.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import { atMost, percentile, type Figure } from './figure.ts'
import { writeOrderFile } from './order-file.ts'
import { bigWarehouse, ordersOfWave, scratchFolder, size, waveId } from './warehouse.ts'
import { type OpenWindow, prepareWindows, root } from './window.ts'

const warmUp = 40
const measured = 440
const importedLines = 20_000

interface Timed {
  /** Milliseconds after the Enter key's own time stamp. */
  readonly sound: number | null
  readonly frame: number
}

/**
 * TARGETS V1: real key events into the real window, in the big warehouse, while one import follows the other and
 * pick lists are printed. `frame` is when the frame that shows the answer was committed: the first task after the
 * animation frame in which the page changed. The display's own delay comes on top and is not ours.
 */
export async function benchPage(): Promise<Figure[]> {
  using scratch = scratchFolder()
  const data = join(scratch.path, 'data')
  mkdirSync(data)
  await bigWarehouse(data)
  const windows = await prepareWindows()
  try {
    const window = await windows.open(root, ['--data', data])
    await window.send('Page.enable')
    await window.send('Page.addScriptToEvaluateOnNewDocument', { source: probe })
    await window.evaluate(`location.hash = '#/bench'`)
    await window.send('Page.reload')
    await window.evaluate(benchIsThere)
    const transport = await connectSocket(data)
    if (transport === null) throw new Error('no core answers')
    const stop = new AbortController()
    const busy = keepBusy(createClient(transport), scratch.path, stop.signal)
    const timed = await scanAll(window)
    stop.abort()
    const beside = await busy
    const floor = timed.floor
    transport.close()
    await window.close()
    return figures(timed.scans, floor, beside)
  } finally {
    windows.close()
  }
}

function figures(scans: readonly Timed[], floor: readonly number[], beside: Busy): Figure[] {
  const frames = scans.map(({ frame }) => frame)
  const sounds = scans.flatMap(({ sound }) => sound ?? [])
  const ms = (values: readonly number[], share: number) => percentile(values, share).toFixed(1)
  const against =
    `a key that only changes a text of the same page, in turns: ${ms(floor, 0.5)} ms p50, ${ms(floor, 0.95)} p95,` +
    ` ${ms(floor, 0.99)} p99, ${ms(floor, 1)} max (ours p50 ${ms(frames, 0.5)}; ${frames.length} scans; Enter's time stamp to` +
    ` frame committed; beside: ${beside.imports} imports of ${importedLines} lines, ${beside.documents} pick lists; 1,000,000 lines)`
  return [
    atMost('V1.p95', percentile(frames, 0.95), 'ms', 25, against),
    atMost('V1.p99', percentile(frames, 0.99), 'ms', 33, against),
    atMost('V1.max', percentile(frames, 1), 'ms', 85, against),
    atMost(
      'V1.sound.p95',
      percentile(sounds, 0.95),
      'ms',
      50,
      `Enter's time stamp to the call that starts the first tone, ${sounds.length} scans; p50 ${ms(sounds, 0.5)} ms`,
    ),
  ]
}

interface Busy {
  readonly imports: number
  readonly documents: number
}

async function keepBusy(client: Client, folder: string, signal: AbortSignal): Promise<Busy> {
  let imports = 0
  let documents = 0
  const import1 = async () => {
    while (!signal.aborted) {
      const path = join(folder, `orders-${imports}.csv`)
      writeOrderFile(path, importedLines, `I${imports}-`)
      const source = { job: randomUUID(), kind: 'orders' as const, files: [{ path }], shop: '二号店' }
      const result = await client.call('imports.run', source)
      if (!result.ok) throw new Error(`import: ${result.error.message}`)
      imports += 1
    }
  }
  const print = async () => {
    while (!signal.aborted) {
      const wave = waveId(size.waves - (documents % 100))
      const result = await client.call('waves.pickList', { id: wave, paper: 'A4', language: 'zh-CN' })
      if (!result.ok) throw new Error(`pick list: ${result.error.message}`)
      documents += 1
      await sleep(1000)
    }
  }
  await Promise.all([import1(), print()])
  return { imports, documents }
}

async function scanAll(window: OpenWindow): Promise<{ scans: Timed[]; floor: number[] }> {
  const scans: Timed[] = []
  const floor: number[] = []
  for (let wave = 1; scans.length < warmUp + measured; wave += 1) {
    for (const order of ordersOfWave(wave)) {
      for (const code of [slotCode(order.wave, order.slot), ...order.codes]) {
        await window.evaluate('bench.expectScan()')
        await window.type(code)
        scans.push(await window.evaluate<Timed>('bench.done'))
        await window.evaluate('bench.expectKey()')
        await window.key('F9')
        floor.push((await window.evaluate<Timed>('bench.done')).frame)
        await sleep(10 + ((scans.length * 7) % 40)) // not in step with the frames
      }
    }
  }
  return { scans: scans.slice(warmUp, warmUp + measured), floor: floor.slice(warmUp, warmUp + measured) }
}

const benchIsThere = `new Promise((resolve) => {
  const look = () => document.querySelector('main[data-scene]') !== null ? resolve() : setTimeout(look, 20)
  look()
})`

/** Put into the page before its own code, so that it hears the keys first. */
const probe = `(() => {
  let finish, entered = 0, sound = null, waiting = null
  const bench = globalThis.bench = {
    done: null,
    expectScan() { waiting = 'scan'; sound = null; bench.done = new Promise((resolve) => { finish = resolve }) },
    expectKey() { waiting = 'key'; sound = null; bench.done = new Promise((resolve) => { finish = resolve }) },
  }
  const committed = () => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => finish({ sound, frame: performance.now() - entered })
    port2.postMessage(null)
  })
  addEventListener('keydown', (event) => {
    if (waiting === 'scan' && event.key === 'Enter') { entered = event.timeStamp; waiting = 'answer' }
    if (waiting === 'key' && event.key === 'F9') {
      entered = event.timeStamp
      waiting = null
      document.title = String(entered)
      const place = document.getElementById('bench-floor') ?? document.body.appendChild(Object.assign(document.createElement('i'), { id: 'bench-floor' }))
      place.textContent = String(entered)
      committed()
    }
  }, true)
  // The answer sounds first and is drawn next.
  const start = AudioScheduledSourceNode.prototype.start
  OscillatorNode.prototype.start = AudioBufferSourceNode.prototype.start = function (...parameters) {
    if (waiting === 'answer') { sound = performance.now() - entered; waiting = 'drawn' }
    return start.apply(this, parameters)
  }
  new MutationObserver(() => {
    if (waiting !== 'drawn') return
    waiting = null
    committed()
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
})()`
