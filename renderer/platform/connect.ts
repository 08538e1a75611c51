import type { Transport } from '#shared/rpc/transport.ts'
import { loopbackTransport, takeToken } from './loopback.ts'
import { desktopTransport } from './transport.ts'

/** In Electron the preload leaves a bridge on the page; elsewhere the page came over HTTP from the loopback host. */
export function connect(page: Window): Transport {
  return page.packbench === undefined
    ? loopbackTransport(page.location.origin, takeToken(page))
    : desktopTransport(page)
}
