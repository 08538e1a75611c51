/**
 * Devices for people without hardware. Own code that shares nothing with the adapters, so that tests may believe it.
 *
 *   npm run simulate -- printer [--port 9100] [--out DIR] [--fault refuse|reset-after=N|silent|slow]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

type Fault =
  | { readonly kind: 'none' | 'refuse' | 'silent' | 'slow' }
  | { readonly kind: 'resetAfter'; readonly bytes: number }

const usage =
  'usage: npm run simulate -- printer [--port 9100] [--out DIR] [--fault refuse|reset-after=N|silent|slow]'

function readFault(text: string | undefined): Fault | undefined {
  if (text === undefined) return { kind: 'none' }
  if (text === 'refuse' || text === 'silent' || text === 'slow') return { kind: text }
  const bytes = /^reset-after=(\d+)$/.exec(text)?.[1]
  return bytes === undefined ? undefined : { kind: 'resetAfter', bytes: Number(bytes) }
}

/** Keeps every job in `out`; a job is what one connection sent. */
function startPrinter(port: number, out: string, fault: Fault): void {
  mkdirSync(out, { recursive: true })
  let jobs = 0
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const parts: Buffer[] = []
    let bytes = 0
    socket.on('error', () => undefined) // a client that hangs up is told by its 'close'
    if (fault.kind === 'refuse') {
      socket.resetAndDestroy()
      return
    }
    socket.on('data', (part) => {
      parts.push(part)
      bytes += part.length
      if (fault.kind === 'resetAfter' && bytes >= fault.bytes) socket.resetAndDestroy()
      if (fault.kind === 'slow') pauseFor(socket, 200)
    })
    if (fault.kind === 'silent') socket.pause()
    socket.on('close', () => {
      if (bytes === 0) return
      jobs += 1
      const file = join(out, `${String(jobs).padStart(4, '0')}.bin`)
      writeFileSync(file, Buffer.concat(parts))
      console.log(`job ${jobs}: ${bytes} bytes from ${socket.remoteAddress ?? '?'} -> ${file}`)
    })
    socket.on('end', () => socket.end())
  })
  server.on('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  server.listen(port, () => {
    const address = server.address()
    const listening = typeof address === 'object' && address !== null ? address.port : port
    console.log(`printer: listening on port ${listening}, jobs go to ${out}, fault: ${fault.kind}`)
  })
}

function pauseFor(socket: Socket, milliseconds: number): void {
  socket.pause()
  setTimeout(() => socket.resume(), milliseconds)
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '9100' },
    out: { type: 'string', default: '.cache/printed' },
    fault: { type: 'string' },
  },
})
const fault = readFault(values.fault)
const port = Number(values.port)
if (positionals[0] !== 'printer' || fault === undefined || !Number.isInteger(port)) {
  console.error(usage)
  process.exitCode = 2
} else {
  startPrinter(port, values.out, fault)
}
