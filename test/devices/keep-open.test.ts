import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Attempt, keepOpen, reasonOf } from '#electron/devices/input/keep-open.ts'
import type { LinkState } from '#electron/ports/scanner.ts'

describe('a device that is kept open', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

  function keep(attempt: Attempt, pauses?: readonly number[]) {
    const links: LinkState[] = []
    const input = keepOpen(attempt, (state) => void links.push(state), pauses)
    open.push(input)
    return { links, input }
  }

  it('is tried one attempt at a time, ever more slowly, and told once for each reason', async () => {
    const starts: number[] = []
    let running = 0
    let most = 0
    const { links } = keep(async () => {
      starts.push(performance.now())
      most = Math.max(most, (running += 1))
      await sleep(30)
      running -= 1
      if (starts.length > 4) throw new Error('EACCES: permission denied')
      return { kind: 'absent', reason: 'not plugged in' }
    }, [10, 50, 100])
    await vi.waitFor(() => expect(links.length).toBe(2), 3000)
    expect(most).toBe(1)
    expect(links).toEqual([
      { kind: 'gone', reason: 'not plugged in' },
      { kind: 'gone', reason: 'this user may not open it' },
    ])
    const gaps = starts.slice(1).map((at, turn) => at - (starts[turn] ?? 0) - 30)
    expect(gaps[2]).toBeGreaterThan(90)
  })

  it('a device that is lost while it opens is opened anew', async () => {
    let attempts = 0
    const { links } = keep((lost) => {
      attempts += 1
      if (attempts === 1) lost('unplugged')
      return Promise.resolve({ kind: 'opened', close: () => Promise.resolve() })
    })
    await vi.waitFor(() => expect(links.map((link) => link.kind)).toEqual(['open', 'gone', 'open']))
    expect(attempts).toBe(2)
  })

  it('is let go even when it finished opening after the close', async () => {
    let closed = 0
    const opening = Promise.withResolvers<undefined>()
    const { links, input } = keep(async () => {
      await opening.promise
      return {
        kind: 'opened',
        close: () => {
          closed += 1
          return Promise.resolve()
        },
      }
    })
    const over = input.close()
    opening.resolve(undefined)
    await over
    expect([closed, links]).toEqual([1, []])
  })

  it('a driver that never comes back does not hold the close up for ever', async () => {
    const { input } = keep(() => new Promise(() => undefined))
    const since = performance.now()
    await input.close()
    expect(performance.now() - since).toBeLessThan(3000)
  })
})

describe('what drivers say', () => {
  it.each([
    ['Error: No such file or directory, cannot open /dev/ttyACM0', 'not plugged in'],
    ["ENOENT: no such file or directory, open '/dev/input/event5'", 'not plugged in'],
    ['Opening COM7: File not found', 'not plugged in'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'this user may not open it'],
    ['Error Resource temporarily unavailable Cannot lock port', 'another program holds it'],
    ['Opening COM7: Access denied', 'another program holds it'],
    ["Cannot find module 'node-hid'", "Cannot find module 'node-hid'"],
    ['', 'the device is gone'],
  ])('%j is told as %j', (message, reason) => expect(reasonOf(new Error(message))).toBe(reason))
})
