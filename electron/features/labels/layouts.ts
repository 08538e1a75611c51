import { labelLayout } from '#shared/contract/layouts.ts'
import { layoutFaults } from '#shared/domain/labels/check-layout.ts'
import { cleanText } from '#shared/domain/labels/clean-text.ts'
import { type LabelLayout, layoutLimits } from '#shared/domain/labels/layout.ts'
import { freeName } from '#shared/support/free-name.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { Reader, Writer } from '#electron/db/query.ts'
import type { AreaContext, CallContext, Caller, Handlers } from '#electron/features/area.ts'
import { auditAct } from '#electron/features/backup/index.ts'
import { mediaOf, printerById, printOptions } from '#electron/features/devices/index.ts'
import type { LabelData, LabelPress } from '#electron/ports/label-press.ts'
import { labelDataOf } from './label-data.ts'
import {
  deleteLayout,
  layoutById,
  layoutByName,
  layoutUsers,
  ownLayouts,
  putLayout,
  renameInPrinters,
  setPrinterLayout,
} from './layout-repository.ts'

type Calls =
  | 'layouts.list'
  | 'layouts.get'
  | 'layouts.save'
  | 'layouts.remove'
  | 'layouts.import'
  | 'layouts.export'
  | 'layouts.use'
  | 'layouts.preview'
  | 'layouts.printOne'

const oneLookMs = 10 * 60_000

