import { createCanvas } from '@napi-rs/canvas'
import { createLabelPress } from '#electron/labels/index.ts'
import type { LabelMedia, ShippingLabel } from '#electron/ports/label-press.ts'
import { atMost, percentile, type Figure } from './figure.ts'
import { sampleLabels } from './sample-labels.ts'

const media: LabelMedia = { widthMm: 100, heightMm: 150, dpi: 203 }
const warmUp = 20
const measured = 200

/**
 * TARGETS V4: 200 different labels after 20, each drawn once, so that letters that were not seen before are paid for.
 * The other side draws the same words with the canvas alone, without barcodes, and packs them as PNG.
 */
export function benchLabel(): Promise<Figure[]> {
  const press = createLabelPress()
  press.warm()
  const renders: number[] = []
  const encodes: number[] = []
  const sizes: number[] = []
  const others: number[] = []
  for (const [index, label] of sampleLabels(warmUp + measured).entries()) {
    const start = performance.now()
    const { bitmap } = press.render(label, media)
    const drawn = performance.now()
    const job = press.encode(bitmap, 'zpl', { copies: 1 })
    const packed = performance.now()
    drawByCanvas(label)
    if (index < warmUp) continue
    others.push(performance.now() - packed)
    renders.push(drawn - start)
    encodes.push(packed - drawn)
    sizes.push(job.length)
  }
  const ms = (values: readonly number[], share: number) => percentile(values, share).toFixed(1)
  return Promise.resolve([
    atMost(
      'V4.render.p50',
      percentile(renders, 0.5),
      'ms',
      20,
      `canvas fillText of the same words + toBuffer PNG, no barcodes: ${ms(others, 0.5)} ms p50` +
        ` (ours p95 ${ms(renders, 0.95)} ms, ZPL Z64 ${ms(encodes, 0.5)} ms more)`,
    ),
    atMost(
      'V4.bytes',
      percentile(sizes, 0.5),
      'bytes',
      15_360,
      `p50 of ${measured} labels; p95 ${percentile(sizes, 0.95)}, largest ${Math.max(...sizes)}`,
    ),
  ])
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
