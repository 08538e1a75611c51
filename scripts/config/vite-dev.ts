/**
 * The page with hot reload over a real core, for work on the screens: `node scripts/config/vite-dev.ts [DATA] [PORT]`.
 * Prints the address with this run's token. Development only: the loopback host proper is electron/hosts/loopback.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { createServer, type Plugin } from 'vite'
import { type App, createApp } from '#electron/app/create-app.ts'

const [dataDir = join(tmpdir(), 'packbench-dev'), port = '5199'] = process.argv.slice(2)
const token = process.env['PACKBENCH_DEV_TOKEN'] ?? randomUUID()
const largestCall = 8_000_000

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > largestCall) throw new Error('the call is too large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function core(app: App): Plugin {
  const session = app.connect()
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { name, input } = JSON.parse(await bodyOf(request)) as { name: string; input: unknown }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(await session.dispatch(name, input)))
  }
  const stream = (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('content-type', 'application/x-ndjson')
    response.write('\n')
    const stop = session.subscribe((event) => response.write(`${JSON.stringify(event)}\n`))
    request.on('close', stop)
  }
  return {
    name: 'packbench-core',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split('?')[0]
        if (path !== '/rpc' && path !== '/events') return next()
        if (request.headers.authorization !== `Bearer ${token}`) {
          response.statusCode = 401
          return response.end()
        }
        if (path === '/events') return stream(request, response)
        answer(request, response).catch((error: unknown) => {
          response.statusCode = 400
          response.end(String(error))
        })
      })
    },
  }
}

const root = join(import.meta.dirname, '../..')
const app = await createApp({ dataDir, checkAnswers: true })
const server = await createServer({
  root: join(root, 'renderer'),
  configFile: false,
  cacheDir: join(root, '.cache/vite-dev'),
  plugins: [react(), core(app)],
  server: { host: '127.0.0.1', port: Number(port), strictPort: true, fs: { allow: [root] } },
})
await server.listen()
console.log(`http://127.0.0.1:${port}/#token=${token}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server
      .close()
      .then(() => app.close())
      .then(() => process.exit(0))
  })
}
