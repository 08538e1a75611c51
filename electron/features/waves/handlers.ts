import { slotCode, waveCode } from '#shared/domain/packing/codes.ts'
import { checkPlan } from '#shared/domain/waves/floor/check.ts'
import { inOrder } from '#shared/domain/waves/floor/plan.ts'
import type { Strategy } from '#shared/domain/waves/strategy.ts'
import { fail, ok, type Result } from '#shared/support/result.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import { dropPlan, findingsOf, planNow, savePlan } from './floor.ts'
import { noWave, paperHandlers } from './papers.ts'
import { allShelves, soonestOrders, waitingByDue } from './planning-repository.ts'
import { releasePlan } from './release.ts'
import {
  dissolveWave,
  eventsOf,
  insertEvent,
  picksOf,
  setPicker,
  slotsOf,
  touched,
  waveRowById,
  wavesByState,
} from './repository.ts'
import { joinRunning, layoutOfWave, numbersOf, replanRunning } from './running.ts'
import { dropStrategy, saveStrategy, strategies, strategyNamed } from './strategies.ts'
import { mapOf, openPlan } from './walk-map.ts'
import { linesOf } from './wave-list.ts'
import { findWave, waveRow } from './wave-row.ts'

type Calls =
  | 'waves.list'
  | 'waves.get'
  | 'waves.strategies'
  | 'waves.saveStrategy'
  | 'waves.dropStrategy'
  | 'waves.compare'
  | 'waves.draftMap'
  | 'waves.release'
  | 'waves.plan'
  | 'waves.map'
  | 'waves.assign'
  | 'waves.replan'
  | 'waves.join'
  | 'waves.urgent'
  | 'waves.floor'
  | 'waves.checkFloor'
  | 'waves.saveFloor'
  | 'waves.dropFloor'
  | 'waves.pickList'
  | 'waves.pickLists'
  | 'waves.packingSlips'
  | 'waves.commandSheet'
  | 'waves.dissolve'
  | 'waves.open'

