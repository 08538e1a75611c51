import { createHash } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import type { Transport } from '#shared/rpc/transport.ts'
import type { CoreEvent, FromCore, ToCore } from '#shared/rpc/wire.ts'
import { fail, type Result } from '#shared/support/result.ts'
import { lineSplitter } from './lines.ts'

/**
 * The way in beside a running core, for a command line of the same user: one JSON message a line over a socket that
 * only this user may open. The core's file is never opened a second time.
 */
export function socketPath(dataDir: string): string {
  const folder = resolve(dataDir)
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\packbench-${hash}`
  const beside = join(folder, 'core.sock')
  // A socket's path has room for about a hundred bytes (unix(7), sun_path).
  return Buffer.byteLength(beside) < 100 ? beside : join(tmpdir(), `packbench-${hash}.sock`)
}

interface Served {
  dispatch(name: string, input: unknown): Promise<Result<unknown>>
  subscribe(listener: (event: CoreEvent) => void): () => void
  close(): void
}

export async function serveSocket(dataDir: string, connect: () => Served): Promise<{ close(): void }> {
  const path = socketPath(dataDir)
  // Whoever holds the folder's lock owns the path: what lies there is of a core that died.
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    const session = connect()
    const send = (message: FromCore) => {
      if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
    }
    const stop = session.subscribe((event) => send({ kind: 'event', event }))
    readLines(socket, (line) => {
      const call = parseCall(line)
      if (call === null) {
        socket.destroy()
        return
      }
      void session
        .dispatch(call.name, call.input)
        .then((result) => send({ kind: 'answer', id: call.id, result }))
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      stop()
      session.close()
    })
  })
  const before = process.umask(0o177)
  try {
    await new Promise<void>((done, broken) => {
      server.once('error', broken)
      server.listen(path, done)
    })
  } finally {
    process.umask(before)
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  server.unref()
  return {
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** Connects to the core that owns the folder; null when none listens there. */
export function connectSocket(dataDir: string): Promise<(Transport & { close(): void }) | null> {
  return new Promise((done) => {
    const socket = createConnection(socketPath(dataDir))
    socket.once('error', () => done(null))
    socket.once('connect', () => done(overSocket(socket)))
  })
}

function overSocket(socket: Socket): Transport & { close(): void } {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const listeners = new Set<Parameters<Transport['subscribe']>[0]>()
  let last = 0
  const lost = fail('core.lost', 'The connection to the core was lost before it answered')
  readLines(socket, (line) => {
    const message = JSON.parse(line) as FromCore
    if (message.kind === 'event') {
      for (const listener of listeners) listener(message.event)
      return
    }
    waiting.get(message.id)?.(message.result)
    waiting.delete(message.id)
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    for (const answer of waiting.values()) answer(lost)
    waiting.clear()
    for (const listener of listeners) listener({ type: 'connection', state: 'down' })
  })
  return {
    call: (name, input) =>
      new Promise((answer) => {
        if (!socket.writable) {
          answer(lost)
          return
        }
        last += 1
        waiting.set(last, answer)
        socket.write(`${JSON.stringify({ kind: 'call', id: last, name, input } satisfies ToCore)}\n`)
      }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => socket.end(),
  }
}

function readLines(socket: Socket, take: (line: string) => void): void {
  const lines = lineSplitter(take)
  socket.on('data', (piece: Buffer) => lines.push(piece))
}

function parseCall(line: string): ToCore | null {
  try {
    const message = JSON.parse(line) as Partial<Record<keyof ToCore, unknown>> | null
    if (message?.kind !== 'call' || !Number.isSafeInteger(message.id) || typeof message.name !== 'string')
      return null
    return { kind: 'call', id: Number(message.id), name: message.name, input: message.input }
  } catch {
    return null
  }
}
