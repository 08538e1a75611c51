import { setImmediate } from 'node:timers/promises'
import {
  commands,
  commandCode,
  pickCode,
  slotCode,
  waveCode,
  waveName,
} from '#shared/domain/packing/codes.ts'
import { specBeside } from '#shared/domain/orders/spec.ts'
import { splitList } from '#shared/domain/waves/split-list.ts'
import { followedLength } from '#shared/domain/waves/routing/rules.ts'
import type { Layout } from '#shared/domain/waves/planning/layout.ts'
import { fail, ok } from '#shared/support/result.ts'
import { type AreaContext, type Handlers, makePaper } from '#electron/features/area.ts'
import { general } from '#electron/features/settings/index.ts'
import type {
  CommandSheetEntry,
  DocumentLanguage,
  PickListDocument,
  PickListTurn,
} from '#electron/ports/document-press.ts'
import { planNow } from './floor.ts'
import { eventsOf, markPicking, slipLines, slipsOf, slotsOf } from './repository.ts'
import { freshList, layoutOfWave, strategyOf } from './running.ts'
import { walkList } from './walk-map.ts'
import { type ListLine, linesOf, takenBack } from './wave-list.ts'
import { findWave, type StoredWave, waveRow } from './wave-row.ts'

export const noWave = (id: string | number) =>
  fail('waveUnknown', `There is no wave ${id}`, { wave: String(id) })

/** The papers of a wave, and the sheet of commands. */
export function paperHandlers(
  core: AreaContext,
): Handlers<'waves.pickList' | 'waves.pickLists' | 'waves.packingSlips' | 'waves.commandSheet'> {
  return {
    'waves.pickList': async ({ id, paper, language, part, parts, reversed }, call) => {
      const wave = findWave(core.db, id)
      if (wave === undefined) return noWave(id)
      if (part !== undefined && part > parts)
        return fail('partUnknown', `There are ${parts} parts`, { part, parts })
      freshList(core, wave.id)
      const list = pickListOf(core, findWave(core.db, wave.id) ?? wave, language, {
        part: part ?? 1,
        parts,
        reversed,
      })
      const pdf = await makePaper(call, (work) => core.documents.pickList(list, paper, language, work))
      if (!pdf.ok) return pdf
      // A printed list is how a pick begins.
      if (core.db.transaction((tx) => markPicking(tx, { wave: wave.id })) > 0) core.announce('waves')
      const name = [waveName(wave.number), ...(parts > 1 ? [`${part ?? 1}-${parts}`] : []), paper].join('-')
      return ok(core.heldFiles.hold(`${name}.pdf`, 'application/pdf', pdf.value))
    },

    'waves.pickLists': async ({ ids, paper, language, reversed }, call) => {
      const waves: StoredWave[] = []
      for (const id of ids) {
        const wave = findWave(core.db, id)
        if (wave === undefined) return noWave(id)
        waves.push(wave)
      }
      const lists: PickListDocument[] = []
      for (const wave of waves) {
        freshList(core, wave.id)
        lists.push(
          pickListOf(core, findWave(core.db, wave.id) ?? wave, language, { part: 1, parts: 1, reversed }),
        )
        // Each takes some milliseconds, and scans come in between.
        await setImmediate()
      }
      const pdf = await makePaper(call, (work) => core.documents.pickLists(lists, paper, language, work))
      if (!pdf.ok) return pdf
      const begun = core.db.transaction((tx) =>
        waves.reduce((sum, wave) => sum + markPicking(tx, { wave: wave.id }), 0),
      )
      if (begun > 0) core.announce('waves')
      const names = [...new Set([waves[0]?.number ?? 0, waves.at(-1)?.number ?? 0])].map(waveName)
      return ok(core.heldFiles.hold(`${names.join('-')}-${paper}.pdf`, 'application/pdf', pdf.value))
    },

    'waves.packingSlips': async ({ id, paper, language }, call) => {
      const wave = findWave(core.db, id)
      if (wave === undefined) return noWave(id)
      const { zone } = general(core.db)
      const slips = slipsOf(core.db, { wave: wave.id }).map((slip) => ({
        shop: slip.shop,
        order: slip.number,
        orderCode: slip.slot === null ? slip.number : slotCode(wave.number, slip.slot),
        paidAt: slip.paid_at,
        zone,
        receiver: slip.receiver_masked,
        lines: slipLines(core.db, { order: slip.id }).map((line) => ({
          sku: line.sku,
          name: line.name ?? line.title,
          spec: specBeside(line.name ?? line.title, line.spec),
          quantity: line.quantity,
          kit:
            line.kit_sku === null || line.kit_quantity === null
              ? null
              : { name: line.kit_name ?? (line.kit_title || line.kit_sku), quantity: line.kit_quantity },
        })),
        buyerNote: slip.buyer_note,
        returnsText: slip.returns_text,
        slot: slip.slot === null ? '' : `${waveName(wave.number)} · ${slip.slot}`,
      }))
      const pdf = await makePaper(call, (work) => core.documents.packingSlip(slips, paper, language, work))
      if (!pdf.ok) return pdf
      return ok(core.heldFiles.hold(`${waveName(wave.number)}-slips.pdf`, 'application/pdf', pdf.value))
    },

    'waves.commandSheet': async ({ language }) => {
      const pdf = await core.documents.commandSheet(
        [
          ...commands.map((command) => ({ code: commandCode(command), ...commandWords[command] })),
          ...[1, 2, 3, 4].map((choice) => ({
            code: pickCode(choice),
            zh: `选第 ${choice} 个`,
            en: `Choose ${choice}`,
            icon: choice,
          })),
        ],
        language,
      )
      return ok(core.heldFiles.hold('commands.pdf', 'application/pdf', pdf))
    },
  }
}

