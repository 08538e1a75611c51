import { createHash } from 'node:crypto'
import { mkdir, open, realpath, rename, writeFile } from 'node:fs/promises'
import { isAbsolute, join, resolve, sep } from 'node:path'
import {
  largestPicture,
  pictureAddress,
  type PictureFault,
  type PictureKind,
  type Pictures,
} from '#electron/ports/pictures.ts'

/** Keeps pictures under `folder`, each once. */
export function keptPictures(folder: string): Pictures {
  return {
    async take(base, path, keep) {
      const located = await locate(base, path)
      const read = 'fault' in located ? located : await readPicture(located.file)
      if ('fault' in read) return { ok: false, fault: read.fault }
      const { bytes, kind } = read
      const address = pictureAddress(createHash('sha256').update(bytes).digest('hex'), kind)
      if (keep) await write(folder, address.slice(address.lastIndexOf('/') + 1), bytes)
      return { ok: true, address }
    },
  }
}

interface Faulty {
  readonly fault: PictureFault
}
const outside: Faulty = { fault: 'pictureOutside' }
const missing: Faulty = { fault: 'pictureMissing' }

/** The file that a path means, seen through links: one that lies elsewhere is none of the catalogue's. */
async function locate(base: string, path: string): Promise<{ readonly file: string } | Faulty> {
  const plain = path.replaceAll('\\', '/')
  // A path of Windows is as absolute on another system; NUL is in no path at all.
  if (isAbsolute(plain) || /^[a-z]:|\0/i.test(plain)) return outside
  const root = await realpath(base).catch(() => null)
  if (root === null) return missing
  if (!resolve(root, plain).startsWith(withEnd(root))) return outside
  const file = await realpath(join(root, plain)).catch(() => null)
  if (file === null) return missing
  return file.startsWith(withEnd(root)) ? { file } : outside
}

const withEnd = (folder: string): string => (folder.endsWith(sep) ? folder : folder + sep)

async function readPicture(
  file: string,
): Promise<{ readonly bytes: Buffer; readonly kind: PictureKind } | Faulty> {
  const handle = await open(file).catch(() => null)
  if (handle === null) return missing
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) return missing
    if (stat.size > largestPicture) return { fault: 'pictureTooLarge' }
    const bytes = await handle.readFile()
    const kind = kindOf(bytes)
    return kind === null ? { fault: 'pictureUnknown' } : { bytes, kind }
  } catch {
    return missing
  } finally {
    await handle.close()
  }
}

/** The bytes decide, not the name: what is served as a picture is one. */
function kindOf(bytes: Buffer): PictureKind | null {
  const head = bytes.toString('latin1', 0, 12)
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpg'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'webp' : null
}

async function write(folder: string, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unfinished = join(folder, `${name}.part`)
  await writeFile(unfinished, bytes, { mode: 0o600 })
  await rename(unfinished, join(folder, name))
}
