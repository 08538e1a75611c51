import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { asTyped } from '#shared/domain/devices/codes/aim.ts'
import { fail, ok } from '#shared/support/result.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import {
  countFailures,
  insertOperator,
  operatorByBadge,
  operatorByName,
  operators,
  supervisors,
  updateOperator,
} from './repository.ts'
import { actsAsSupervisor } from './rights.ts'

type Calls =
  | 'operators.list'
  | 'operators.byBadge'
  | 'operators.save'
  | 'operators.signIn'
  | 'operators.signOut'
  | 'operators.me'

/** Wrong PINs before a pause, and the pause: a guesser gets 5 tries in 5 minutes, a tired packer waits for coffee. */
const mostFailures = 5
const pauseMinutes = 5

export function operatorsHandlers(core: AreaContext): Handlers<Calls> {
  return {
    'operators.list': (_input, call) => {
      // A badge acts for its owner without a PIN: only who hands badges out sees them.
      const trusted = actsAsSupervisor(core, call.caller)
      const rows = operators(core.db, {}).map(shown)
      return ok({ operators: trusted ? rows : rows.map((row) => ({ ...row, badge: '' })) })
    },

    'operators.byBadge': ({ badge }) => {
      const found = asTyped(badge).map((one) => operatorByBadge(core.db, { badge: one }))
      return ok({ name: found.find((one) => one !== undefined)?.name ?? null })
    },

    'operators.save': async (input) => {
      const rows = operators(core.db, {})
      const row = rows.find((one) => (input.id === undefined ? one.name === input.name : one.id === input.id))
      if (rows.some((one) => one.name === input.name && one.id !== row?.id)) {
        return fail('nameTaken', `The name ${input.name} is taken`, { name: input.name })
      }
      if (input.id !== undefined && row === undefined)
        return fail('operatorUnknown', 'There is no such operator')
      if (row === undefined && input.pin === undefined) return fail('pinNeeded', 'A new operator needs a PIN')
      const demoted = row?.role === 'supervisor' && (input.role !== 'supervisor' || input.active === false)
      if (demoted && (supervisors(core.db, {})?.count ?? 0) <= 1) {
        return fail('lastSupervisor', 'The last supervisor cannot be taken away')
      }
      const pin = input.pin === undefined ? (row?.pin_hash ?? '') : await hashPin(input.pin)
      const id = row?.id ?? core.ids.next()
      core.db.transaction((tx) => {
        if (row === undefined) {
          // The badge is a secret of its own: whoever scans it acts as this person.
          const badge = `PB-BADGE-${randomBytes(9).toString('hex').toUpperCase()}`
          insertOperator(tx, { id, name: input.name, role: input.role, pin, badge })
        } else {
          updateOperator(tx, {
            id,
            name: input.name,
            role: input.role,
            pin,
            active: Number(input.active ?? row.active === 1),
          })
        }
      })
      core.announce('operators')
      const saved = operators(core.db, {}).find((one) => one.id === id)
      if (saved === undefined) throw new Error('operator was not saved')
      return ok(shown(saved))
    },

    'operators.signIn': async (input, call) => {
      const row = operatorByName(core.db, { name: input.operator })
      const now = core.clock.now()
      if (row?.locked_until !== null && row !== undefined && row.locked_until > now) {
        return fail('operatorLocked', `Too many wrong PINs; try again after ${row.locked_until}`, {
          until: row.locked_until,
        })
      }
      // Counted before the PIN is looked at, which takes a while: tries made side by side are tries too.
      if (row !== undefined) {
        const failures = row.failures + 1
        const until =
          failures >= mostFailures ? new Date(Date.parse(now) + pauseMinutes * 60_000).toISOString() : null
        core.db.transaction((tx) =>
          countFailures(tx, { id: row.id, failures: until === null ? failures : 0, until }),
        )
      }
      // The same work for a name that is not there, so that names cannot be found out by timing.
      const right = await checkPin(input.pin, row?.pin_hash ?? nobody)
      if (row === undefined || !right) return fail('pinWrong', 'Name and PIN do not match')
      core.db.transaction((tx) => countFailures(tx, { id: row.id, failures: 0, until: null }))
      call.caller.operator = { id: row.id, name: row.name, role: row.role }
      core.announce('operators')
      return ok(shown(row))
    },

    'operators.signOut': (_input, call) => {
      call.caller.operator = null
      core.announce('operators')
      return ok({})
    },

    'operators.me': (_input, call) => {
      const row = operators(core.db, {}).find((one) => one.id === call.caller.operator?.id)
      return ok({ operator: row === undefined ? null : shown(row) })
    },
  }
}

function shown(row: ReturnType<typeof operators>[number]) {
  return { id: row.id, name: row.name, role: row.role, badge: row.badge, active: row.active === 1 }
}

const derive = promisify(scrypt) as (pin: string, salt: Uint8Array, length: number) => Promise<Buffer>
const nobody = `${'00'.repeat(16)}:${'00'.repeat(32)}`

async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  return `${salt.toString('hex')}:${(await derive(pin, salt, 32)).toString('hex')}`
}

async function checkPin(pin: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split(':')
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'hex'), 32), Buffer.from(hash, 'hex'))
}
