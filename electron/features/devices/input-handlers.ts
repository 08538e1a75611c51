import { areMixedUp, isInSocket, plainAddress, readBinding } from '#shared/domain/devices/binding.ts'
import { fail, ok } from '#shared/support/result.ts'
import type { AreaContext, Handlers } from '#electron/features/area.ts'
import type { InputService } from './input-service.ts'
import { benchId, inputs, removeInput, upsertInput } from './repository.ts'

type Calls = 'devices.inputs' | 'devices.saveInput' | 'devices.removeInput'

/** One of its kind is set up already: from when it was the only one, or by its socket while this one names none. */
export const notToldApart = (name: string, address: string) =>
  isInSocket(address)
    ? fail('socketMissing', `${name} is told from others of its kind by its socket`, { name })
    : fail('notToldApart', `${name} answers to any device of this kind`, { name })

/** What has no path of its own is known by its binding only. */
export const bindingFault = (address: string) =>
  readBinding(address) === undefined
    ? fail('bindingWrong', `${address} is not usb:VID:PID or usb:VID:PID:SERIAL`, { address })
    : undefined

/** Scanners and scales that the core drives. */
export function inputHandlers(core: AreaContext, listening: InputService): Handlers<Calls> {
  return {
    'devices.inputs': () =>
      ok({
        inputs: inputs(core.db, {}).map((row) => ({
          ...row,
          settings: JSON.parse(row.settings) as object,
          ...listening.stateOf(row.id),
        })),
      }),

    'devices.saveInput': async (input) => {
      const ofAddress =
        input.way === 'hidPos' || input.way === 'hidScale' ? bindingFault(input.address) : undefined
      if (ofAddress !== undefined) return ofAddress
      const address = plainAddress(input.way, input.address)
      const saved = core.db.transaction((tx) => {
        const rows = inputs(tx, {})
        const id = input.id ?? core.ids.next()
        if (rows.some((one) => one.id !== id && one.name === input.name)) {
          return fail('nameTaken', `The name ${input.name} is taken`, { name: input.name })
        }
        const twin = rows.find(
          (one) => one.id !== id && one.way === input.way && plainAddress(one.way, one.address) === address,
        )
        if (twin !== undefined) {
          return fail('inputTaken', `${address} is set up as ${twin.name}`, { name: twin.name })
        }
        const alike = rows.find(
          (one) => one.id !== id && one.way === input.way && areMixedUp(one.address, address),
        )
        if (alike !== undefined) return notToldApart(alike.name, alike.address)
        if (input.kind === 'scale' && input.bench === null) {
          return fail('scaleNeedsBench', `${input.name} is a scale and stands at one bench`, {
            name: input.name,
          })
        }
        // Without this it would be heard at every bench.
        if (input.bench !== null && benchId(tx, { name: input.bench }) === undefined) {
          return fail('benchUnknown', `There is no bench ${input.bench}`, { bench: input.bench })
        }
        upsertInput(tx, { ...input, id, address, settings: JSON.stringify(input.settings) })
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