export function wavesHandlers(core: AreaContext): Handlers<Calls> {
  return {
    ...paperHandlers(core),

    'waves.list': ({ state }) => ok({ waves: wavesByState(core.db, { state: state ?? '' }).map(waveRow) }),

    'waves.get': ({ id }) => {
      const wave = findWave(core.db, id)
      if (wave === undefined) return ok(null)
      const lines = linesOf(core.db, wave.id)
      const numbers = numbersOf(
        core.db,
        wave.id,
        lines.filter((line) => !line.picked),
      )
      return ok({
        ...waveRow(wave),
        code: waveCode(wave.number),
        slots: slotsOf(core.db, { wave: wave.id }).map((slot) => ({
          slot: slot.slot,
          code: slot.slot === null ? slot.number : slotCode(wave.number, slot.slot),
          orderId: slot.id,
          order: slot.number,
          units: slot.units,
          state: slotState(slot),
        })),
        stops: lines.map((line) => ({
          location: line.location,
          zone: line.zone,
          aisle: line.aisle,
          sku: line.sku,
          name: line.name,
          quantity: line.quantity,
          picked: line.picked || line.packed,
          listed: !line.picked,
          number: numbers.get(line) ?? null,
          slots: [...line.slots],
        })),
        events: eventsOf(core.db, { wave: wave.id }),
      })
    },

    'waves.strategies': () => ok({ strategies: strategies(core.db) }),

    'waves.saveStrategy': ({ name, strategy, was }) => {
      core.db.transaction((tx) => saveStrategy(tx, { name, strategy }, was))
      core.announce('waves')
      return ok({})
    },

    'waves.dropStrategy': ({ name }) => {
      const gone = core.db.transaction((tx) => dropStrategy(tx, name))
      if (!gone)
        return fail('strategyBuiltIn', `There is no strategy ${name} of your own`, { strategy: name })
      core.announce('waves')
      return ok({})
    },

    'waves.compare': async ({ strategies: wanted, shop, before }, call) => {
      const chosen = wanted.map((one) => (typeof one === 'string' ? strategyNamed(core.db, one) : one))
      const missing = wanted.find((one, at) => typeof one === 'string' && chosen[at] === undefined)
      if (typeof missing === 'string') return noStrategy(missing)
      const plans = await core.planDesk.compare(
        {
          now: core.clock.now(),
          shop,
          before,
          strategies: chosen.flatMap((one) =>
            one === undefined ? [] : [{ name: one.name, strategy: one.strategy, plan: core.ids.next() }],
          ),
        },
        { signal: call.signal, progress: (done, total) => call.progress('planning', done, total) },
      )
      return plans.ok ? ok({ plans: plans.value }) : plans
    },

    'waves.draftMap': async ({ plan, index }) => ok(await core.planDesk.draftMap(plan, index)),

    'waves.release': ({ plan }, call) => releasePlan(core, call, plan),

    'waves.plan': async ({ strategy: name = 'shortest', shop, before, job: _job, ...options }, call) => {
      const known = strategyNamed(core.db, name)
      if (known === undefined) return noStrategy(name)
      const plan = core.ids.next()
      const made = await core.planDesk.compare(
        {
          now: core.clock.now(),
          shop,
          before,
          strategies: [{ name: known.name, strategy: withOptions(known.strategy, options), plan }],
        },
        { signal: call.signal, progress: (done, total) => call.progress('planning', done, total) },
      )
      if (!made.ok) return made
      if (call.signal.aborted) return fail('planCancelled', 'Cancelled; no wave was made')
      return releasePlan(core, call, plan)
    },

    'waves.map': ({ id }) => {
      const wave = findWave(core.db, id)
      const { plan } = planNow(core.db)
      if (wave === undefined || plan === null) return ok(null)
      const lines = linesOf(core.db, wave.id).filter((line) => !line.picked)
      return ok(
        mapOf(
          plan,
          layoutOfWave(core.db, wave.id),
          lines.map(({ shelf, location, packed }) => ({ shelf, location, done: packed })),
        ),
      )
    },

    'waves.assign': ({ id, picker }, call) => {
      if (waveRowById(core.db, { id }) === undefined) return noWave(id)
      core.db.transaction((tx) => {
        setPicker(tx, { wave: id, picker })
        insertEvent(tx, {
          wave: id,
          at: core.clock.now(),
          kind: 'picker',
          about: picker,
          reason: '',
          who: call.caller.operator?.name ?? call.caller.kind,
        })
      })
      core.announce('waves')
      return ok({})
    },

    'waves.replan': ({ id, ...wish }, call) => {
      const wave = findWave(core.db, id)
      return wave === undefined ? noWave(id) : replanRunning(core, call.caller, wave, wish)
    },

    'waves.join': ({ id, order, reason }, call) => {
      const wave = findWave(core.db, id)
      return wave === undefined ? noWave(id) : joinRunning(core, call.caller, wave, { order, reason })
    },

    'waves.urgent': ({ limit }) => ok({ orders: soonestOrders(core.db, limit, core.clock.now()) }),

    'waves.floor': () => {
      const { plan, source, at, who } = planNow(core.db)
      return ok({
        plan: plan === null ? null : openPlan(plan),
        source,
        at,
        who,
        shelves: allShelves(core.db, {}).flatMap(({ code, zone, aisle, level, xMm, yMm }) =>
          xMm === null || yMm === null ? [] : [{ code, zone, aisle, level, xMm, yMm }],
        ),
        findings: findingsOf(core.db, plan).map(openFinding),
      })
    },

    'waves.checkFloor': ({ plan }) => ok({ findings: findingsOf(core.db, plan).map(openFinding) }),

    'waves.saveFloor': ({ plan }, call) => {
      const [fault] = checkPlan(inOrder(plan))
      if (fault !== undefined)
        return fail('floorBad', `The plan cannot be walked: ${fault.code} ${fault.about.join(', ')}`, {
          fault: fault.code,
          about: fault.about.join(', '),
        })
      core.db.transaction((tx) =>
        savePlan(tx, plan, core.clock.now(), call.caller.operator?.name ?? call.caller.kind),
      )
      core.announce('waves', 'catalog')
      return ok({ findings: findingsOf(core.db, plan).map(openFinding) })
    },

    'waves.dropFloor': () => {
      core.db.transaction((tx) => dropPlan(tx))
      core.announce('waves', 'catalog')
      return ok({})
    },

    'waves.dissolve': ({ id }) => {
      if (waveRowById(core.db, { id }) === undefined) return noWave(id)
      const result = core.db.transaction((tx) => {
        if (touched(tx, { wave: id }) !== undefined) return null
        if (picksOf(tx, { wave: id }).some(({ picked }) => picked > 0)) return null
        return dissolveWave(tx, id)
      })
      if (result === null) return fail('waveTouched', 'Something of this wave was packed already')
      core.announce('waves', 'orders')
      return ok({ orders: result })
    },

    'waves.open': () => ok(waitingByDue(core.db, core.clock.now())),
  }
}

const noStrategy = (name: string): Result<never> =>
  fail('strategyUnknown', `There is no strategy ${name}`, { strategy: name })

/** What a call says beside the name of its strategy. */
function withOptions(
  strategy: Strategy,
  options: { readonly [K in 'singles' | 'slots' | 'units' | 'singleOrders']?: Strategy[K] | undefined },
): Strategy {
  const said = Object.entries(options).filter(([, value]) => value !== undefined)
  return { ...strategy, ...(Object.fromEntries(said) as Partial<Strategy>) }
}

const openFinding = (finding: ReturnType<typeof findingsOf>[number]) => ({
  ...finding,
  about: [...finding.about],
})

function slotState(slot: ReturnType<typeof slotsOf>[number]) {
  if (slot.state === 'handedOver') return 'handedOver'
  if (slot.stop !== null || slot.hold !== null || slot.state === 'cancelled') return 'stopped'
  if (slot.state === 'packed') return 'packed'
  return slot.packing === 1 ? 'packing' : 'waiting'
}
