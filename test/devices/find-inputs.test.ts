import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeInputs, findInputs } from '#electron/devices/find/inputs.ts'
import { loadScannerMakers } from '#electron/devices/scanner-makers.ts'
import { findSerialPort, listFrom } from '#electron/devices/serial/serial-ports.ts'

const hid = (name: string, vendor: number, pages: readonly number[], serial = '') => ({
  path: `/dev/${name}`, name, vendor, product: 1, serial, pages,
}) // prettier-ignore

describe('what is plugged in', () => {
  it('is named for people, told apart, and bound to what does not change', () => {
    const found = describeInputs(
      {
        hid: [
          hid('Voyager 1400g', 0x0c2e, [0x8c], 'S1'),
          hid('Voyager 1400g', 0x0c2e, [0x8c], 'S1'),
          hid('Mouse', 0x046d, [1]),
          hid('M10 Postal', 0x0922, [0x8d]),
        ],
        serial: [
          { path: '/dev/ttyACM0', name: 'Newland HR22', usb: { vendor: 0x1eab, product: 6, serial: '' } },
          { path: '/dev/ttyUSB0', name: 'USB Serial', usb: { vendor: 0x1a86, product: 0x7523, serial: '' } },
          { path: '/dev/ttyS0', name: '' },
        ],
        keyboards: [
          { path: '/dev/input/event3', name: 'Dell Keyboard', vendor: 0x413c, product: 1, serial: '' },
          { path: '/dev/input/event5', name: 'USB Barcode Scanner', vendor: 0x2dd6, product: 1, serial: '' },
          { path: '/dev/input/event6', name: 'HID Keyboard', vendor: 0x05f9, product: 2, serial: '' },
        ],
      },
      loadScannerMakers(),
    )
    expect(found.map(({ kind, way, name, address }) => [kind, way, name, address].join(' · '))).toEqual([
      'scanner · hidPos · Honeywell Voyager 1400g · usb:0c2e:0001:S1',
      'scale · hidScale · M10 Postal · usb:0922:0001',
      'scanner · serial · Newland HR22 · usb:1eab:0006',
      'input · serial · USB Serial · usb:1a86:7523',
      'input · serial · /dev/ttyS0 · /dev/ttyS0',
      'scanner · keyboard · USB Barcode Scanner · usb:2dd6:0001',
      'scanner · keyboard · Datalogic HID Keyboard · usb:05f9:0002',
    ])
  })

  it('is told apart by its socket where two of a kind have no number', () => {
    const inSocket = (name: string, socket: string) => ({ ...hid(name, 0x0c2e, [0x8c]), socket })
    const both = [inSocket('Left', '1-1'), inSocket('Left', '1-1'), inSocket('Right', '1-2.4')]
    const places = { hid: both, serial: [], keyboards: [] }
    expect(describeInputs(places, loadScannerMakers()).map(({ address }) => address)).toEqual([
      'usb:0c2e:0001@1-1',
      'usb:0c2e:0001@1-2.4',
    ])
  })

  it('can be asked on this machine, whatever it has', async () => {
    expect(await findInputs()).toEqual(expect.any(Array))
    const broken = {
      list: () => Promise.reject(new Error('no driver')),
      open: () => Promise.reject(new Error('no')),
    }
    expect(await findInputs(broken)).toEqual(expect.any(Array))
  })
})

describe('serial ports of Linux', () => {
  it('are listed with the USB device that they hang on, and found by it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tty-'))
    const usb = join(folder, 'devices', '1-2')
    const tty = join(folder, 'class')
    mkdirSync(join(usb, '1-2:1.0'), { recursive: true })
    writeFileSync(join(usb, 'idVendor'), '1eab\n')
    writeFileSync(join(usb, 'idProduct'), '0006\n')
    writeFileSync(join(usb, 'serial'), 'N7\n')
    writeFileSync(join(usb, 'manufacturer'), 'Newland\n')
    writeFileSync(join(usb, 'product'), 'HR22\n')
    for (const [name, type] of [
      ['ttyS0', '4'],
      ['ttyS1', '0'],
    ] as const) {
      mkdirSync(join(tty, name, 'device'), { recursive: true })
      writeFileSync(join(tty, name, 'type'), type)
    }
    mkdirSync(join(tty, 'ttyACM3'), { recursive: true })
    symlinkSync(join(usb, '1-2:1.0'), join(tty, 'ttyACM3', 'device'))
    mkdirSync(join(tty, 'tty7'))
    expect(listFrom(tty)).toEqual([
      {
        path: '/dev/ttyACM3',
        name: 'Newland HR22',
        usb: { vendor: 0x1eab, product: 6, serial: 'N7', socket: '1-2' },
      },
      { path: '/dev/ttyS0', name: '' },
    ])
    const list = () => Promise.resolve(listFrom(tty))
    expect(await findSerialPort('usb:1eab:0006:N7', list)).toBe('/dev/ttyACM3')
    expect(await findSerialPort('usb:1eab:0006:N8', list)).toBeUndefined()
    expect(await findSerialPort('usb:1eab:0006@1-2', list)).toBe('/dev/ttyACM3')
    expect(await findSerialPort('usb:1eab:0006@1-3', list)).toBeUndefined()
    expect(await findSerialPort('/dev/ttyS9', list)).toBe('/dev/ttyS9')
    rmSync(folder, { recursive: true })
  })
})
