import type { Printer, PrinterState } from '#shared/contract/devices.ts'
import { areMixedUp, plainAddress, portOf } from '#shared/domain/devices/binding.ts'
import { readComponentAddress } from '#shared/domain/devices/component-address.ts'
import { canSpeak } from '#shared/domain/devices/printer-languages.ts'
import type { PrinterProfile } from '#shared/domain/devices/printer-profiles.ts'
import { freeName } from '#shared/support/free-name.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import { dayIn } from '#shared/support/zoned-day.ts'
import type { Reader } from '#electron/db/query.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import { general } from '#electron/features/settings/index.ts'
import { describeFound } from './found.ts'
import { bindingFault, inputHandlers, notToldApart } from './input-handlers.ts'
import type { InputService } from './input-service.ts'
import type { Lookout } from './lookout.ts'
import { printDocument } from './print-document.ts'
import type { Known, PrinterWatch } from './printer-watch.ts'
import {
  adoptPrinter,
  deletePrinter,
  inputs,
  labelsOf,
  layoutKind,
  leaveBenches,
  leavePrinters,
  printerById,
  printerNames,
  type PrinterRow,
  printers,
  retirePrinter,
  upsertPrinter,
} from './repository.ts'
import { printTestPage, printTrial } from './test-labels.ts'

type Calls =
  | 'devices.printers'
  | 'devices.savePrinter'
  | 'devices.removePrinter'
  | 'devices.testPrint'
  | 'devices.tryLanguage'
  | 'devices.printDocument'
  | 'devices.find'
  | 'devices.families'
  | 'devices.componentPrinters'
  | 'devices.inputs'
  | 'devices.saveInput'
  | 'devices.removeInput'

