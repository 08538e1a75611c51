import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lookAgain } from '#electron/devices/find/look-again.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('tells of a pull that the system kept to itself, though looks saw nothing between it and the pull before', async () => {
  let plugged = true
  let tell = () => {}
  let shown: boolean | undefined
  const stop = lookAgain(
    async () => plugged,
    () => {
      shown = plugged // whoever is told lists again
    },
    {
      pause: 5000,
      watch: (told) => {
        tell = told
        return () => undefined
      },
    },
  )
  await vi.advanceTimersByTimeAsync(1)
  plugged = false
  await vi.advanceTimersByTimeAsync(5000)
  expect(shown).toBe(false)
  plugged = true
  tell()
  expect(shown).toBe(true)
  plugged = false
  await vi.advanceTimersByTimeAsync(5000)
  expect(shown).toBe(false)
  stop()
})
