import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { lineFaultUsage, openLine, readLineFaults } from './line.ts'

export const usage = `npm run simulate -- scale [--protocol toledo|cas|request] [--port PATH] [--fault ${lineFaultUsage}]…
  A scale on a serial port. Lines typed here: "1250" puts 1250 g on it, "1250?" the same and moving, "tare 250",
  "over", "under", "off", "on", "unplug", "plug".`

interface Load {
  readonly grams: number
  readonly moving: boolean
  readonly tare: number
  readonly out: 'over' | 'under' | undefined
  readonly on: boolean
}

/** Frames as the manuals draw them, kilograms with three decimals. */
const frames: Readonly<Record<string, (load: Load) => Buffer>> = {
  toledo({ grams, moving, tare, out }) {
    const net = grams - tare
    const b =
      0x30 |
      (tare > 0 ? 1 : 0) |
      (net < 0 || out === 'under' ? 2 : 0) |
      (out === undefined ? 0 : 4) |
      (moving ? 8 : 0)
    const field = (value: number) => String(Math.abs(value)).padStart(6, '0')
    return Buffer.from(`\u0002-${String.fromCharCode(b)} ${field(net)}${field(tare)}\r`, 'latin1')
  },
  cas({ grams, moving, tare, out }) {
    const net = grams - tare
    const state = out === undefined ? (moving ? 'US' : 'ST') : 'OL'
    const sign = net < 0 || out === 'under' ? '-' : ' '
    const value = `${sign}${(Math.abs(net) / 1000).toFixed(3).padStart(7)}`
    return Buffer.from(`${state},${tare > 0 ? 'NT' : 'GS'},1\u00c1,${value} kg\r\n`, 'latin1')
  },
  request({ grams, moving, tare, out }) {
    if (out !== undefined) return Buffer.from(`S ${out === 'over' ? '+' : '-'}\r\n`)
    return Buffer.from(`S ${moving ? 'D' : 'S'} ${((grams - tare) / 1000).toFixed(3).padStart(10)} kg\r\n`)
  },
}

export async function run(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      protocol: { type: 'string', default: 'toledo' },
      port: { type: 'string', default: join(tmpdir(), 'packbench-scale') },
      fault: { type: 'string', multiple: true, default: [] },
    },
  })
  const frame = frames[values.protocol]
  const faults = readLineFaults(values.fault)
  if (frame === undefined || faults === undefined) return false

  let load: Load = { grams: 0, moving: false, tare: 0, out: undefined, on: true }
  let speaking = false
  const speak = async () => {
    if (!load.on || speaking) return // a slow line is not given a second frame before the first is out
    speaking = true
    await line.say(frame(load))
    speaking = false
  }
  let asked = ''
  const line = await openLine(values.port, faults, (bytes) => {
    asked = `${asked}${bytes.toString('latin1')}`.slice(-64)
    if (values.protocol !== 'request' || !asked.includes('SI\r\n')) return
    asked = ''
    void speak()
  })
  const stream = values.protocol === 'request' ? undefined : setInterval(() => void speak(), 200)
  console.log(`scale: plugged in as ${values.port}, speaks ${values.protocol}; type grams and Enter`)
  for await (const typed of createInterface(process.stdin)) {
    if (typed === 'unplug') await line.unplug()
    else if (typed === 'plug') await line.plug()
    else load = changed(load, typed.trim())
    console.log(
      `${load.grams} g, tare ${load.tare} g${load.moving ? ', moving' : ''}${load.on ? '' : ', off'}`,
    )
  }
  clearInterval(stream)
  await line.unplug()
  return true
}

function changed(load: Load, typed: string): Load {
  const [, tare] = /^tare (\d{1,6})$/.exec(typed) ?? []
  const [, grams, moving] = /^(-?\d{1,6})(\?)?$/.exec(typed) ?? []
  if (tare !== undefined) return { ...load, tare: Number(tare) }
  if (grams !== undefined)
    return { ...load, grams: Number(grams), moving: moving !== undefined, out: undefined }
  if (typed === 'over' || typed === 'under') return { ...load, out: typed }
  if (typed === 'on' || typed === 'off') return { ...load, on: typed === 'on' }
  return load
}
