/** The core process: one session of the app for each page that main connects. */
import { createApp, type App } from '#electron/app/create-app.ts'
import { serveSocket } from '#electron/rpc/local-socket.ts'
import type { FromCore, ToCore } from '#shared/rpc/wire.ts'
import type { CoreToMain, MainToCore } from './core-wire.ts'

/** Electron's utility process has it; plain Node has process.send instead. */
const parentPort = process.parentPort as typeof process.parentPort | undefined

function tellMain(message: CoreToMain): void {
  if (parentPort === undefined) process.send?.(message)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  else parentPort.postMessage(message)
}

interface Served {
  receive(message: unknown): void
  close(): void
}

function serve(app: App, send: (message: FromCore) => void): Served {
  const session = app.connect()
  const unsubscribe = session.subscribe((event) => send({ kind: 'event', event }))
  return {
    receive(message) {
      if (!isCall(message)) return
      void session
        .dispatch(message.name, message.input)
        .then((result) => send({ kind: 'answer', id: message.id, result }))
    },
    close() {
      unsubscribe()
      session.close()
    },
  }
}

function isCall(message: unknown): message is ToCore {
  if (typeof message !== 'object' || message === null) return false
  const { kind, id, name } = message as Partial<Record<keyof ToCore, unknown>>
  return kind === 'call' && Number.isSafeInteger(id) && typeof name === 'string'
}

async function start(dataDir: string, version: string): Promise<void> {
  const app = await createApp({ dataDir, version })
  const beside = await serveSocket(dataDir, () => app.connect('cli')).catch((error: unknown) => {
    console.error(error) // some file systems have no sockets: then there is no command line beside the app
  })
  const relayed = new Map<number, Served>()

  const stop = async () => {
    beside?.close()
    await app.close()
    process.exit(0)
  }

  const obey = (order: MainToCore, port: Electron.MessagePortMain | undefined) => {
    switch (order.type) {
      case 'connect': {
        if (port === undefined) {
          const { connection } = order
          relayed.set(
            connection,
            serve(app, (message) => tellMain({ type: 'message', connection, message })),
          )
          return
        }
        const served = serve(app, (message) => port.postMessage(message))
        port.on('message', ({ data }) => served.receive(data))
        port.on('close', () => served.close())
        port.start()
        return
      }
      case 'message':
        relayed.get(order.connection)?.receive(order.message)
        return
      case 'disconnect':
        relayed.get(order.connection)?.close()
        relayed.delete(order.connection)
        return
      case 'stop':
        void stop()
    }
  }

  if (parentPort === undefined) {
    process.on('message', (order: MainToCore) => obey(order, undefined))
    process.on('disconnect', () => void stop()) // main is gone
  } else {
    parentPort.on('message', ({ data, ports }) => obey(data as MainToCore, ports[0]))
  }
  tellMain({ type: 'ready' })
}

start(process.argv[2] ?? '', process.argv[3] ?? '').catch((error: unknown) => {
  console.error(error)
  tellMain({ type: 'refused', reason: error instanceof Error ? error.message : String(error) })
})