interface Which {
  readonly part: number
  readonly parts: number
  readonly reversed: boolean
}

/** Goods that a picker lifts with care where the strategy names no weight, in grams. */
const heavyG = 5_000

/** The list that is out now: what is still to pick, in walking order. */
function pickListOf(
  core: AreaContext,
  wave: StoredWave,
  language: DocumentLanguage,
  { part, parts, reversed }: Which,
): PickListDocument {
  const all = slotsOf(core.db, { wave: wave.id })
  const slots = all.filter((slot) => takenBack(slot) === null)
  const layout = layoutOfWave(core.db, wave.id)
  const { plan } = planNow(core.db)
  const open = linesOf(core.db, wave.id).filter((line) => !line.picked)
  const lines = parts === 1 ? open : partOf(open, layout, part, parts)
  const walk =
    plan === null
      ? null
      : walkList(
          plan,
          layout,
          lines.map(({ shelf, location }) => ({ shelf, location, done: false })),
        )
  const row = waveRow(wave)
  const heavy = strategyOf(core.db, wave).heavyFirstG || heavyG
  return {
    wave: waveName(wave.number),
    waveCode: waveCode(wave.number),
    kind: wave.kind,
    revision: wave.revision,
    part: parts === 1 ? null : { part, parts },
    picker: wave.picker,
    walkM: walk === null ? null : Math.round(walk.distanceMm / 1000),
    map:
      walk === null || plan === null
        ? null
        : {
            crossAisles: plan.crossAisles,
            aisles: plan.aisles,
            crossWays: plan.crossWays,
            depots: plan.depots,
            stops: walk.stops.map((stop, index) => ({ number: index + 1, ...stop })),
            path: walk.path,
          },
    notes: notesOf(core, wave.id, language),
    labels: reversed ? 'reversed' : 'list',
    printedAt: core.clock.now(),
    zone: general(core.db).zone,
    shipBy: row.dueAt,
    orders: slots.length,
    units: lines.reduce((sum, line) => sum + line.quantity, 0),
    couriers: row.couriers,
    slots: slots.flatMap((slot) =>
      slot.slot === null
        ? []
        : [
            {
              slot: slot.slot,
              code: slotCode(wave.number, slot.slot),
              order: slot.number,
              units: slot.units,
              courier: slot.own_courier ?? slot.shop_courier ?? '',
            },
          ],
    ),
    stops: lines.map((line, index) => ({
      number: walk?.numbers[index] ?? null,
      turn: walk === null ? null : turnAt(lines, layout, walk, index),
      mark: line.fragile ? 'fragile' : line.weightG >= heavy ? 'heavy' : null,
      location: line.location,
      zone: line.zone,
      aisle: line.aisle,
      sku: line.sku,
      name: line.name,
      barcode: line.barcode,
      quantity: line.quantity,
      slots: line.slots,
    })),
    leftOut: all.flatMap((slot) => {
      const why = takenBack(slot)
      return why === null ? [] : [{ order: slot.number, reason: takenBackWords[language][why] }]
    }),
  }
}