export function devicesHandlers(
  core: AreaContext,
  watch: PrinterWatch,
  listening: InputService,
  lookout: Lookout,
): Handlers<Calls> {
  /** A printer's own layout is one of courier labels that is there; undefined when it is, or when there is none. */
  function layoutFault(db: Reader, name: string | null): Result<never> | undefined {
    if (name === null) return undefined
    const ready = core.labelPress.readyLayouts.find((one) => one.name === name)
    const kind = ready?.kind ?? layoutKind(db, { name })?.kind
    if (kind === undefined) return fail('layoutUnknown', `There is no layout ${name}`, { name })
    return kind === 'shipping'
      ? undefined
      : fail('layoutNoWaybill', 'Only a courier layout can be a printer’s own', { name })
  }

  return {
    'devices.printers': () =>
      ok({
        printers: printers(core.db, {}).map((row) => ({
          ...shown(row),
          state: stateShown(watch.known(row.id)),
        })),
      }),

    'devices.savePrinter': (input, call) => {
      const fault = addressFault(input)
      if (fault !== undefined) return fault
      const saved = core.db.transaction((tx) => {
        const rows = printers(tx, {})
        // On the command line a name means the printer of that name; in the window a new one must not take another's place.
        const byName = input.id === undefined && call.caller.kind === 'cli'
        const row = rows.find((one) => (byName ? one.name === input.name : one.id === input.id))
        if (printerNames(tx, {}).some((one) => one.name === input.name && one.id !== row?.id)) {
          return fail('nameTaken', `The name ${input.name} is taken`, { name: input.name })
        }
        const id = row?.id ?? core.ids.next()
        const alike = rows.find((one) => one.id !== id && areMixedUp(portOf(one), portOf(input)))
        if (alike !== undefined) return notToldApart(alike.name, portOf(alike))
        const spare = input.spare === undefined ? (row?.spare_id ?? null) : input.spare
        if (spare === id || (spare !== null && !rows.some((one) => one.id === spare))) {
          return fail('spareWrong', 'The spare must be another printer')
        }
        const layout = input.layout === undefined ? (row?.layout ?? null) : input.layout
        const ofLayout = layout === (row?.layout ?? null) ? undefined : layoutFault(tx, layout)
        if (ofLayout !== undefined) return ofLayout
        upsertPrinter(tx, {
          id,
          name: input.name,
          transport: input.transport,
          address: plainAddress(input.transport, input.address),
          language: input.language,
          width_mm: input.widthMm,
          height_mm: input.heightMm,
          dpi: input.dpi,
          darkness: input.darkness === undefined ? (row?.darkness ?? null) : input.darkness,
          speed: input.speed === undefined ? (row?.speed ?? null) : input.speed,
          compression:
            input.compression ?? row?.compression ?? compressionFor(core.printerProfiles, input.profile),
          media: input.media === undefined ? (row === undefined ? 'gap' : row.media) : input.media,
          gap_mm: input.gapMm ?? row?.gap_mm ?? 2,
          offset_x_mm: input.offsetXMm ?? row?.offset_x_mm ?? 0,
          offset_y_mm: input.offsetYMm ?? row?.offset_y_mm ?? 0,
          rotation: input.rotation ?? row?.rotation ?? 0,
          profile: input.profile === undefined ? (row?.profile ?? null) : input.profile,
          layout,
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

    'devices.removePrinter': ({ id }) => {
      const removed = core.db.transaction((tx) => {
        const row = printerById(tx, { id })
        if (row === undefined) return fail('printerUnknown', 'There is no such printer')
        leaveBenches(tx, { printer: id })
        leavePrinters(tx, { printer: id })
        const labels = labelsOf(tx, { printer: id })?.count ?? 0
        if (labels === 0) deletePrinter(tx, { id })
        else {
          const at = core.clock.now()
          // The day tells it from a successor of the same name.
          const dated = `${row.name.slice(0, 45)} · ${dayIn(general(tx).zone, at)}`
          const taken = printerNames(tx, {}).map(({ name }) => name)
          retirePrinter(tx, { id, name: freeName(dated, taken), at })
        }
        return ok({})
      })
      if (removed.ok) {
        watch.moved(id)
        core.announce('devices', 'packing')
      }
      return removed
    },

    'devices.testPrint': async ({ id }) => {
      const row = printerById(core.db, { id })
      if (row === undefined) return fail('printerUnknown', 'There is no such printer')
      const { transport } = row
      if (transport === 'component') return noTest()
      const outcome = await printTestPage(core, { ...row, transport })
      watch.told(id, outcome)
      return ok(outcomeShown(outcome))
    },

    'devices.tryLanguage': async ({ transport, address, language, dpi, mark, widthMm, heightMm }) => {
      if (transport === 'component') return noTest()
      if (!canSpeak(transport, language)) return driverNeedsQueue()
      const media = { widthMm, heightMm, dpi }
      return ok(outcomeShown(await printTrial(core, { transport, address, language }, media, mark)))
    },

    'devices.printDocument': (input, call) => printDocument(core, input, call),

    'devices.find': async (_, call) => {
      // A command line is gone before anything could be plugged in.
      if (call.caller.kind === 'page') lookout.keepWatch()
      const found = await lookout.find()
      const setUp = { printers: printers(core.db, {}), inputs: inputs(core.db, {}) }
      return ok({ found: describeFound(found, setUp, core.printerProfiles) })
    },

    'devices.families': () =>
      ok({
        families: core.printerProfiles.map(
          ({ id, makers, models, languages, driver, dpi, widthMm, darkness, speed }) => ({
            id,
            maker: makers[0] ?? id,
            models: [...models],
            languages: [...languages],
            driver,
            dpi: [...dpi],
            widthMm,
            darkness,
            speed,
          }),
        ),
      }),

    'devices.componentPrinters': async ({ address }) => {
      const place = readComponentAddress(address)
      if (place === undefined) return componentWrong(address)
      const component = core.openComponent(place.platform, place.url)
      const answer = await component.printers()
      const isUsed = printers(core.db, {}).some((row) => row.transport === 'component')
      // Somebody only looked: what no printer uses need not stay connected.
      if (!isUsed) component.close()
      if (answer.kind === 'absent') {
        return fail('componentAbsent', `No print component answers: ${answer.reason}`, {
          address,
        })
      }
      return ok({ printers: answer.printers.map((one) => ({ ...one })) })
    },

    ...inputHandlers(core, listening),
  }
}

const driverNeedsQueue = () =>
  fail('driverNeedsQueue', 'Only a printer that the system has a queue for prints through its driver')
const noTest = () => fail('componentTest', 'A print component prints nothing but real waybills')
const componentWrong = (address: string) =>
  fail('componentWrong', `${address} names no print component`, { address })

/** The address is one that the way in takes; undefined when it is. */
function addressFault({
  transport,
  address,
  language,
}: Pick<Printer, 'transport' | 'address' | 'language'>): Result<never> | undefined {
  if (!canSpeak(transport, language)) return driverNeedsQueue()
  if (transport === 'tcp' && !isHostPort(address))
    return fail('addressWrong', `${address} is not HOST:PORT`, { address })
  if (transport === 'component' && readComponentAddress(address) === undefined) return componentWrong(address)
  const mayBePath = transport === 'usbLp' && address.startsWith('/dev/')
  if ((transport === 'usb' || transport === 'usbLp') && !mayBePath) return bindingFault(address)
  return undefined
}

/** Clones that cannot inflate are sent what they can read, without a person having to know. */
function compressionFor(profiles: readonly PrinterProfile[], profile: string | null | undefined) {
  const family = profiles.find(({ id }) => id === profile)
  return family?.quirks.includes('noZ64') === true ? 'acs' : 'z64'
}

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
