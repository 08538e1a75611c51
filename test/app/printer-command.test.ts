import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Values } from '#electron/hosts/cli/arguments.ts'
import { deviceCommands } from '#electron/hosts/cli/device-commands.ts'
import { openStation, type Station } from '#test/support/station.ts'

let station: Station
beforeEach(async () => {
  station = await openStation()
})
afterEach(() => station.close())

const add = (values: Values) =>
  deviceCommands
    .find(({ words }) => words.join(' ') === 'printer add')
    ?.run({
      core: {
        call: (name, input) => station.desk.call(name, input),
        onProgress: () => undefined,
        close: async () => undefined,
      },
      words: ['P1'],
      values: { transport: 'tcp', language: 'tspl', ...values },
      print: () => undefined,
    })
const paper = async () =>
  (await station.desk.call('devices.printers', {})).printers.map((one) => [
    one.address,
    one.widthMm,
    one.heightMm,
    one.dpi,
  ])

it('printer add with the name of one that is there leaves the paper in it that nobody spoke of', async () => {
  await add({ address: '192.0.2.7:9100', size: '76x130', dpi: '300' })
  await add({ address: '192.0.2.8:9100' })
  expect(await paper()).toEqual([['192.0.2.8:9100', 76, 130, 300]])
  await add({ address: '192.0.2.8:9100', size: '60x40', dpi: '203' })
  expect(await paper()).toEqual([['192.0.2.8:9100', 60, 40, 203]])
})

it('printer add of a new one has the usual paper', async () => {
  await add({ address: '192.0.2.7:9100' })
  expect(await paper()).toEqual([['192.0.2.7:9100', 100, 150, 203]])
})
