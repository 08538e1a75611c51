import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createReadStream, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, sep } from 'node:path'
import type { CoreEvent } from '#shared/rpc/wire.ts'
import type { App, Session } from '#electron/app/create-app.ts'
import { largestPicture, pictureAt } from '#electron/ports/pictures.ts'

export interface LoopbackOptions {
  readonly app: App
  /** Folder of the built screens. */
  readonly pages: string
  /** Folder of the pictures of goods. */
  readonly pictures: string
  readonly token: string
  /** 0 lets the system choose. */
  readonly port: number
}

/** The largest call, in bytes: a piece of a file in base64 with room around it. */
const largestCall = 4 * 1024 * 1024

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-NONCE'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Serves the screens, `POST /rpc` and `GET /events` (one JSON event a line). Each page names itself by a session id in
 * `x-packbench-session`, so that who signed in on one page is not signed in on another.
 */
export async function serveLoopback(
  options: LoopbackOptions,
): Promise<{ address: string; port: number; close(): void }> {
  const sessions = new Map<string, Session>()
  const sessionOf = (request: IncomingMessage): Session => {
    const id = String(request.headers['x-packbench-session'] ?? '').slice(0, 64)
    let session = sessions.get(id)
    if (session === undefined) {
      session = options.app.connect('page')
      sessions.set(id, session)
    }
    return session
  }

  const server = createServer((request, response) => {
    // A page of another site can reach this port too: a foreign name or a foreign origin is refused.
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const { origin } = request.headers
    if (request.headers.host !== host || (origin !== undefined && origin !== `http://${host}`)) {
      response.writeHead(403).end()
      return
    }
    const pathname = pathOf(request.url ?? '/', host)
    if (pathname === '/rpc' || pathname === '/events') {
      if (!authorised(request, options.token)) response.writeHead(401).end()
      else if (pathname === '/rpc') void answer(request, response, sessionOf(request))
      else stream(response, sessionOf(request))
      return
    }
    const picture = pictureAt(pathname)
    if (picture === null) servePage(options.pages, pathname, response)
    else servePicture(join(options.pictures, picture.file), picture.type, response)
  })
  await new Promise<void>((done, broken) => {
    server.once('error', broken)
    server.listen(options.port, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/#token=${options.token}`,
    port,
    close: () => {
      for (const session of sessions.values()) session.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A request line may hold anything, `//` too, which is no address: nothing of ours is there. */
function pathOf(target: string, host: string): string {
  const base = `http://${host}`
  return URL.canParse(target, base) ? new URL(target, base).pathname : ''
}

function authorised(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function answer(request: IncomingMessage, response: ServerResponse, session: Session): Promise<void> {
  if (request.method !== 'POST') {
    response.writeHead(405).end()
    return
  }
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > largestCall) {
        response.writeHead(413, { connection: 'close' }).end()
        return
      }
      pieces.push(piece)
    }
  } catch {
    return // the page went away in the middle of its call
  }
  let call: { name?: unknown; input?: unknown } | null
  try {
    call = JSON.parse(Buffer.concat(pieces).toString('utf8')) as typeof call
  } catch {
    response.writeHead(400).end()
    return
  }
  // What has no name gets the answer of a call that is not there.
  const result = await session.dispatch(typeof call?.name === 'string' ? call.name : '', call?.input)
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(result))
}

function stream(response: ServerResponse, session: Session): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
  response.flushHeaders()
  const stop = session.subscribe((event: CoreEvent) => void response.write(`${JSON.stringify(event)}\n`))
  response.on('close', stop)
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
}

/** A picture by its hash: whoever knows that has seen the picture. */
function servePicture(file: string, type: string, response: ServerResponse): void {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (stat?.isFile() !== true || stat.size > largestPicture) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  createReadStream(file).pipe(response)
}

function servePage(folder: string, pathname: string, response: ServerResponse): void {
  let file: string
  try {
    const name = decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
    file = realpathSync(join(folder, name))
    if (!file.startsWith(realpathSync(folder) + sep) || !statSync(file).isFile()) throw new Error('outside')
  } catch {
    response.writeHead(404).end()
    return
  }
  // A fresh nonce for each load of the page, for the styles that its component library makes.
  const nonce = randomBytes(16).toString('base64')
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy.replace('NONCE', nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  if (extname(file) === '.html') response.end(readFileSync(file, 'utf8').replaceAll('__CSP_NONCE__', nonce))
  else createReadStream(file).pipe(response)
}
