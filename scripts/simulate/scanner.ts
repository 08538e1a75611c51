import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { lineFaultUsage, openLine, readLineFaults } from './line.ts'

export const usage = `npm run simulate -- scanner [--port PATH] [--end crlf|cr|lf|etx|none] [--aim ]C0] [--ack] [--fault ${lineFaultUsage}]…
  A scanner on a serial port: each line typed here is a scan. \\x1d and the like are control characters;
  the lines "unplug" and "plug" pull the plug and put it back.`

const ends: Readonly<Record<string, readonly [before: string, behind: string]>> = {
  crlf: ['', '\r\n'],
  cr: ['', '\r'],
  lf: ['', '\n'],
  etx: ['\u0002', '\u0003'],
  none: ['', ''],
}

export async function run(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: join(tmpdir(), 'packbench-scanner') },
      end: { type: 'string', default: 'crlf' },
      aim: { type: 'string', default: '' },
      ack: { type: 'boolean', default: false },
      fault: { type: 'string', multiple: true, default: [] },
    },
  })
  const end = ends[values.end]
  const faults = readLineFaults(values.fault)
  if (end === undefined || faults === undefined) return false

  let last: Buffer | undefined
  const line = await openLine(values.port, faults, (bytes) => {
    for (const byte of bytes) {
      console.log(byte === 0x06 ? 'acknowledged' : byte === 0x15 ? 'asked to say it again' : `got ${byte}`)
      if (byte === 0x15 && values.ack && last !== undefined) void line.say(last)
    }
  })
  console.log(`scanner: plugged in as ${values.port}; type a code and Enter`)
  for await (const typed of createInterface(process.stdin)) {
    if (typed === 'unplug') await line.unplug()
    else if (typed === 'plug') await line.plug()
    else {
      const [before, behind] = end
      last = Buffer.from(`${before}${values.aim}${unescaped(typed)}${behind}`, 'utf8')
      await line.say(last)
      continue
    }
    console.log(typed === 'plug' ? 'plugged in' : 'unplugged')
  }
  await line.unplug()
  return true
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
