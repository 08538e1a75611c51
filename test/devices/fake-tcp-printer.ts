import { createServer, type Socket } from 'node:net'

/** What the fake does with the next connections. Numbers are bytes read before it happens. */
export type TcpFault =
  | { readonly kind: 'resetAt' | 'closeAt'; readonly bytes: number }
  | { readonly kind: 'neverReads' | 'neverCloses' | 'slow' | 'talks' }

export interface FakeTcpPrinter {
  readonly address: string
  fault: TcpFault | undefined
  /** What each ended session brought, whole or in part. */
  readonly sessions: readonly Buffer[]
  /** The most sessions that were open at one time. */
  readonly mostAtOnce: number
  close(): Promise<void>
}

/** A printer's raw socket on 127.0.0.1 that closes when its client has. */
export async function startFakeTcpPrinter(): Promise<FakeTcpPrinter> {
  const open = new Set<Socket>()
  const sessions: Buffer[] = []
  let mostAtOnce = 0
  let fault: TcpFault | undefined
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    mostAtOnce = Math.max(mostAtOnce, open.size)
    const parts: Buffer[] = []
    let bytes = 0
    const mood = fault
    socket.on('error', () => undefined)
    let kept = false
    const keep = () => {
      if (!kept) sessions.push(Buffer.concat(parts))
      kept = true
    }
    socket.on('close', () => {
      open.delete(socket)
      keep()
    })
    if (mood?.kind === 'neverReads') return void socket.pause()
    if (mood?.kind === 'resetAt' && mood.bytes === 0) return void socket.resetAndDestroy()
    if (mood?.kind === 'closeAt' && mood.bytes === 0) return void socket.destroy()
    if (mood?.kind === 'talks') socket.write('\u0002030,0,0,1245,000,0,0,0,000,0,0,0\u0003\r\n'.repeat(100))
    socket.on('data', (part) => {
      parts.push(part)
      bytes += part.length
      if (mood?.kind === 'resetAt' && bytes >= mood.bytes) socket.resetAndDestroy()
      else if (mood?.kind === 'closeAt' && bytes >= mood.bytes) socket.destroy()
      else if (mood?.kind === 'slow') {
        socket.pause()
        setTimeout(() => socket.resume(), 20)
      }
    })
    socket.on('end', () => {
      keep()
      if (mood?.kind !== 'neverCloses') socket.end()
    })
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  return {
    address: `127.0.0.1:${bound.port}`,
    get fault() {
      return fault
    },
    set fault(next) {
      fault = next
    },
    sessions,
    get mostAtOnce() {
      return mostAtOnce
    },
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
