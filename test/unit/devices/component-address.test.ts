import { expect, it } from 'vitest'
import { readComponentAddress } from '#shared/domain/devices/component-address.ts'

it.each([
  ['cainiao', { platform: 'cainiao', url: '' }],
  [' jd  ws://192.168.1.20:9113 ', { platform: 'jd', url: 'ws://192.168.1.20:9113' }],
  [
    'kuaishou wss://localhost:16889/ks/printer',
    { platform: 'kuaishou', url: 'wss://localhost:16889/ks/printer' },
  ],
  ['', undefined],
  ['taobao', undefined],
  ['cainiao http://localhost', undefined],
  ['cainiao ws://', undefined],
  ['cainiao ws://a b', undefined],
])('reads the address %j', (text, address) => {
  expect(readComponentAddress(text)).toEqual(address)
})