export function layoutsHandlers(core: AreaContext): Handlers<Calls> {
  const { labelPress } = core
  const layout = (name: string) => layoutNamed(core.db, labelPress, name)
  const unknown = (name: string) => fail('layoutUnknown', `There is no layout ${name}`, { name })

  /** When each person began to look at an order's receiver: a drag draws the label many times, and it is one look. */
  const looks = new Map<string, number>()
  function writeDown(order: string, caller: Caller): void {
    const look = `${caller.operator?.id ?? caller.kind} ${order}`
    const now = Date.parse(core.clock.now())
    if (now - (looks.get(look) ?? -Infinity) < oneLookMs) return
    core.db.transaction((tx) =>
      auditAct(tx, core, caller, { act: 'label.look', subject: order, reason: '', detail: {} }),
    )
    looks.set(look, now)
    core.announce('orders')
  }

  return {
    'layouts.list': () => {
      const users = layoutUsers(core.db, {})
      const row = (id: string | null, { name, kind, paper }: LabelLayout) => ({
        id,
        name,
        kind,
        paper: [...paper] as [number, number],
        printers: users.filter((one) => one.layout === name).map((one) => one.name),
      })
      const own = ownLayouts(core.db, {}).flatMap(({ id, layout }) => {
        const read = stored(layout)
        return read === undefined ? [] : [row(id, read)]
      })
      return ok({ layouts: [...labelPress.readyLayouts.map((one) => row(null, one)), ...own] })
    },

    'layouts.get': ({ name }) => {
      const found = layout(name)
      if (found === undefined) return ok(null)
      const row = layoutByName(core.db, { name })
      return ok({ id: row?.id ?? null, layout: asJson(found), at: row?.at ?? null, who: row?.who ?? '' })
    },

    'layouts.save': ({ id, over, layout: wanted }, call) => {
      const fault = faultOf(labelPress, wanted)
      if (fault !== undefined) return fault
      const saved = core.db.transaction((tx) => {
        const before = id === undefined ? undefined : layoutById(tx, { id })
        if (id !== undefined && before === undefined) return unknown(wanted.name)
        const isAsSeen =
          over === undefined || over === before?.at || before?.layout === JSON.stringify(wanted)
        if (before !== undefined && !isAsSeen)
          return fail('layoutChanged', `${before.name} was saved since it was opened`, { name: before.name })
        if (wanted.name !== before?.name && layoutNamed(tx, labelPress, wanted.name) !== undefined)
          return fail('nameTaken', `The name ${wanted.name} is taken`, { name: wanted.name })
        const user = wanted.kind === 'shipping' ? undefined : userOf(tx, before?.name)
        if (user !== undefined)
          return fail('layoutKindUsed', `The printer ${user} prints courier labels with it`, {
            printer: user,
          })
        if (before !== undefined) renameInPrinters(tx, { from: before.name, to: wanted.name })
        return ok(put(tx, core, call, before?.id ?? core.ids.next(), wanted))
      })
      if (saved.ok) core.announce('labels', 'devices')
      return saved
    },

    'layouts.remove': ({ id }) => {
      const row = layoutById(core.db, { id })
      if (row === undefined) return unknown(id)
      const user = userOf(core.db, row.name)
      if (user !== undefined)
        return fail('layoutInUse', `The printer ${user} prints with it`, { printer: user })
      core.db.transaction((tx) => deleteLayout(tx, { id }))
      core.announce('labels')
      return ok({})
    },

    'layouts.import': ({ text }, call) => {
      const read = readLayout(text)
      if (!read.ok) return read
      const fault = faultOf(labelPress, read.value)
      if (fault !== undefined) return fault
      const saved = core.db.transaction((tx) => {
        const taken = [...labelPress.readyLayouts, ...ownLayouts(tx, {})].map(({ name }) => name)
        const name = freeName(read.value.name, taken, layoutLimits.name)
        return put(tx, core, call, core.ids.next(), { ...read.value, name })
      })
      core.announce('labels')
      return ok(saved)
    },

    'layouts.export': ({ name }) => {
      const found = layout(name)
      if (found === undefined) return unknown(name)
      const file = `${name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}.label.json`
      return ok({ file, text: `${JSON.stringify(found, null, 2)}\n` })
    },

    'layouts.use': ({ printer, layout: name }) => {
      const found = name === null ? undefined : layout(name)
      if (name !== null && found === undefined) return unknown(name)
      if (found !== undefined && found.kind !== 'shipping')
        return fail('layoutNoWaybill', 'Only a courier layout can be a printer’s own', { name: found.name })
      if (core.db.transaction((tx) => setPrinterLayout(tx, { printer, layout: name })) === 0)
        return fail('printerUnknown', 'There is no such printer')
      core.announce('labels', 'devices')
      return ok({})
    },

    'layouts.preview': ({ layout: wanted, of, dpi }, call) => {
      const drawn = typeof wanted === 'string' ? layout(wanted) : wanted
      if (drawn === undefined) return unknown(typeof wanted === 'string' ? wanted : wanted.name)
      const real = of === '' ? undefined : labelDataOf(core, drawn.kind, of)
      if (of !== '' && real === undefined) return fail('labelOfNothing', `There is no ${of}`, { of })
      const [widthMm, heightMm] = drawn.paper
      if (real?.order !== null && real?.order !== undefined) writeDown(real.order, call.caller)
      const data = withWaybill(real?.data ?? labelPress.example(drawn.kind), labelPress)
      const rendered = labelPress.render(data, { widthMm, heightMm, dpi }, drawn)
      return ok({
        png: Buffer.from(labelPress.toPng(rendered.bitmap)).toString('base64'),
        missing: [...rendered.missing],
        cut: [...rendered.cut],
        refused: rendered.refused ?? null,
        faults: layoutFaults(drawn),
      })
    },

    'layouts.printOne': async ({ layout: name, of, printer: id, copies }) => {
      const found = layout(name)
      if (found === undefined) return unknown(name)
      // A courier's label has its number and its place in the ledger: it is printed by packing, or again with a reason.
      if (found.kind === 'shipping')
        return fail('layoutOfLedger', 'A courier label is printed by packing its order', { name })
      const data = labelDataOf(core, found.kind, of)?.data
      if (data === undefined) return fail('labelOfNothing', `There is no ${of}`, { of })
      const printer = printerById(core.db, { id })
      if (printer === undefined || printer.transport === 'component')
        return fail('printerUnknown', 'There is no such printer')
      const rendered = labelPress.render(data, mediaOf(printer), found)
      if (rendered.refused === 'mediaTooSmall')
        return fail('layoutPaper', 'The paper in this printer is too small', {
          paper: found.paper.join(' × '),
          printer: printer.name,
        })
      if (rendered.refused !== undefined) return fail('codeImpossible', 'Its code cannot be drawn', { of })
      const { transport, address, language } = printer
      const job = labelPress.encode(rendered.bitmap, language, { ...printOptions(printer), copies })
      const outcome = await core.openPrinter({ transport, address, language }).send(job)
      return ok({ outcome: outcome.kind, reason: 'reason' in outcome ? outcome.reason : '' })
    },
  }
}

