/** A network printer without paper. Own code that shares nothing with the adapters, so that tests may believe it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { readFault, type WireFault } from './printer-faults.ts'
import { type Language, speeches, type Trouble } from './printer-languages.ts'

export interface PrinterOptions {
  /** 0, the default: any free port. */
  readonly port?: number
  readonly host?: string
  readonly language?: Language
  /** Gets one file for each label that came out, `0001.bin` and so on. */
  readonly out?: string
  /** Milliseconds from one label to the next. */
  readonly labelMs?: number
  /** ZPL: nothing is said to `~HS` in trouble, as by current firmware. True when not said. */
  readonly muteInTrouble?: boolean
  readonly say?: (line: string) => void
}

export interface SimulatedPrinter {
  readonly address: string
  readonly port: number
  /** The bytes of each label that came out, in order, without the questions among them. */
  readonly labels: readonly Buffer[]
  /** The most connections that were open at one time. */
  readonly mostAtOnce: number
  /** Puts a fault on, or `ok`, which takes all away; false for an unknown word (`printer-faults.ts`). */
  fault(text: string): Promise<boolean>
  close(): Promise<void>
}

export async function startSimulatedPrinter(options: PrinterOptions = {}): Promise<SimulatedPrinter> {
  const { host = '127.0.0.1', language = 'raw', labelMs = 300, muteInTrouble = true, out } = options
  const say = options.say ?? (() => undefined)
  const speech = speeches[language]
  const troubles = new Set<Trouble>()
  const labels: Buffer[] = []
  const waiting: Buffer[] = []
  const connections = new Set<Socket>()
  let mostAtOnce = 0
  let current: Buffer | undefined
  let paper = Infinity
  let paperBytes = Infinity
  let wire: WireFault | undefined
  if (out !== undefined) mkdirSync(out, { recursive: true })

  /** The label at the head stays there while something is wrong, and comes out whole when that is over. */
  function feed(): void {
    if (current !== undefined || troubles.size > 0) return
    current = waiting.shift()
    if (current !== undefined) setTimeout(comeOut, labelMs)
  }
  function comeOut(): void {
    if (current === undefined) return
    if (troubles.size === 0 && paper <= 0) troubles.add('paper-out')
    if (troubles.size > 0) {
      waiting.unshift(current)
      current = undefined
      return
    }
    paper -= 1
    labels.push(current)
    const file = out === undefined ? '' : join(out, `${String(labels.length).padStart(4, '0')}.bin`)
    if (file !== '') writeFileSync(file, current)
    say(`label ${labels.length}: ${current.length} bytes ${file}`.trim())
    current = undefined
    feed()
  }
  function queue(bytes: Buffer, copies: number): void {
    for (let copy = 0; copy < copies; copy += 1) waiting.push(bytes)
    feed()
  }

  function serve(socket: Socket): void {
    connections.add(socket)
    socket.setNoDelay(true)
    mostAtOnce = Math.max(mostAtOnce, connections.size)
    const mood = wire
    let count = 0
    let heard: Buffer = Buffer.alloc(0)
    /** Bytes of a label in front of a question that came into its middle. */
    let before: Buffer[] = []

    const answer = (question: string) => {
      if (speech === undefined || mood?.kind === 'silent') return
      const state = { troubles, waiting: waiting.length, printing: current !== undefined, muteInTrouble }
      const whole = speech.answer(question, state)
      const middle = Math.ceil(whole.length / 2)
      socket.write(whole.subarray(0, middle)) // in two pieces, as networks do
      if (mood?.kind !== 'half' && middle < whole.length) {
        setTimeout(() => socket.writable && socket.write(whole.subarray(middle)), 5)
      }
    }
    const listen = () => {
      if (speech === undefined) return
      for (let next = speech.listen(heard); next.kind !== 'more'; next = speech.listen(heard)) {
        if (next.kind === 'ask') {
          before.push(heard.subarray(0, next.at))
          heard = heard.subarray(next.at + next.used)
          answer(next.question)
        } else {
          const label = Buffer.concat([...before, heard.subarray(0, next.used)])
          before = []
          heard = heard.subarray(next.used)
          queue(trimStart(label), next.copies)
        }
      }
    }
    const over = () => {
      if (speech === undefined && heard.length > 0) queue(heard, 1)
      heard = Buffer.alloc(0)
    }
    socket.on('error', () => undefined) // a client that hangs up is told by its 'close'
    socket.on('close', () => {
      connections.delete(socket)
      over()
    })
    socket.on('end', () => {
      over()
      if (mood?.kind !== 'neverCloses') socket.end()
    })
    if (mood?.kind === 'stall') {
      socket.pause()
      return
    }
    const limit = mood?.kind === 'resetAfter' || mood?.kind === 'closeAfter' ? mood.bytes : Infinity
    const breakOff = () => (mood?.kind === 'resetAfter' ? socket.resetAndDestroy() : socket.destroy())
    if (limit === 0) breakOff()
    socket.on('data', (part: Buffer) => {
      const start = count
      count += part.length
      const kept = part.subarray(0, Math.max(0, limit - start))
      paperBytes -= kept.length
      if (paperBytes <= 0) troubles.add('paper-out')
      heard = Buffer.concat([heard, mood?.kind === 'drop' ? without(kept, start, mood.bytes) : kept])
      listen()
      if (count >= limit) breakOff()
      else if (mood?.kind === 'slow') {
        socket.pause()
        setTimeout(() => socket.resume(), 20)
      }
    })
  }

  let server = await listenOn(options.port ?? 0, host, serve)
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  const { port } = bound
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))

  return {
    port,
    address: `127.0.0.1:${port}`,
    labels,
    get mostAtOnce() {
      return mostAtOnce
    },
    async fault(text) {
      const fault = readFault(text)
      if (fault === undefined) return false
      if (fault.kind === 'trouble') troubles.add(fault.trouble)
      else if (fault.kind === 'paperFor') paper = fault.labels
      else if (fault.kind === 'paperForBytes') paperBytes = fault.bytes
      else if (fault.kind === 'wire') wire = fault.wire
      else {
        troubles.clear()
        wire = undefined
        paper = Infinity
        paperBytes = Infinity
        feed()
      }
      if (wire?.kind === 'refuse') {
        for (const socket of connections) socket.destroy()
        await stop()
      } else if (!server.listening) server = await listenOn(port, host, serve)
      return true
    },
    async close() {
      for (const socket of connections) socket.destroy()
      waiting.length = 0
      current = undefined
      await stop()
    },
  }
}

async function listenOn(port: number, host: string, serve: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, serve)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}

/** Without line ends that belong to what came before. */
function trimStart(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0x0a && byte !== 0x0d)
  return first < 0 ? Buffer.alloc(0) : bytes.subarray(first)
}

function without(bytes: Buffer, start: number, every: number): Buffer {
  return Buffer.from(bytes.filter((_, at) => (start + at + 1) % every !== 0))
}
