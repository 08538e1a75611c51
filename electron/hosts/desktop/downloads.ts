import { basename, join } from 'node:path'
import type { Session } from 'electron'

/** Files leave the page as downloads: a person says where to, a test names a folder. */
export function saveDownloads(session: Session, folder: string | undefined): void {
  session.on('will-download', (_event, item) => {
    const name = basename(item.getFilename())
    if (folder === undefined) item.setSaveDialogOptions({ defaultPath: name })
    else item.setSavePath(join(folder, name))
  })
}
