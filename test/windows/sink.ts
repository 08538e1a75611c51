import { createServer } from 'node:net'

/** A printer that only listens: each connection is a job. */
export async function startSink() {
  const jobs: Buffer[] = []
  const server = createServer((socket) => {
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    socket.on('end', () => jobs.push(Buffer.concat(parts)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { jobs, port: typeof address === 'object' ? (address?.port ?? 0) : 0, close: () => server.close() }
}
