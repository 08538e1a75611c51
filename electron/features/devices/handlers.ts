import type { FoundDevice, Printer, PrinterState } from '#shared/contract/devices.ts'
import { readComponentAddress } from '#shared/domain/devices/component-address.ts'
import { fail, ok } from '#shared/support/result.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import type { LabelMedia, ShippingLabel } from '#electron/ports/label-press.ts'
import type { PrinterTransport, SendOutcome } from '#electron/ports/label-printer.ts'
import type { InputService } from './input-service.ts'
import { printDocument } from './print-document.ts'
import { printOptions } from './print-options.ts'
import type { Known, PrinterWatch } from './printer-watch.ts'
import {
  adoptPrinter,
  inputs,
  printerById,
  type PrinterRow,
  printers,
  removeInput,
  upsertInput,
  upsertPrinter,
} from './repository.ts'

type Calls =
  | 'devices.printers'
  | 'devices.savePrinter'
  | 'devices.testPrint'
  | 'devices.tryLanguage'
  | 'devices.printDocument'
  | 'devices.find'
  | 'devices.inputs'
  | 'devices.saveInput'
  | 'devices.removeInput'

export function devicesHandlers(
  core: AreaContext,
  watch: PrinterWatch,
  listening: InputService,
): Handlers<Calls> {
  return {
    'devices.printers': () =>
      ok({
        printers: printers(core.db, {}).map((row) => ({
          ...shown(row),
          state: stateShown(watch.known(row.id)),
        })),
      }),

    'devices.savePrinter': (input) => {
      if (input.transport === 'tcp' && !isHostPort(input.address)) {
        return fail('addressWrong', `${input.address} is not HOST:PORT`, { address: input.address })
      }
      if (input.transport === 'component' && readComponentAddress(input.address) === undefined) {
        return fail('componentWrong', `${input.address} names no print component`, { address: input.address })
      }
      const saved = core.db.transaction((tx) => {
        const rows = printers(tx, {})
        const row = rows.find((one) =>
          input.id === undefined ? one.name === input.name : one.id === input.id,
        )
        if (rows.some((one) => one.name === input.name && one.id !== row?.id)) {
          return fail('nameTaken', `The name ${input.name} is taken`, { name: input.name })
        }
        const id = row?.id ?? core.ids.next()
        const spare = input.spare === undefined ? (row?.spare_id ?? null) : input.spare
        if (spare === id || (spare !== null && !rows.some((one) => one.id === spare))) {
          return fail('spareWrong', 'The spare must be another printer')
        }
        upsertPrinter(tx, {
          id,
          name: input.name,
          transport: input.transport,
          address: input.address,
          language: input.language,
          width_mm: input.widthMm,
          height_mm: input.heightMm,
          dpi: input.dpi,
          darkness: input.darkness === undefined ? (row?.darkness ?? null) : input.darkness,
          speed: input.speed === undefined ? (row?.speed ?? null) : input.speed,
          compression: input.compression ?? row?.compression ?? 'z64',
          media: input.media ?? row?.media ?? 'gap',
          gap_mm: input.gapMm ?? row?.gap_mm ?? 2,
          offset_x_mm: input.offsetXMm ?? row?.offset_x_mm ?? 0,
          offset_y_mm: input.offsetYMm ?? row?.offset_y_mm ?? 0,
          rotation: input.rotation ?? row?.rotation ?? 0,
          profile: input.profile === undefined ? (row?.profile ?? null) : input.profile,
          layout: input.layout === undefined ? (row?.layout ?? null) : input.layout,
          component_printer:
            input.componentPrinter === undefined ? (row?.component_printer ?? null) : input.componentPrinter,
          component_template:
            input.componentTemplate === undefined
              ? (row?.component_template ?? null)
              : input.componentTemplate,
          spare_id: spare,
        })
        if (rows.length === 0) adoptPrinter(tx, { printer: id })
        const now = printerById(tx, { id })
        if (now === undefined) throw new Error('printer was not saved')
        return ok(shown(now))
      })
      if (saved.ok) {
        watch.moved(saved.value.id)
        core.announce('devices', 'packing')
      }
      return saved
    },

    'devices.testPrint': async ({ id }) => {
      const row = printerById(core.db, { id })
      if (row === undefined) return fail('printerUnknown', 'There is no such printer')
      if (row.transport === 'component') {
        return fail('componentTest', 'A print component prints nothing but real waybills')
      }
      const outcome = await printTest(core, { ...row, transport: row.transport }, testLabel(core, row.name))
      watch.told(id, outcome)
      return ok(outcomeShown(outcome))
    },

    'devices.tryLanguage': async ({ transport, address, language, dpi, mark }) => {
      if (transport === 'component') {
        return fail('componentTest', 'A print component prints nothing but real waybills')
      }
      const label = testLabel(core, language.toUpperCase())
      const outcome = await printTest(
        core,
        { ...plainPrinter, transport, address, language, dpi },
        { ...label, courier: mark, slot: mark },
      )
      return ok(outcomeShown(outcome))
    },

    'devices.printDocument': (input) => printDocument(core, input),

    'devices.find': async () => {
      const found = await core.deviceFinder.find()
      const rows = printers(core.db, {})
      const heard = inputs(core.db, {})
      return ok({
        found: found.map((one): FoundDevice => {
          const way = one.kind === 'printer' ? one.transport : one.way
          const known =
            one.kind === 'printer'
              ? rows.find((row) => row.transport === way && row.address === one.address)
              : heard.find((row) => row.way === way && row.address === one.address)
          return {
            kind: one.kind,
            name: one.name,
            way,
            address: one.address,
            guesses: [],
            known: known?.name ?? null,
          }
        }),
      })
    },

    'devices.inputs': () =>
      ok({
        inputs: inputs(core.db, {}).map((row) => ({
          ...row,
          settings: JSON.parse(row.settings) as object,
          ...listening.stateOf(row.id),
        })),
      }),

    'devices.saveInput': async (input) => {
      const saved = core.db.transaction((tx) => {
        const rows = inputs(tx, {})
        const id = input.id ?? core.ids.next()
        if (rows.some((one) => one.id !== id && one.name === input.name)) {
          return fail('nameTaken', `The name ${input.name} is taken`, { name: input.name })
        }
        const twin = rows.find(
          (one) => one.id !== id && one.way === input.way && one.address === input.address,
        )
        if (twin !== undefined) {
          return fail('inputTaken', `${input.address} is set up as ${twin.name}`, { name: twin.name })
        }
        upsertInput(tx, { ...input, id, settings: JSON.stringify(input.settings) })
        return ok({ id })
      })
      if (saved.ok) await listening.refresh()
      return saved
    },

    'devices.removeInput': async ({ id }) => {
      removeInput(core.db, { id })
      await listening.refresh()
      return ok({})
    },
  }
}

