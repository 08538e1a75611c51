import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'
import { first, type Writer, write } from '#electron/db/query.ts'
import type { AreaContext } from '#electron/features/area.ts'

/** Where a parcel goes. Held sealed: AES-256-GCM with one key per order, itself wrapped by the master key. */
export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly address: string
}

const sealedReceiver = first((db, p: { order: string }) =>
  db
    .selectFrom('receiver')
    .innerJoin('receiver_key', 'receiver_key.order_id', 'receiver.order_id')
    .select(['receiver.sealed', 'receiver_key.wrapped'])
    .where('receiver.order_id', '=', p.order),
)
const upsertSealed = write((db, p: { order: string; sealed: Uint8Array }) =>
  db
    .insertInto('receiver')
    .values({ order_id: p.order, sealed: p.sealed })
    .onConflict((conflict) => conflict.column('order_id').doUpdateSet({ sealed: p.sealed })),
)
const upsertKey = write((db, p: { order: string; wrapped: Uint8Array }) =>
  db
    .insertInto('receiver_key')
    .values({ order_id: p.order, wrapped: p.wrapped })
    .onConflict((conflict) => conflict.column('order_id').doUpdateSet({ wrapped: p.wrapped })),
)

/** The master key with everything worked out that an import of 25,000 orders would work out again for each. */
export interface MasterKey {
  /** HMAC-SHA-256 under the master key, base64url. */
  mac(text: string): string
  readonly wrapping: KeyObject
}

export function openMasterKey(key: Uint8Array): MasterKey {
  return { mac: keyedHash(key), wrapping: createSecretKey(key) }
}

export interface SealedReceiver {
  readonly sealed: Uint8Array
  readonly wrapped: Uint8Array
}

/** Seals with a new key, and that key with the master key. */
export function sealReceiver(master: MasterKey, receiver: Receiver): SealedReceiver {
  const key = randomPiece(32)
  return {
    sealed: seal(createSecretKey(key), Buffer.from(JSON.stringify(receiver))),
    wrapped: seal(master.wrapping, key),
  }
}

export function saveSealed(tx: Writer, order: string, { sealed, wrapped }: SealedReceiver): void {
  upsertSealed(tx, { order, sealed })
  upsertKey(tx, { order, wrapped })
}

/** The receiver in clear, for a label in memory only; null when none was given or the key is gone. */
export function readReceiver(core: AreaContext, order: string): Receiver | null {
  const row = sealedReceiver(core.db, { order })
  if (row === undefined) return null
  const key = unseal(core.secrets.masterKey(), row.wrapped)
  return JSON.parse(unseal(key, row.sealed).toString('utf8')) as Receiver
}

/** What may be shown and stored in clear: 张** · 138****1234. */
export function maskReceiver(receiver: Receiver): string {
  const name = [...receiver.name]
  const phone = receiver.phone.replaceAll(/\s/g, '')
  const masked = [
    name.length === 0 ? '' : `${name[0]}${'*'.repeat(Math.min(3, Math.max(1, name.length - 1)))}`,
    phone.length < 7 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`,
  ]
  return masked.filter((part) => part !== '').join(' · ')
}

/** Tells whether an address changed without keeping it: keyed, so that it cannot be guessed from the database. */
export function receiverHash(master: MasterKey, receiver: Receiver): string {
  return master.mac(`receiver:${JSON.stringify([receiver.name, receiver.phone, receiver.address])}`)
}

/**
 * HMAC-SHA-256 (RFC 2104) out of two one-shot hashes: an object of node:crypto for each order costs several times
 * the hashing.
 */
function keyedHash(key: Uint8Array): (text: string) => string {
  const block = 64
  const inner = Buffer.alloc(block + 4096, 0x36)
  const outer = Buffer.alloc(block + 32, 0x5c)
  if (key.length > block) throw new Error('a master key has 32 bytes')
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  return (text) => {
    const most = block + text.length * 3 // UTF-8 takes three bytes for a UTF-16 unit at most
    const buffer = most <= inner.length ? inner : Buffer.concat([inner.subarray(0, block)], most)
    const end = block + buffer.write(text, block)
    outer.set(hash('sha256', buffer.subarray(0, end), 'buffer'), block)
    return hash('sha256', outer, 'base64url')
  }
}

let pool = Buffer.alloc(0)
let poolUsed = 0

/** Random bytes, each handed out once: asking the system for each few of them costs a call each. */
function randomPiece(length: number): Buffer {
  if (poolUsed + length > pool.length) {
    // A new one, since keys handed out before may still be in use.
    pool = randomFillSync(Buffer.alloc(16_384))
    poolUsed = 0
  }
  poolUsed += length
  return pool.subarray(poolUsed - length, poolUsed)
}

/** Seals what holds people's data and belongs to no order. */
export const sealText = (master: MasterKey, text: string): Uint8Array =>
  seal(master.wrapping, Buffer.from(text))

/** @throws when it was sealed with another key, or damaged. */
export const openText = (master: MasterKey, sealed: Uint8Array): string =>
  unseal(master.wrapping, sealed).toString('utf8')

// nonce (12 bytes) · tag (16) · ciphertext
function seal(key: KeyObject, text: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(28 + text.length)
  sealed.set(randomPiece(12))
  const cipher = createCipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  sealed.set(cipher.update(text), 28) // a stream cipher: as many bytes out as in
  cipher.final()
  sealed.set(cipher.getAuthTag(), 12)
  return sealed
}

function unseal(key: Uint8Array | KeyObject, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}
