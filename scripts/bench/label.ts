import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { createApp } from '#electron/app/create-app.ts'
import { createLabelPress } from '#electron/labels/index.ts'
import type { LabelMedia, ShippingLabel } from '#electron/ports/label-press.ts'
import type { ScanAnswer } from '#shared/contract/packing.ts'
import { slotCode } from '#shared/domain/packing/codes.ts'
import { printerLanguages } from '#shared/domain/devices/printer-languages.ts'
import type { Result } from '#shared/support/result.ts'
import { atMost, percentile, type Figure } from './figure.ts'
import { sampleLabels } from './sample-labels.ts'
import { bigWarehouse, ordersOfWave, scratchFolder, size } from './warehouse.ts'

const media: LabelMedia = { widthMm: 100, heightMm: 150, dpi: 203 }
const warmUp = 20
const measured = 200

/**
 * TARGETS V4: 200 different labels after 20, each drawn once, so that letters that were not seen before are paid for.
 * The other side draws the same words with the canvas alone, without barcodes, and packs them as PNG.
 */
export async function benchLabel(): Promise<Figure[]> {
  const press = createLabelPress()
  press.warm()
  const renders: number[] = []
  const encodes: number[] = []
  const sizes: number[] = []
  const others: number[] = []
  const languages = printerLanguages.filter((language) => language !== 'zpl')
  const inLanguage = new Map(languages.map((language) => [language, [] as number[]]))
  for (const [index, label] of sampleLabels(warmUp + measured).entries()) {
    const start = performance.now()
    const { bitmap } = press.render(label, media)
    const drawn = performance.now()
    const job = press.encode(bitmap, 'zpl', { copies: 1, dpi: 203 })
    const packed = performance.now()
    drawByCanvas(label)
    const other = performance.now()
    for (const language of languages) {
      const begun = performance.now()
      press.encode(bitmap, language, { copies: 1, dpi: 203 })
      if (index >= warmUp) inLanguage.get(language)?.push(performance.now() - begun)
    }
    if (index < warmUp) continue
    others.push(other - packed)
    renders.push(drawn - start)
    encodes.push(packed - drawn)
    sizes.push(job.length)
  }
  const ms = (values: readonly number[], share: number) => percentile(values, share).toFixed(1)
  return [
    atMost(
      'V4.render.p50',
      percentile(renders, 0.5),
      'ms',
      20,
      `canvas fillText of the same words + toBuffer PNG, no barcodes: ${ms(others, 0.5)} ms p50` +
        ` (ours p95 ${ms(renders, 0.95)} ms; then p50 of ZPL Z64 ${ms(encodes, 0.5)} ms` +
        `${languages.map((language) => `, ${language} ${ms(inLanguage.get(language) ?? [], 0.5)} ms`).join('')})`,
    ),
    atMost(
      'V4.bytes',
      percentile(sizes, 0.5),
      'bytes',
      15_360,
      `p50 of ${measured} labels; p95 ${percentile(sizes, 0.95)}, largest ${Math.max(...sizes)}`,
    ),
    await firstByte(),
  ]
}

const ordersBefore = 30
const ordersTimed = 200

/**
 * From the last scan of an order (as it leaves the page's side of the core) to the first byte of its label at a
 * printer on TCP, in the big warehouse, warm. The printer is a process of its own and reads the same steady clock.
 */
async function firstByte(): Promise<Figure> {
  using scratch = scratchFolder()
  await bigWarehouse(scratch.path)
  const printer = fork(join(import.meta.dirname, 'paper-printer.ts'), [], { execArgv: [] })
  const app = await createApp({ dataDir: scratch.path })
  try {
    const [port] = (await once(printer, 'message')) as [number]
    // With a page open the printers are asked how they are, in the same queue as the jobs.
    app.connect('page')
    const session = app.connect('cli')
    const call = async <T>(name: string, input: unknown): Promise<T> => {
      const result = (await session.dispatch(name, input)) as Result<T>
      if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
      return result.value
    }
    const about = { transport: 'tcp', address: `127.0.0.1:${port}`, language: 'zpl', dpi: 203 }
    await call('devices.savePrinter', { name: 'paper', ...about, widthMm: 100, heightMm: 150 })
    await call('packing.setBench', { bench: 'bench-1', printer: 'paper' })
    const times: number[] = []
    const direct: number[] = []
    for (let index = 0; index < ordersBefore + ordersTimed; index += 1) {
      const order = ordersOfWave(1 + Math.floor(index / size.slots))[index % size.slots]
      if (order === undefined) throw new Error('there is no such slot')
      const codes = [slotCode(order.wave, order.slot), ...order.codes]
      for (const [at, code] of codes.entries()) {
        const arrived = at === codes.length - 1 ? once(printer, 'message') : null
        const scanned = process.hrtime.bigint()
        const scan = { bench: 'bench-1', mode: 'pack', gesture: randomUUID(), code }
        const { verdict } = await call<ScanAnswer>('packing.scan', scan)
        if (arrived === null) continue
        if (verdict !== 'complete') throw new Error(`the last scan was ${verdict}`)
        const [came] = (await arrived) as [string]
        const bare = await oneByte(port, printer)
        if (index < ordersBefore) continue
        times.push(Number(BigInt(came) - scanned) / 1e6)
        direct.push(bare)
      }
    }
    return atMost(
      'V4.firstByte.p95',
      percentile(times, 0.95),
      'ms',
      60,
      `a bare TCP connection to the same printer with one byte: ${percentile(direct, 0.95).toFixed(1)} ms p95` +
        ` (ours p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms; ${ordersTimed}` +
        ` orders in 1,000,000 lines, label drawn after the scan is durable)`,
    )
  } finally {
    await app.close()
    printer.kill()
  }
}

async function oneByte(port: number, printer: ChildProcess): Promise<number> {
  const arrived = once(printer, 'message')
  const start = process.hrtime.bigint()
  const socket = connect(port, '127.0.0.1', () => socket.end('.'))
  const [came] = (await arrived) as [string]
  return Number(BigInt(came) - start) / 1e6
}

function drawByCanvas(label: ShippingLabel): void {
  const canvas = createCanvas(800, 1200)
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, 800, 1200)
  pen.fillStyle = '#000'
  const { courier, waybill, receiver, sender, orderNumber, shop, slot, contents, note } = label
  const words = [courier, shop, slot, waybill, receiver.name, receiver.phone, receiver.address, sender, note]
  for (const [line, text] of [...words, ...contents, orderNumber].entries()) {
    pen.font = "38px 'Packbench Label Bold'"
    pen.fillText(text, 24, 60 + line * 70)
  }
  canvas.toBuffer('image/png')
}
