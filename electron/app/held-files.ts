import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { HeldFiles } from '#electron/ports/held-files.ts'
import type { Ids } from '#electron/ports/ids.ts'

/** The largest file that a page may send, in bytes. */
const largest = 512 * 1024 * 1024
const keepMs = 24 * 60 * 60 * 1000

/** Files in and out of the core under `folder`, one subfolder each; yesterday's go at the start. */
export function heldFiles(folder: string, ids: Ids): HeldFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  forgetOld(folder)
  const dir = (id: string) => join(folder, id)
  const known = (id: string) => {
    if (!/^[0-9a-f-]{36}$/i.test(id)) return null
    try {
      return { path: join(dir(id), 'content'), name: readFileSync(join(dir(id), 'name'), 'utf8') }
    } catch {
      return null
    }
  }
  const make = (id: string, name: string) => {
    mkdirSync(dir(id), { mode: 0o700 })
    writeFileSync(join(dir(id), 'name'), name, { mode: 0o600 })
    return join(dir(id), 'content')
  }
  return {
    hold: (name, mime, bytes) => {
      const id = ids.next()
      writeFileSync(make(id, name), bytes, { mode: 0o600 })
      return { id, name, mime, size: bytes.length }
    },
    append: (id, name, offset, piece) => {
      const path = known(id)?.path ?? (offset === 0 ? make(id, name) : null)
      if (path === null) return null
      const handle = openSync(path, offset === 0 ? 'w' : 'a', 0o600)
      try {
        if (fstatSync(handle).size !== offset || offset + piece.length > largest) return null
        writeSync(handle, piece)
        return { size: offset + piece.length }
      } finally {
        closeSync(handle)
      }
    },
    path: known,
    read: (id, offset, length) => {
      const file = known(id)
      if (file === null) return null
      const handle = openSync(file.path, 'r')
      try {
        const { size } = fstatSync(handle)
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)))
        readSync(handle, bytes, 0, bytes.length, offset)
        return { bytes, size }
      } finally {
        closeSync(handle)
      }
    },
    drop: (id) => {
      if (known(id) !== null) rmSync(dir(id), { recursive: true, force: true })
    },
  }
}

function forgetOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > keepMs) rmSync(path, { recursive: true, force: true })
  }
}