const plainPrinter = {
  width_mm: 60,
  height_mm: 40,
  darkness: null,
  speed: null,
  compression: 'z64',
  media: 'gap',
  gap_mm: 2,
  offset_x_mm: 0,
  offset_y_mm: 0,
  rotation: 0,
} as const

type TestPrinter = Parameters<typeof printOptions>[0] & {
  readonly transport: PrinterTransport
  readonly address: string
  readonly language: PrinterLanguage
}

async function printTest(core: AreaContext, row: TestPrinter, label: ShippingLabel): Promise<SendOutcome> {
  const media: LabelMedia = { widthMm: row.width_mm, heightMm: row.height_mm, dpi: row.dpi }
  const { bitmap } = core.labelPress.render(label, media)
  const job = core.labelPress.encode(bitmap, row.language, printOptions(row))
  return core
    .openPrinter({ transport: row.transport, address: row.address, language: row.language })
    .send(job, { name: 'test' })
}

const testLabel = (core: AreaContext, words: string): ShippingLabel => ({
  waybill: 'TEST-0000000000',
  courier: '测试 Test',
  receiver: { name: '打包台', phone: '', address: words },
  sender: '',
  orderNumber: 'TEST',
  shop: 'Packbench',
  slot: '',
  contents: ['这是一张测试面单 · this is a test label ×1'],
  note: '',
  printedAt: core.clock.now(),
})

const outcomeShown = (outcome: SendOutcome) => ({
  outcome: outcome.kind,
  reason: 'reason' in outcome ? outcome.reason : '',
})

const isHostPort = (address: string): boolean => {
  const port = Number(/^(?:\[[0-9a-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/.exec(address)?.[1])
  return port >= 1 && port <= 65_535
}

export function stateShown(known: Known | undefined): PrinterState | null {
  if (known === undefined) return null
  const { status, since, answers } = known
  return {
    kind: status.kind,
    troubles: status.kind === 'trouble' ? [...status.troubles] : [],
    reason: status.kind === 'absent' ? status.reason : '',
    since,
    answers,
  }
}

function shown(row: PrinterRow): Printer {
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
    media: row.media,
    gapMm: row.gap_mm,
    offsetXMm: row.offset_x_mm,
    offsetYMm: row.offset_y_mm,
    rotation: row.rotation,
    profile: row.profile,
    layout: row.layout,
    componentPrinter: row.component_printer,
    componentTemplate: row.component_template,
    spare: row.spare_id,
  }
}
