/** Electron's entry: windows, life cycle, supervision of the core. No business logic. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, dialog, ipcMain, Menu, session, type BrowserWindow } from 'electron'
import { picturesFolder } from '#electron/ports/pictures.ts'
import { coreStarter, type StartCore } from './core-process.ts'
import { superviseCore, type Supervisor } from './core-supervisor.ts'
import { saveDownloads } from './downloads.ts'
import { denyPermissions, guardEveryPage, isFromOurPage } from './guards.ts'
import { pageOrigin, registerPageScheme, servePages } from './page-scheme.ts'
import { troublePage, type Trouble } from './trouble.ts'
import { openWindow } from './window.ts'

/** The version that the product is built for; put in by scripts/config/vite.ts. */
declare const PRODUCT_ELECTRON: string

const dataFlag = process.argv.indexOf('--data')
const dataDir = resolve((dataFlag > 0 && process.argv[dataFlag + 1]) || app.getPath('userData'))
const browserDir = join(dataDir, 'browser')
try {
  mkdirSync(browserDir, { recursive: true, mode: 0o700 })
} catch (error) {
  dialog.showErrorBox(
    '打包台 Packbench',
    `无法使用数据文件夹\nThe data folder cannot be used\n\n${String(error)}`,
  )
  app.exit(1)
}
app.setPath('userData', dataDir) // the lock below is per data folder
app.setPath('sessionData', browserDir)

// Input methods on Linux answer later and give keys back twice or in another order, unless they are asked to be waited
// for: a scanner types a key each millisecond. Read when the first window is made.
for (const name of ['FCITX_ENABLE_SYNC_MODE', 'IBUS_ENABLE_SYNC_MODE']) process.env[name] ??= '1'
registerPageScheme()
// No page comes from a network and no sound from a stranger: neither needs a process of its own, of 20 MB each.
app.commandLine.appendSwitch('disable-features', 'AudioServiceOutOfProcess')
app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
guardEveryPage()
Menu.setApplicationMenu(null) // no accelerator that a scanner could type
let window: BrowserWindow | undefined
let trouble: Trouble | undefined
let supervisor: Supervisor | undefined

function startCore(start: StartCore): void {
  supervisor = superviseCore(
    start,
    join(import.meta.dirname, 'core.cjs'),
    [dataDir, app.getVersion()],
    (reason) => {
      trouble = { kind: 'core-refused', reason }
      void window?.loadURL(`${pageOrigin}/trouble`)
    },
  )
}

function start(): void {
  denyPermissions(session.defaultSession)
  saveDownloads(session.defaultSession, app.isPackaged ? undefined : process.env.PACKBENCH_DOWNLOADS)
  servePages(
    session.defaultSession,
    join(import.meta.dirname, '../renderer'),
    join(dataDir, picturesFolder),
    (nonce) => (trouble === undefined ? '' : troublePage(trouble, nonce)),
  )
  ipcMain.on('core', (event) => {
    if (isFromOurPage(event)) supervisor?.connect(event.sender)
  })

  window = openWindow(trouble === undefined ? `${pageOrigin}/` : `${pageOrigin}/trouble`, title())
}

function title(): string {
  const { electron } = process.versions
  const name = '打包台 Packbench'
  return electron === PRODUCT_ELECTRON ? name : `${name} — development runtime (Electron ${electron})`
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    // The window is closed and the core still waits for its labels: who starts the program now wants it back.
    if (window?.isDestroyed() === true) return app.relaunch()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (supervisor === undefined) return
    event.preventDefault()
    void supervisor.stop().then(() => app.exit(0))
  })
  const core = coreStarter()
  if (core === undefined) trouble = { kind: 'runtime-too-old', electron: process.versions.electron }
  // While Electron starts, the core starts beside it where it can.
  else if (!core.needsReadyApp) startCore(core.start)
  void app.whenReady().then(() => {
    if (core?.needsReadyApp === true) startCore(core.start)
    start()
  })
} else {
  app.quit()
}
