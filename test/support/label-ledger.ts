import { expect } from 'vitest'
import { importOrders, type Station } from './station.ts'

/** What tests of the label ledger ask of a station, again and again. */
export const oneCupEach = (station: Station, numbers: readonly string[]) =>
  importOrders(
    station,
    numbers.map((number) => ({ number, lines: [['RED', 1] as const] })),
  )

/** Of every label, in the order in which they were asked for. */
export const labelStates = (station: Station): string[] =>
  station.sql<{ state: string }>(`SELECT state FROM label ORDER BY id`).map(({ state }) => state)

export const savePrinter = (
  station: Station,
  name: string,
  address: string,
  spare: string | null = null,
  transport: 'tcp' | 'spooler' = 'tcp',
) =>
  station.desk.call('devices.savePrinter', {
    name,
    transport,
    address,
    language: 'tspl',
    widthMm: 100,
    heightMm: 150,
    dpi: 203,
    spare,
  })

/** Looks for four seconds, then asserts. */
export async function eventually(what: () => unknown, wanted: unknown): Promise<void> {
  for (let tries = 0; tries < 200 && JSON.stringify(what()) !== JSON.stringify(wanted); tries += 1)
    await new Promise((done) => setTimeout(done, 20))
  expect(what()).toEqual(wanted)
}