/** The stretch of a list that one of several pickers walks. */
function partOf(
  lines: readonly ListLine[],
  layout: Layout,
  part: number,
  parts: number,
): readonly ListLine[] {
  const { walkable, shelves } = layout
  const stops = lines.map(({ shelf }) => (shelf === null ? null : (shelves.get(shelf)?.stop ?? null)))
  const stretches = splitList(lines.length, parts, ({ from, until }) => {
    if (walkable === null) return until - from
    const own = stops.slice(from, until).flatMap((stop) => stop ?? [])
    return Math.round(followedLength(walkable.distances, walkable.depots, own, [...own.keys()]))
  })
  const own = stretches[part - 1]
  return own === undefined ? [] : lines.slice(own.from, own.until)
}

/** The turn to a line, on the first one after a change of aisle. */
function turnAt(
  lines: readonly ListLine[],
  layout: Layout,
  walk: NonNullable<ReturnType<typeof walkList>>,
  index: number,
): PickListTurn | null {
  const aisleOf = (at: number) => layout.shelves.get(lines[at]?.shelf ?? -1)?.stop?.aisle ?? null
  const number = walk.numbers[index] ?? null
  if (number === null || (index > 0 && aisleOf(index) === aisleOf(index - 1))) return null
  return walk.turns[number - 1] ?? null
}

/** What happened to the wave that a picker should know of. */
function notesOf(core: AreaContext, wave: string, language: DocumentLanguage): string[] {
  const say = noteWords[language]
  return eventsOf(core.db, { wave }).flatMap(({ kind, about, reason }) =>
    kind === 'joined' || kind === 'short' || kind === 'moved' ? [say[kind](about, reason)] : [],
  )
}

const noteWords = {
  'zh-CN': {
    joined: (order: string, reason: string) =>
      reason === '' ? `${order} 又要拣了` : `加急插入 ${order}:${reason}`,
    short: (order: string, goods: string) => `缺货 ${order}:${goods},不再为它拣`,
    moved: (shelf: string, sku: string) => `${sku} 改从 ${shelf} 拿`,
  },
  en: {
    joined: (order: string, reason: string) =>
      reason === '' ? `Order ${order} is wanted again` : `Urgent order ${order} joined: ${reason}`,
    short: (order: string, goods: string) => `Short for ${order}: ${goods}; pick nothing more for it`,
    moved: (shelf: string, sku: string) => `${sku} is now taken from ${shelf}`,
  },
} as const

const takenBackWords = {
  'zh-CN': { cancel: '已取消，不用拣', refund: '退款中，不用拣' },
  en: { cancel: 'Cancelled: do not pick', refund: 'Refund: do not pick' },
} as const

const commandWords: Record<(typeof commands)[number], Pick<CommandSheetEntry, 'zh' | 'en' | 'icon'>> = {
  OK: { zh: '确认', en: 'OK', icon: 'ok' },
  UNDO: { zh: '撤销上一件', en: 'Undo', icon: 'undo' },
  HOLD: { zh: '挂起订单', en: 'Hold', icon: 'hold' },
  SHORT: { zh: '缺货', en: 'Short', icon: 'short' },
  PARTIAL: { zh: '部分发货', en: 'Ship partial', icon: 'finish' },
  NEXT: { zh: '下一单', en: 'Next', icon: 'next' },
  CANCEL: { zh: '取消', en: 'Cancel', icon: 'cancel' },
  PRINT: { zh: '打印面单', en: 'Print', icon: 'print' },
  REPRINT: { zh: '重打面单', en: 'Reprint', icon: 'reprint' },
  MISSING: { zh: '面单没出来', en: 'No label came', icon: 'missing' },
  VOID: { zh: '作废面单', en: 'Void', icon: 'void' },
  WEIGH: { zh: '重新称重', en: 'Weigh', icon: 'weigh' },
}
