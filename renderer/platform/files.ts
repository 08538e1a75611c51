import type { HeldFile } from '#shared/contract/entry.ts'
import type { Client } from '#shared/rpc/client.ts'
import { ask } from './core.tsx'

const pieceBytes = 1_500_000

/** Hands a chosen file to the core in pieces and returns the id under which it lies there. */
export async function upload(client: Client, file: File): Promise<string> {
  const id = crypto.randomUUID()
  let offset = 0
  do {
    const piece = new Uint8Array(await file.slice(offset, offset + pieceBytes).arrayBuffer())
    await ask(client, 'files.write', { id, name: file.name, offset, base64: toBase64(piece) })
    offset += piece.length
  } while (offset < file.size)
  return id
}

/** Fetches a file that the core holds. */
export async function fetchHeld(client: Client, held: HeldFile): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  while (offset < held.size) {
    const { base64 } = await ask(client, 'files.read', { id: held.id, offset, length: pieceBytes })
    const piece = fromBase64(base64)
    if (piece.length === 0) break
    pieces.push(piece)
    offset += piece.length
  }
  return new Blob(pieces, { type: held.mime })
}

/** Where a paper went. */
export type Delivered = { readonly to: 'file' } | { readonly to: 'printer'; readonly queue: string }

/**
 * A paper goes to the printer that this warehouse prints its papers on, or to the person as a file. Under the id of a long
 * call, its printing is followed and cancelled with that.
 */
export async function deliver(client: Client, held: HeldFile, job?: string): Promise<Delivered> {
  const { paperQueue: queue } = await ask(client, 'settings.get', {})
  if (queue === null || held.mime !== 'application/pdf') {
    await save(client, held)
    return { to: 'file' }
  }
  await ask(client, 'devices.printDocument', { file: held.id, queue, ...(job === undefined ? {} : { job }) })
  return { to: 'printer', queue }
}

/** Gives the file to the person: the host asks where to keep it. */
export async function save(client: Client, held: HeldFile): Promise<void> {
  const address = URL.createObjectURL(await fetchHeld(client, held))
  const link = document.createElement('a')
  link.href = address
  link.download = held.name
  link.click()
  // The download has its own handle by then; a minute is more than any host needs to take it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return btoa(text)
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.codePointAt(0) ?? 0)
