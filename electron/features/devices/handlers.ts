import type { Printer } from '#shared/contract/settings.ts'
import { fail, ok } from '#shared/support/result.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { adoptPrinter, printers, upsertPrinter } from './repository.ts'

type Calls = 'devices.printers' | 'devices.savePrinter' | 'devices.testPrint'

export function devicesHandlers(core: AreaContext): Handlers<Calls> {
  return {
    'devices.printers': () => ok({ printers: printers(core.db, {}).map(shown) }),

    'devices.savePrinter': (input) => {
      if (input.transport === 'tcp' && !isHostPort(input.address)) {
        return fail('addressWrong', `${input.address} is not HOST:PORT`, { address: input.address })
      }
      return core.db.transaction((tx) => {
        const rows = printers(tx, {})
        const row = rows.find((one) =>
          input.id === undefined ? one.name === input.name : one.id === input.id,
        )
        if (rows.some((one) => one.name === input.name && one.id !== row?.id)) {
          return fail('nameTaken', `The name ${input.name} is taken`, { name: input.name })
        }
        const id = row?.id ?? core.ids.next()
        upsertPrinter(tx, {
          id,
          name: input.name,
          transport: input.transport,
          address: input.address,
          language: input.language,
          width: input.widthMm,
          height: input.heightMm,
          dpi: input.dpi,
          darkness: input.darkness === undefined ? (row?.darkness ?? null) : input.darkness,
          speed: input.speed === undefined ? (row?.speed ?? null) : input.speed,
          compression: input.compression ?? row?.compression ?? 'z64',
        })
        if (rows.length === 0) adoptPrinter(tx, { printer: id })
        core.announce('devices', 'packing')
        const saved = printers(tx, {}).find((one) => one.id === id)
        if (saved === undefined) throw new Error('printer was not saved')
        return ok(shown(saved))
      })
    },

    'devices.testPrint': async ({ id }) => {
      const row = printers(core.db, {}).find((one) => one.id === id)
      if (row === undefined) return fail('printerUnknown', 'There is no such printer')
      const rendered = core.labelPress.render(
        {
          waybill: 'TEST-0000000000',
          courier: '测试 Test',
          receiver: { name: '打包台', phone: '', address: row.name },
          sender: '',
          orderNumber: 'TEST',
          shop: 'Packbench',
          slot: '',
          contents: ['这是一张测试面单 · this is a test label ×1'],
          note: '',
          printedAt: core.clock.now(),
        },
        { widthMm: row.width_mm, heightMm: row.height_mm, dpi: row.dpi },
      )
      const job = core.labelPress.encode(rendered.bitmap, row.language, {
        copies: 1,
        compression: row.compression,
      })
      const outcome = await core
        .openPrinter({ transport: row.transport, address: row.address, language: row.language })
        .send(job)
      return ok({ outcome: outcome.kind, reason: 'reason' in outcome ? outcome.reason : '' })
    },
  }
}

const isHostPort = (address: string): boolean => {
  const port = Number(/^(?:\[[0-9a-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/.exec(address)?.[1])
  return port >= 1 && port <= 65_535
}

function shown(row: ReturnType<typeof printers>[number]): Printer {
  return {
    id: row.id,
    name: row.name,
    transport: row.transport,
    address: row.address,
    language: row.language,
    widthMm: row.width_mm,
    heightMm: row.height_mm,
    dpi: row.dpi,
    darkness: row.darkness,
    speed: row.speed,
    compression: row.compression,
  }
}
