import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { lstat, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol, type Session } from 'electron'
import { largestPicture, pictureAt } from '#electron/ports/pictures.ts'

export const pageOrigin = 'packbench://app'

export function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}` === pageOrigin // `origin` is "null" for a scheme that Node does not know
}

/** Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'packbench',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
}

/** Nothing but the app's own files, no inline code, no connection anywhere; styles by nonce (Mantine makes some). */
const policy = (nonce: string) =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' blob: data:`,
    `font-src 'self'`,
    `media-src 'self' blob:`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')

/**
 * Serves the files of `folder` that were there at start, each under its own path and no other: no path is ever
 * resolved, so none can lead outside. Pictures of goods, by their hash, are those of `pictures`. `/trouble` is the screen for what stops the app, made by `trouble`.
 */
export function servePages(
  session: Session,
  folder: string,
  pictures: string,
  trouble: (nonce: string) => string,
): void {
  const files = new Map(filesIn(folder))
  const index = readFileSync(join(folder, 'index.html'), 'utf8')
  session.protocol.handle('packbench', async (request) => {
    const { host, pathname } = new URL(request.url)
    const nonce = randomBytes(16).toString('base64')
    const answer = (body: string | Uint8Array<ArrayBuffer>, type: string, status = 200) =>
      new Response(body, {
        status,
        headers: {
          'content-type': type,
          'content-security-policy': policy(nonce),
          'x-content-type-options': 'nosniff',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
        },
      })
    if (host !== 'app' || request.method !== 'GET') return answer('Not found', 'text/plain', 404)
    if (pathname === '/') return answer(index.replaceAll('__CSP_NONCE__', nonce), 'text/html; charset=utf-8')
    if (pathname === '/trouble') return answer(trouble(nonce), 'text/html; charset=utf-8')
    const picture = pictureAt(pathname)
    if (picture !== null) {
      const bytes = await readPicture(join(pictures, picture.file))
      return bytes === null ? answer('Not found', 'text/plain', 404) : answer(bytes, picture.type)
    }
    const file = files.get(pathname)
    if (file === undefined) return answer('Not found', 'text/plain', 404)
    return answer(new Uint8Array(await readFile(file)), types[extname(file)] ?? 'application/octet-stream')
  })
}

/** A regular file of a picture's size, or null. */
async function readPicture(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const stat = await lstat(file)
    return stat.isFile() && stat.size <= largestPicture ? new Uint8Array(await readFile(file)) : null
  } catch {
    return null
  }
}

/** URL path → file, for regular files only: a link is not followed. The index is served as `/`. */
function* filesIn(folder: string, path = ''): Generator<[string, string]> {
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    const name = `${path}/${entry.name}`
    if (entry.isDirectory()) yield* filesIn(folder, name)
    else if (entry.isFile() && name !== '/index.html') yield [encodeURI(name), join(folder, name)]
  }
}
