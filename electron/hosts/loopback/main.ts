/**
 * The core and the screens over HTTP on 127.0.0.1, for development, for browser tests and for a machine without a
 * display. A token per run guards every call. Never packaged.
 * `node electron/hosts/loopback/main.ts [--data DIR] [--port N]`
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from '#electron/app/create-app.ts'
import { picturesFolder } from '#electron/ports/pictures.ts'
import { serveSocket } from '#electron/rpc/local-socket.ts'
import { serveLoopback } from './server.ts'

const { values } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string', default: '0' } },
})
const dataDir = resolve(
  values.data ?? join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'packbench'),
)
const pages = join(import.meta.dirname, '../../../dist/renderer')
if (!existsSync(join(pages, 'index.html'))) {
  process.stderr.write('The screens are not built yet: npm run build\n')
  process.exit(1)
}

const app = await createApp({ dataDir, checkAnswers: true })
const socket = await serveSocket(dataDir, () => app.connect('cli'))
const token = randomBytes(24).toString('base64url')
const server = await serveLoopback({
  app,
  pages,
  pictures: join(dataDir, picturesFolder),
  token,
  port: Number(values.port),
})
process.stdout.write(`Packbench: ${server.address}\n`)

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    server.close()
    socket.close()
    void app.close().then(() => process.exit(0))
  })
}
