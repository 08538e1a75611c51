import { describe, expect, it } from 'vitest'
import {
  addressBeside,
  areMixedUp,
  bindingAmong,
  bindingText,
  isBoundTo,
  knownBy,
  plainAddress,
  portOf,
  readBinding,
} from '#shared/domain/devices/binding.ts'

const kind = { vendor: 0x0c2e, product: 0x0b61, serial: '' }
const inSocket = (socket: string, serial = '') => ({ ...kind, serial, socket })

describe('what a device is bound by', () => {
  it.each([
    ['usb:0c2e:0b61', kind],
    ['usb:0c2e:0b61:S:1@2', { ...kind, serial: 'S:1@2' }],
    ['usb:0c2e:0b61@1-1.4', inSocket('1-1.4')],
    ['usb:0c2e:0b61@1-1.4:S1', inSocket('1-1.4', 'S1')],
  ])('is written and read: %s', (text, binding) => {
    expect(bindingText(binding)).toBe(text)
    expect(readBinding(text)).toEqual(binding)
  })

  it.each([
    '',
    'COM3',
    'usb:0c2e',
    'usb:0c2e:0b6',
    'usb:0c2e:0b61@',
    'usb:0c2e:0b61:',
    '/dev/ttyACM0',
    // A serial printer's speed is no socket.
    'usb:0c2e:0b61@115200',
    'usb:0c2e:0b61@1-2@115200',
  ])('is not read from %j', (text) => expect(readBinding(text)).toBeUndefined())

  it('is its socket too only where another of its kind could not be told from it', () => {
    const [left, right, numbered] = [inSocket('1-1'), inSocket('1-2'), inSocket('1-3', 'S1')]
    expect(bindingAmong(left, [left, left])).toBe('usb:0c2e:0b61') // its two interfaces
    expect(bindingAmong(left, [left, right])).toBe('usb:0c2e:0b61@1-1')
    expect(bindingAmong(numbered, [numbered, inSocket('1-4', 'S2')])).toBe('usb:0c2e:0b61:S1')
    // Without its number the one would answer for the other too.
    expect(bindingAmong(left, [left, numbered])).toBe('usb:0c2e:0b61@1-1')
    expect(bindingAmong(numbered, [left, numbered])).toBe('usb:0c2e:0b61@1-3:S1')
    // Clones that all have one number.
    expect(bindingAmong(numbered, [numbered, inSocket('1-4', 'S1')])).toBe('usb:0c2e:0b61@1-3:S1')
  })

  it('finds the one in its socket, and without a socket any of its kind', () => {
    expect(isBoundTo(inSocket('1-1'), inSocket('1-1'))).toBe(true)
    expect(isBoundTo(inSocket('1-1'), inSocket('1-2'))).toBe(false)
    expect(isBoundTo(kind, inSocket('1-2'))).toBe(true)
    expect(isBoundTo(kind, inSocket('1-2', 'S1'))).toBe(true)
  })

  it.each([
    ['usb:0c2e:0b61', 'usb:0c2e:0b61@1-1', true],
    ['usb:0c2e:0b61', 'usb:0c2e:0b61:S1', true],
    ['usb:0c2e:0b61', 'usb:0c2e:0b61@1-1:S1', true],
    // The one in this socket may be the one of this number.
    ['usb:0c2e:0b61:S1', 'usb:0c2e:0b61@1-1', true],
    ['usb:0c2e:0b61@1-1:S1', 'usb:0C2E:0B61@1-1', true],
    ['usb:0c2e:0b61:S1', 'usb:0c2e:0b61:S2', false],
    ['usb:0c2e:0b61@1-1:S1', 'usb:0c2e:0b61:S2', false],
    ['usb:0c2e:0b61@1-2', 'usb:0c2e:0b61@1-1', false],
    ['usb:0c2e:0b61@1-2:S1', 'usb:0c2e:0b61@1-1:S1', false],
    ['usb:0c2e:0b62', 'usb:0c2e:0b61@1-1', false],
    ['usb:0c2e:0b61', 'usb:0C2E:0B61', false], // one and the same
    ['COM3', 'usb:0c2e:0b61@1-1', false],
  ])('%s and %s are mixed up where one device may answer to both: %s', (one, other, are) => {
    expect(areMixedUp(one, other)).toBe(are)
    expect(areMixedUp(other, one)).toBe(are)
  })

  it.each([
    ['hidPos', 'usb:0C2E:0B61:SeR', 'usb:0c2e:0b61:SeR'],
    ['usbLp', 'usb:0A5F:0081@1-1.4', 'usb:0a5f:0081@1-1.4'],
    ['usbLp', '/dev/usb/lp0', '/dev/usb/lp0'],
    ['serial', 'usb:1A86:7523@1-2@115200', 'usb:1a86:7523@1-2@115200'],
    ['serial', 'com3@19200', 'COM3@19200'],
    ['serial', '/dev/ttyUSB0', '/dev/ttyUSB0'],
    ['cups', 'com3', 'com3'],
  ])('has one spelling: %s %s', (way, address, plain) => expect(plainAddress(way, address)).toBe(plain))

  it('is its socket while it is alone, where one of its kind is set up by a socket', () => {
    const address = 'usb:0c2e:0b61'
    expect(addressBeside(address, inSocket('1-1'), ['usb:0c2e:0b61@1-1'])).toBe('usb:0c2e:0b61@1-1')
    expect(addressBeside(address, inSocket('1-3'), ['usb:0c2e:0b61@1-1'])).toBe('usb:0c2e:0b61@1-3')
    expect(addressBeside(address, inSocket('1-3'), ['usb:0c2e:0b61@1-1:S1'])).toBe('usb:0c2e:0b61@1-3')
    expect(addressBeside(`${address}:S1`, inSocket('1-3', 'S1'), ['usb:0c2e:0b61@1-1'])).toBe(
      'usb:0c2e:0b61@1-3:S1',
    )
    for (const other of ['usb:0c2e:0b61', 'usb:0c2e:0b62@1-1', 'COM3'])
      expect(addressBeside(address, inSocket('1-1'), [other])).toBe(address)
    expect(addressBeside(`${address}:S2`, inSocket('1-3', 'S2'), ['usb:0c2e:0b61@1-1:S1'])).toBe(
      `${address}:S2`,
    )
  })

  it('is not the speed behind a serial port', () => {
    const at = (address: string) => portOf({ transport: 'serial', address })
    expect(knownBy(at('usb:1a86:7523@115200'))).toBe('model')
    expect(knownBy(at('usb:1a86:7523@1-2@115200'))).toBe('socket')
    expect(at('com3@19200')).toBe('COM3')
    expect(portOf({ transport: 'usb', address: 'usb:0a5f:0081:S@1' })).toBe('usb:0a5f:0081:S@1')
  })

  it.each([
    ['usb:0c2e:0b61@1-1.4', 'socket'],
    ['usb:0c2e:0b61:S1', 'device'],
    ['usb:0c2e:0b61', 'model'],
    ['COM3', 'place'],
  ])('%s: %s', (text, by) => expect(knownBy(text)).toBe(by))
})
