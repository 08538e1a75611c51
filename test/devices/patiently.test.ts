import { expect, it } from 'vitest'
import { patiently } from '#electron/devices/find/patiently.ts'

it('finds nothing where a look hangs, asks it no second time meanwhile, and hears it when it comes back', async () => {
  let asked = 0
  let answer: (found: readonly string[]) => void = () => {}
  const look = patiently(() => {
    asked += 1
    return new Promise<readonly string[]>((resolve) => {
      answer = resolve
    })
  }, 30)
  expect(await look()).toEqual([])
  expect(await look()).toEqual([])
  expect(asked).toBe(1)
  const last = look()
  answer(['scanner'])
  expect(await last).toEqual(['scanner'])
  expect(await look()).toEqual([])
  expect(asked).toBe(2)
})

it('finds nothing where a look fails', async () => {
  expect(await patiently(() => Promise.reject(new Error('no driver')))()).toEqual([])
})
