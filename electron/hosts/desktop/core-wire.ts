import type { FromCore, ToCore } from '#shared/rpc/wire.ts'

/**
 * Between main and the core process. Where the two share a port (utility process), `connect` brings one and the
 * page's messages never pass through main; elsewhere they travel in `message`, each with its connection's number.
 */
export type MainToCore =
  | { readonly type: 'connect' | 'disconnect'; readonly connection: number }
  | { readonly type: 'message'; readonly connection: number; readonly message: ToCore }
  | { readonly type: 'stop' }

export type CoreToMain =
  | { readonly type: 'ready' }
  /** The core cannot work on this data folder, as it says in words; starting it again would not help. */
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'message'; readonly connection: number; readonly message: FromCore }
