import { describe, expect, it } from 'vitest'
import { createScanQueue } from '#renderer/platform/scan-queue.ts'
import { fail, ok } from '#shared/support/result.ts'

const settled = () => new Promise((done) => setTimeout(done, 0))

describe('scan queue', () => {
  it('sends in order, and the same gesture again after a lost connection', async () => {
    const sent: string[] = []
    const answered: string[] = []
    let up = true
    let comeBack = () => {}
    const queue = createScanQueue<{ gesture: string }, number>({
      async send({ gesture }) {
        sent.push(gesture)
        await settled()
        return up ? ok(1) : fail('core.lost', 'lost')
      },
      back: () =>
        new Promise((done) => {
          comeBack = done
        }),
      answered: ({ gesture }) => answered.push(gesture),
      changed: () => {},
    })
    queue.push({ gesture: 'a' })
    await settled()
    await settled()
    up = false
    queue.push({ gesture: 'b' })
    queue.push({ gesture: 'c' })
    await settled()
    await settled()
    expect(answered).toEqual(['a'])
    expect(queue.waiting()).toBe(2)
    up = true
    comeBack()
    for (let turn = 0; turn < 6; turn += 1) await settled()
    expect(sent).toEqual(['a', 'b', 'b', 'c'])
    expect(answered).toEqual(['a', 'b', 'c'])
    expect(queue.waiting()).toBe(0)
  })

  it('hands a refusal to the screen and goes on', async () => {
    const codes: string[] = []
    const queue = createScanQueue<string, number>({
      send: async (code) => (code === 'bad' ? fail('signInFirst', 'Sign in first') : ok(1)),
      back: async () => {},
      answered: (_, result) => codes.push(result.ok ? 'ok' : result.error.code),
      changed: () => {},
    })
    queue.push('bad')
    queue.push('good')
    await settled()
    await settled()
    expect(codes).toEqual(['signInFirst', 'ok'])
  })
})
