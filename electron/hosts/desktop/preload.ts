import { contextBridge, ipcRenderer } from 'electron'

// The whole bridge: the page asks for the core, and gets a port to it, or no port when the core was lost.
contextBridge.exposeInMainWorld('packbench', { connect: () => ipcRenderer.send('core') })
ipcRenderer.on('core', (event) => window.postMessage('packbench:core', window.origin, event.ports))

/** The part of the page that is used above; the core's code knows no DOM. */
declare const window: {
  readonly origin: string
  postMessage(message: string, targetOrigin: string, ports: readonly unknown[]): void
}
