import { describe, expect, it } from 'vitest'
import { describeFound, type SetUp } from '#electron/features/devices/found.ts'
import type { FoundDevice } from '#electron/ports/device-finder.ts'
import { bindingAmong, type DeviceBinding } from '#shared/domain/devices/binding.ts'

const inSocket = (socket: string, serial = ''): DeviceBinding => ({
  vendor: 0x0c2e,
  product: 0x0b61,
  serial,
  socket,
})

/** Scanners as the finder tells them when these are plugged in. */
const scanners = (...all: DeviceBinding[]): FoundDevice[] =>
  all.map((usb) => ({
    kind: 'scanner',
    way: 'serial',
    name: 'Scanner',
    address: bindingAmong(usb, all),
    usb,
  }))
const serialPrinters = (...all: DeviceBinding[]): FoundDevice[] =>
  all.map((usb) => ({
    kind: 'printer',
    transport: 'serial',
    name: 'Printer',
    address: bindingAmong(usb, all),
    usb,
  }))
const inputs = (...all: [string, string][]): SetUp => ({
  printers: [],
  inputs: all.map(([name, address]) => ({ name, way: 'serial', address })),
})
const seen = (found: FoundDevice[], setUp: SetUp) =>
  describeFound(found, setUp, []).map(({ address, known }) => [address, known])

describe('what is plugged in, beside what is set up', () => {
  const twins = inputs(['A', 'usb:0c2e:0b61@1-1'], ['B', 'usb:0c2e:0b61@1-2'])

  it('a twin is itself while the other is unplugged', () => {
    expect(seen(scanners(inSocket('1-1'), inSocket('1-2')), twins)).toEqual([
      ['usb:0c2e:0b61@1-1', 'A'],
      ['usb:0c2e:0b61@1-2', 'B'],
    ])
    expect(seen(scanners(inSocket('1-1')), twins)).toEqual([['usb:0c2e:0b61@1-1', 'A']])
    expect(seen(scanners(inSocket('1-2')), twins)).toEqual([['usb:0c2e:0b61@1-2', 'B']])
  })

  it('one of their kind in another socket is new, and told from them by it', () => {
    expect(seen(scanners(inSocket('1-4')), twins)).toEqual([['usb:0c2e:0b61@1-4', null]])
  })

  it('one that was set up alone is itself, and neither of two', () => {
    const alone = inputs(['A', 'usb:0c2e:0b61'])
    expect(seen(scanners(inSocket('1-3')), alone)).toEqual([['usb:0c2e:0b61', 'A']])
    expect(seen(scanners(inSocket('1-1'), inSocket('1-2')), alone)).toEqual([
      ['usb:0c2e:0b61@1-1', null],
      ['usb:0c2e:0b61@1-2', null],
    ])
  })

  it.each(['usb:0c2e:0b61', 'usb:0C2E:0B61:S1', 'usb:0c2e:0b61@1-1', 'usb:0c2e:0b61@1-1:S1'])(
    'one that answers to %s is what was set up as that',
    (address) => {
      const [one] = seen(scanners(inSocket('1-1', 'S1')), inputs(['A', address]))
      expect(one?.[1]).toBe('A')
    },
  )

  it('of two that answer to one address neither is known by it', () => {
    const two = scanners(inSocket('1-1', 'S1'), inSocket('1-2', 'S2'))
    expect(seen(two, inputs(['A', 'usb:0c2e:0b61'])).map(([, known]) => known)).toEqual([null, null])
    const numbered = inputs(['A', 'usb:0c2e:0b61:S1'], ['B', 'usb:0c2e:0b61:S2'])
    expect(seen(two, numbered).map(([, known]) => known)).toEqual(['A', 'B'])
  })

  it('a printer is known by another spelling of its address', () => {
    const usb = inSocket('1-1', 'S1')
    const found: FoundDevice[] = [
      { kind: 'printer', transport: 'usbLp', name: 'Printer', address: 'usb:0c2e:0b61:S1', usb },
    ]
    for (const address of ['usb:0C2E:0B61:S1', 'usb:0c2e:0b61'])
      expect(seen(found, { inputs: [], printers: [{ name: 'P', transport: 'usbLp', address }] })).toEqual([
        ['usb:0c2e:0b61:S1', 'P'],
      ])
  })

  it('a serial printer is known whatever its speed, in its socket too', () => {
    const printers = (...all: [string, string][]): SetUp => ({
      inputs: [],
      printers: all.map(([name, address]) => ({ name, transport: 'serial', address })),
    })
    expect(seen(serialPrinters(inSocket('1-1')), printers(['P', 'usb:0c2e:0b61@115200']))).toEqual([
      ['usb:0c2e:0b61', 'P'],
    ])
    const two = printers(['P', 'usb:0c2e:0b61@1-1@115200'], ['Q', 'usb:0c2e:0b61@1-2'])
    expect(seen(serialPrinters(inSocket('1-1')), two)).toEqual([['usb:0c2e:0b61@1-1', 'P']])
  })
})