/** The name of a printer that prints with the layout of this name. */
const userOf = (db: Reader, layout: string | undefined): string | undefined =>
  layoutUsers(db, {}).find((one) => one.layout === layout)?.name

/** A ready layout or one of the bench's own. */
export function layoutNamed(db: Reader, press: LabelPress, name: string): LabelLayout | undefined {
  const ready = press.readyLayouts.find((one) => one.name === name)
  if (ready !== undefined) return ready
  const row = layoutByName(db, { name })
  return row === undefined ? undefined : stored(row.layout)
}

/** The layout that a printer prints courier labels with; undefined: the ready one for its paper. */
export function layoutOf(
  core: Pick<AreaContext, 'db' | 'labelPress'>,
  printer: { readonly layout: string | null },
): LabelLayout | undefined {
  const found = printer.layout === null ? undefined : layoutNamed(core.db, core.labelPress, printer.layout)
  return found?.kind === 'shipping' ? found : undefined
}

const read = new Map<string, LabelLayout | undefined>()
const mostRead = 50

/** The layout of a row, read once for as long as it is not changed: a label on its way waits for this. */
function stored(text: string): LabelLayout | undefined {
  if (!read.has(text)) {
    if (read.size >= mostRead) read.clear()
    read.set(text, labelLayout.safeParse(JSON.parse(text)).data)
  }
  return read.get(text)
}

/** Reads the text of a file that a stranger may have written. Nothing of it is fetched, opened or run. */
function readLayout(text: string): Result<LabelLayout> {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, '')) // editors on Windows put a byte order mark first
  } catch {
    return fail('layoutNoJson', 'The file is not JSON')
  }
  const parsed = labelLayout.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const where = cleanText([...(issue?.path ?? []), ...keys].map(String).join('.')).slice(0, 80)
  return fail('layoutShape', `The file has something else at ${where}`, { where: where || '·' })
}

/** Why a layout of the right shape cannot be kept. */
function faultOf(press: LabelPress, layout: LabelLayout): ReturnType<typeof fail> | undefined {
  const [fault] = layoutFaults(layout)
  if (fault !== undefined) return fail(fault.what, `Item ${fault.item}: ${fault.what}`, { item: fault.item })
  const unread = layout.items.findIndex((item) => item.kind === 'image' && !press.canDraw(item.png))
  if (unread >= 0) return fail('layoutImage', 'The image is no grey PNG of one bit', { item: unread + 1 })
  if (JSON.stringify(layout).length > layoutLimits.text) return fail('layoutLarge', 'The layout is too large')
  return undefined
}

function put(
  tx: Writer,
  core: AreaContext,
  call: CallContext,
  id: string,
  layout: LabelLayout,
): { id: string; name: string } {
  const who = call.caller.operator?.name ?? call.caller.kind
  putLayout(tx, { id, name: layout.name, layout: JSON.stringify(layout), at: core.clock.now(), who })
  return { id, name: layout.name }
}

/** A preview of an order that has no number yet shows the example's: what is judged is the layout. */
function withWaybill(data: LabelData, press: LabelPress): LabelData {
  if ('kind' in data || data.waybill !== '') return data
  const example = press.example('shipping')
  return 'kind' in example ? data : { ...data, waybill: example.waybill }
}

const asJson = (layout: LabelLayout) => labelLayout.parse(layout)
