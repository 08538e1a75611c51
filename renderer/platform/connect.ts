import type { Transport } from '#shared/rpc/transport.ts'
import { loopbackTransport, takeToken } from './loopback.ts'

/** In Electron the preload leaves a bridge and `desktop` speaks through it; elsewhere the page came over HTTP. */
export function connect(page: Window, desktop: (page: Window) => Transport): Transport {
  return 'packbench' in page ? desktop(page) : loopbackTransport(page.location.origin, takeToken(page))
}
