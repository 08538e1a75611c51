import { fork } from 'node:child_process'
import { app, utilityProcess, type MessagePortMain } from 'electron'
import type { CoreToMain, MainToCore } from './core-wire.ts'

/** A running core, whatever carries it. */
export interface CoreProcess {
  /** Gives the core its end of a channel to a page. */
  connect(port: MessagePortMain): void
  stop(): void
  kill(): void
}

export interface CoreEvents {
  onReady(): void
  onRefused(reason: string): void
  /** Called once, however it ended. */
  onExit(): void
}

export type StartCore = (program: string, args: readonly string[], events: CoreEvents) => CoreProcess

/**
 * Which core this runtime can carry. The database driver needs Node-API 10, which Electron has from 36 on; an older
 * Electron, met in development only, runs the core under the project's own Node. None: the runtime is too old.
 */
export function coreStarter(): { readonly start: StartCore; readonly needsReadyApp: boolean } | undefined {
  if (Number(process.versions.napi) >= 10) return { start: inUtilityProcess, needsReadyApp: true }
  const node = process.env.PACKBENCH_NODE
  if (app.isPackaged || node === undefined) return undefined
  return { start: underNode(node), needsReadyApp: false }
}

const inUtilityProcess: StartCore = (program, args, events) => {
  const child = utilityProcess.fork(program, [...args], { serviceName: 'Packbench core', stdio: 'inherit' })
  const tell = (message: MainToCore, ports?: MessagePortMain[]) => child.postMessage(message, ports)
  let lastConnection = 0
  child.on('message', (message: CoreToMain) => heed(message, events))
  child.once('exit', () => events.onExit())
  return {
    connect: (port) => tell({ type: 'connect', connection: (lastConnection += 1) }, [port]),
    stop: () => tell({ type: 'stop' }),
    kill: () => void child.kill(),
  }
}

/** Messages pass through main, because only Electron's own processes can hold a port. */
const underNode =
  (node: string): StartCore =>
  (program, args, events) => {
    const child = fork(program, args, { execPath: node, execArgv: [], stdio: 'inherit' })
    const ports = new Map<number, MessagePortMain>()
    const tell = (message: MainToCore) => {
      if (child.connected) child.send(message, () => undefined) // a failure means that it died: onExit says so
    }
    let lastConnection = 0
    child.on('message', (message) => {
      const said = message as CoreToMain
      if (said.type === 'message') ports.get(said.connection)?.postMessage(said.message)
      else heed(said, events)
    })
    child.once('exit', () => {
      for (const port of ports.values()) port.close()
      events.onExit()
    })
    return {
      connect(port) {
        const connection = (lastConnection += 1)
        ports.set(connection, port)
        tell({ type: 'connect', connection })
        port.on('message', ({ data }) => tell({ type: 'message', connection, message: data }))
        port.on('close', () => {
          ports.delete(connection)
          tell({ type: 'disconnect', connection })
        })
        port.start()
      },
      stop: () => tell({ type: 'stop' }),
      kill: () => void child.kill('SIGKILL'),
    }
  }

function heed(message: CoreToMain, events: CoreEvents): void {
  if (message.type === 'ready') events.onReady()
  if (message.type === 'refused') events.onRefused(message.reason)
}
