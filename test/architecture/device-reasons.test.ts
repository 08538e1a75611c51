import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultWords } from '#electron/devices/print/fault-words.ts'
import { en } from '#renderer/app/i18n/en.ts'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'
import { deviceFault } from '#renderer/platform/device-fault.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Every sentence in the source of the adapters, with something in its holes; comments are none. */
function sentences(): string[] {
  const files = ['print', 'print/status', 'print-components', 'input', 'hid', 'serial']
    .flatMap((room) => globSync(`electron/devices/${room}/*.ts`, { cwd: root }))
    // Tried code by code below.
    .filter((file) => !file.endsWith('fault-words.ts'))
    // A scale's own faults reach people as the kind of its reading, not in words.
    .concat('electron/devices/open-scale.ts', 'electron/devices/scale/hid-scale.ts')
  const code = files.map((file) => read(file).replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, ''))
  return [
    ...new Set(
      code
        .flatMap((text) =>
          [/'([^'\n]*)'/g, /"([^"\n]*)"/g, /`([^`]+)`/g].flatMap((form) => [...text.matchAll(form)]),
        )
        .map(([, text = '']) => text.replaceAll(/\$\{[^}]*\}/g, '7'))
        .filter(
          (text) => /^[^=;\n]*[a-z]{2,} [a-z][^=;\n]*$/i.test(text) || /^(?:unplugged|cancelled)$/.test(text),
        ),
    ),
  ].sort()
}

/** The system's codes that have words. */
const codes = [...read('electron/devices/print/fault-words.ts').matchAll(/^ {2}(E[A-Z_]+): /gm)].map(
  ([, code = '']) => code,
)

/** What is in the source and told to nobody. */
const unsaid = [
  // Signatures of the systems' functions, and PDF.
  /__stdcall|^int ioctl|^StretchDIBits|^void \*|^\/ColorSpace|^q 7/,
  // What lpstat says and is looked for.
  /^now printing$/,
  // Logs.
  /: ignored /,
  // Parts of the sentences below, and what only a fault of the program says.
  /^drawing on printers$|^no such calls$/,
  // The driver's words follow, which are tried below.
  /^cannot be opened: 7$/,
]

describe('what an adapter says of a device', () => {
  const said = sentences().filter((text) => unsaid.every((form) => !form.test(text)))

  it('is found in every form in which the source says it', () => {
    expect(said).toEqual(
      expect.arrayContaining([
        '7: no connection within 7 ms',
        '7: closed the connection',
        'closed the connection before the end of the job',
        'took no more after 7 of 7 bytes',
        'was unplugged or switched off',
        'the spooler opens no queue of this name',
        'CUPS refused the job',
        'the queue is offline',
        'unplugged',
        'not plugged in',
        'another program holds it',
        'this user may not open it',
        'the device is gone',
        'plugged in, but not in HID POS mode',
        'plugged in, but not as a scale',
        'cannot be taken for Packbench alone (error 7)',
        'the print component took the task and says no more',
        'does not say which printers it has',
        'its driver draws no picture',
      ]),
    )
  })

  it.each(said)('%s', (reason) => expect(deviceFault(reason)).toEqual(expect.any(String)))

  it.each(codes)('%s', (code) => {
    const words = faultWords(Object.assign(new Error(''), { code }))
    expect(deviceFault(`192.0.2.8:9100: ${words}`)).toEqual(expect.any(String))
  })

  it('keeps what is told apart apart', () => {
    const told = (...all: string[]) => all.map((reason) => deviceFault(reason))
    expect(
      told(
        '/dev/ttyUSB0: is not plugged in',
        'usb:1a86:7523: was unplugged or switched off',
        'COM3: cannot be opened: Opening COM3: Access denied',
        '/dev/ttyS9: cannot be opened: Error: Permission denied, cannot open /dev/ttyS9',
        'plugged in, but not as a scale',
        '192.0.2.8:9100: closed the connection',
        '192.0.2.8:9100: took no more after 65536 of 120088 bytes',
        'lp: spawn lp ENOENT',
        'claimInterface error: LIBUSB_ERROR_BUSY',
      ),
    ).toEqual(['unplugged', 'off', 'held', 'forbidden', 'notAsScale', 'broken', 'stalled', 'notHere', 'held'])
    expect(deviceFault('no words of ours')).toBeUndefined()
  })

  it('has a text for each in both languages, by the types of the texts', () => {
    expect(Object.keys(zhCN.devices.fault).sort()).toEqual(Object.keys(en.devices.fault).sort())
  })
})
