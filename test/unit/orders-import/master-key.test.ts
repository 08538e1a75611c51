import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openMasterKey } from '#electron/features/orders/receiver.ts'

describe('the master key', () => {
  it('hashes as HMAC-SHA-256 of node:crypto does, for texts of any length', () => {
    const key = randomBytes(32)
    const { mac } = openMasterKey(key)
    for (const length of [0, 1, 55, 56, 64, 1000, 1365, 1366, 4096, 20_000]) {
      for (const sign of ['a', '件', '\u{20000}']) {
        const text = sign.repeat(length)
        expect(mac(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'))
      }
    }
  })
})
