import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { isOurs } from './page-scheme.ts'

export function openWindow(url: string, title: string): BrowserWindow {
  const window = new BrowserWindow({
    title,
    width: 1366,
    height: 860,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      autoplayPolicy: 'no-user-gesture-required', // a scan that came over serial is no gesture, and must sound
    },
  })
  window.once('ready-to-show', () => window.show())
  window.on('page-title-updated', (event) => event.preventDefault())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') setTimeout(() => !window.isDestroyed() && window.reload(), 500)
  })
  // Electron asks nobody before a page goes to about:blank; it is brought back.
  window.webContents.on('did-navigate', (_event, went) => {
    if (!isOurs(went)) void window.loadURL(url)
  })
  void window.loadURL(url)
  return window
}
