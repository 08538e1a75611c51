import { expect, it } from 'vitest'
import { createOpenPrinter } from '#electron/devices/print/open-printer.ts'
import { startSimulatedPrinter } from '#scripts/simulate/printer.ts'
import { importOrders, openStation, plainPress, scan, stockWarehouse } from '#test/support/station.ts'

/**
 * The whole core prints many labels over real sockets on two printers, one the other's spare, which refuse, stall,
 * break off, lose bytes, fall silent, run out of paper and are opened by turns. The printers share no code with the
 * adapters and keep what really came out. 800 here, for time; `LABEL_JOBS=10000 LABEL_SEED=2` is the long run.
 */
const jobs = Number(process.env['LABEL_JOBS'] ?? 500)
const seed = Number(process.env['LABEL_SEED'] ?? 1)

const faults = [
  'refuse',
  'stall',
  'silent',
  'half',
  'slow',
  'reset-after=0',
  'reset-after=7',
  'reset-after=31',
  'close-after=0',
  'close-after=7',
  'close-after=31',
  'drop=9',
  'paper-out',
  'head-open',
  'ribbon-out',
  'paused',
  'paper-for=3',
  'paper-for-bytes=90',
]

it(
  'loses no label unseen, prints none twice, and never says more than the printers did',
  async () => {
    const random = randomOf(seed)
    const printers = [
      await startSimulatedPrinter({ language: 'zpl', labelMs: 6 }),
      await startSimulatedPrinter({ language: 'zpl', labelMs: 6, muteInTrouble: false }),
    ] as const
    const station = await openStation({
      labelPress: {
        ...plainPress,
        encode: ({ data }) => Buffer.from(`^XA^FO0,0^FD${Buffer.from(data).toString()}^FS^PQ1^XZ\n`),
      },
      outside: {
        watchPaces: { idle: 200, trouble: [30, 60] },
        openPrinter: createOpenPrinter({
          simulatedFolder: '',
          tcpTimes: { connect: 300, stall: 30, linger: 10 },
          askTimes: { answer: 25, poll: 2, confirm: 80, still: 25 },
        }),
      },
    })
    try {
      await stockWarehouse(station, jobs)
      await importOrders(
        station,
        Array.from({ length: jobs }, (_, nth) => ({ number: `J-${nth}`, lines: [['RED', 1] as const] })),
      )
      const save = (name: string, address: string, spare: string | null) =>
        station.desk.call('devices.savePrinter', {
          name,
          transport: 'tcp',
          address,
          language: 'zpl',
          widthMm: 100,
          heightMm: 150,
          dpi: 203,
          spare,
        })
      const spare = await save('Spare', printers[1].address, null)
      const own = await save('Own', printers[0].address, spare.id)
      expect(own.spare).toBe(spare.id)
      const use = (printer: string) =>
        station.desk.call('packing.setBench', { bench: 'Bench 1', printer, printMode: 'first' })
      // Each says once that a label is out: from then on its silence about one means something.
      for (const [nth, printer] of ['Spare', 'Own'].entries()) {
        await use(printer)
        await scan(station, `J-${nth}`)
      }
      // Somebody looks at the bench: from then on the printers are asked how they are.
      station.page()
      const gone = new Map<string, number>()
      for (let nth = 2; nth < jobs; nth += 1) {
        if (random() < 0.1) {
          const printer = printers[random() < 0.8 ? 0 : 1]
          const fault = faults[Math.floor(random() * faults.length)] ?? 'ok'
          await printer.fault('ok')
          await printer.fault(fault)
          gone.set(fault, (gone.get(fault) ?? 0) + 1)
        } else if (random() < 0.25) {
          for (const printer of printers) await printer.fault('ok')
        }
        // Opening an order at a bench that prints first asks for its label; only some wait for it.
        await scan(station, `J-${nth}`)
        if (random() < 0.001) {
          await station.restart()
          station.page()
        }
      }
      for (const printer of printers) await printer.fault('ok')
      // A page looks at the printers, finds them well, and what waited goes.
      const rows = () => station.sql<{ waybill: string; state: string }>('SELECT waybill, state FROM label')
      const open = () =>
        rows().filter(({ state }) => state !== 'sent' && state !== 'printed' && state !== 'unknown')
      for (let tries = 0; tries < 300 && open().length > 0; tries += 1) await pause(100)
      await pause(200)

      const out = new Map<string, number>()
      for (const label of printers.flatMap(({ labels }) => labels)) {
        const waybill = /\^FD(SF\d{12})\^FS/.exec(label.toString('latin1'))?.[1] ?? 'garbled'
        out.set(waybill, (out.get(waybill) ?? 0) + 1)
      }
      const counted = { printed: 0, unknown: 0, unknownOut: 0, other: 0 }
      const wrong: string[] = []
      for (const { waybill, state } of rows()) {
        const times = out.get(waybill) ?? 0
        if (times > 1) wrong.push(`${waybill} ${state} came out ${times} times`)
        if (state === 'printed') {
          counted.printed += 1
          if (times !== 1) wrong.push(`${waybill} is said to be printed and is not out`)
        } else if (state === 'unknown') {
          counted.unknown += 1
          counted.unknownOut += times
        } else {
          counted.other += 1
          wrong.push(`${waybill} ${state}`)
        }
      }
      console.log(
        `${jobs} jobs, seed ${seed}: ${JSON.stringify(counted)}, garbled on paper ${out.get('garbled') ?? 0}, ` +
          `faults ${[...gone].map(([fault, count]) => `${fault} ×${count}`).join(' ')}, at once ${printers.map(({ mostAtOnce }) => mostAtOnce).join('/')}`,
      )
      expect(wrong).toEqual([])
      expect(rows()).toHaveLength(jobs)
    } finally {
      await station.close()
      for (const printer of printers) await printer.close()
    }
  },
  30 * 60_000,
)

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Mulberry32: the same run for the same seed. */
function randomOf(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
