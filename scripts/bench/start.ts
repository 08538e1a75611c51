import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { slotCode } from '#shared/domain/packing/codes.ts'
import { atMost, percentile, type Figure } from './figure.ts'
import { bigWarehouse, scratchFolder, size } from './warehouse.ts'
import { memoryOfTree, type OpenWindow, prepareWindows, root } from './window.ts'

const rounds = 7
const idleMs = 5_000

/**
 * TARGETS V9, in the big warehouse: from the start of the process to the frame with the answer to a first scan,
 * against the first painted frame of an empty window of the same runtime; then the memory of all processes, idle.
 */
export async function benchStart(): Promise<Figure[]> {
  using scratch = scratchFolder()
  const data = join(scratch.path, 'data')
  mkdirSync(data)
  await bigWarehouse(data)
  const empty = join(scratch.path, 'empty')
  writeEmptyApp(empty)
  const windows = await prepareWindows()
  const starts: [number[], number[]] = [[], []]
  const memory: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const ours = await windows.open(root, ['--data', data])
      const scanned = await firstScan(
        ours,
        slotCode(1 + Math.floor(round / size.slots), 1 + (round % size.slots)),
      )
      const idle = await memoryWhenIdle(ours)
      const bare = await windows.open(empty)
      const painted = await bare.evaluate<number>(firstPaint)
      const bareIdle = await memoryWhenIdle(bare)
      if (round === 0) continue // fills the system's file cache, and the app's own code cache
      starts[0].push(scanned - ours.startedAt)
      starts[1].push(painted - bare.startedAt)
      memory[0].push(idle)
      memory[1].push(bareIdle)
    }
  } finally {
    windows.close()
  }
  const median = (values: readonly number[]) => percentile(values, 0.5)
  const ms = (values: readonly number[]) => `${median(values).toFixed(0)} ms`
  const mb = (values: readonly number[]) => `${(median(values) / 2 ** 20).toFixed(0)} MB`
  return [
    atMost(
      'V9.start',
      median(starts[0]) / median(starts[1]),
      'x',
      1.5,
      `first paint of an empty window, same runtime and switches: ${ms(starts[1])} (ours to the answer of the first scan` +
        ` ${ms(starts[0])}, 1,000,000 lines); medians of ${rounds} in turns`,
    ),
    atMost(
      'V9.memory',
      median(memory[0]) / median(memory[1]),
      'x',
      1.3,
      `sum of PSS of all processes of the empty window after ${idleMs / 1000} s: ${mb(memory[1])} (ours ${mb(memory[0])}, core included)`,
    ),
  ]
}

function writeEmptyApp(folder: string): void {
  mkdirSync(folder)
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.cjs' }),
  )
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 860, show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  window.loadFile(__dirname + '/page.html')
})`,
  )
  writeFileSync(
    join(folder, 'page.html'),
    '<!doctype html><meta charset="utf-8"><title>empty</title><p>empty</p>',
  )
}

/** Wall clock of the first frame with something in it, by the browser's own record. */
const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint')
    if (entry) resolve(performance.timeOrigin + entry.startTime)
  }).observe({ type: 'paint', buffered: true })
})`

async function firstScan(window: OpenWindow, code: string): Promise<number> {
  // The bench is a place of the page; a station that packs stays on it.
  await window.evaluate(`location.hash = '#/bench'`)
  await window.evaluate(untilThere(`main[data-scene]`))
  const answered =
    window.evaluate<number>(`${untilThere('main[data-scene="order"]')}.then(() => new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
      port2.postMessage(null)
    })))`)
  await window.type(code)
  const at = await answered
  return at
}

const untilThere = (selector: string) => `new Promise((resolve) => {
  const look = () => document.querySelector(${JSON.stringify(selector)}) !== null && (resolve(), observer.disconnect())
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, childList: true, attributes: true })
  look()
})`

async function memoryWhenIdle(window: OpenWindow): Promise<number> {
  await sleep(idleMs)
  const bytes = memoryOfTree(window.pid)
  await window.close()
  return bytes
}
