import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
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

export function sealReceiver(tx: Writer, masterKey: Uint8Array, order: string, receiver: Receiver): void {
  const key = randomBytes(32)
  upsertSealed(tx, { order, sealed: seal(key, Buffer.from(JSON.stringify(receiver))) })
  upsertKey(tx, { order, wrapped: seal(masterKey, key) })
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
export function receiverHash(masterKey: Uint8Array, receiver: Receiver): string {
  return createHmac('sha256', masterKey)
    .update('receiver:')
    .update(JSON.stringify([receiver.name, receiver.phone, receiver.address]))
    .digest('base64url')
}

// nonce (12 bytes) · tag (16) · ciphertext
function seal(key: Uint8Array, text: Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

function unseal(key: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}
