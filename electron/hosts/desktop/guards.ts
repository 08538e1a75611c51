import { app, type IpcMainEvent, type Session } from 'electron'
import { isOurs } from './page-scheme.ts'

/** Where the page may go and what it may ask for: nowhere and nothing. Call before the first window opens. */
export function guardEveryPage(): void {
  app.on('web-contents-created', (_created, contents) => {
    const refuse = (event: { preventDefault(): void }) => event.preventDefault()
    contents.on('will-navigate', refuse)
    contents.on('will-frame-navigate', refuse)
    contents.on('will-redirect', refuse)
    contents.on('will-attach-webview', refuse)
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Electron grants every permission that is not refused by a handler; devices are the core's business. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  // A second wall behind the page's policy: whatever asks, no request leaves for a network or the disk.
  session.webRequest.onBeforeRequest(
    { urls: ['*://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'] },
    (_request, answer) => answer({ cancel: true }),
  )
}

/** Whether a message came from the top frame of our own page. */
export function isFromOurPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url)
}
