import type { TFunction } from 'i18next'
import { printerTroubles } from '#shared/domain/devices/printer-status.ts'
import { heldReasons } from '#shared/domain/labels/held.ts'
import { queueOfWaiting } from '#shared/domain/labels/waits-in-queue.ts'
import { reprintReasons } from '#shared/domain/packing/codes.ts'
import { deviceFault } from '#renderer/platform/device-fault.ts'

/** What the ledger writes down beside a label's state, in the person's language; what has no words of ours is kept. */
export function labelReason(reason: string, t: TFunction): string {
  const [, kind, rest = ''] = /^(waits|reprint|refused|stopped|render|incomplete): (.*)$/.exec(reason) ?? []
  if (kind === 'waits') return t('label.why.waits', { troubles: troubles(rest, t) })
  if (kind === 'reprint') return t('label.why.reprint', { reason: reprintWords(rest, t) })
  if (kind === 'stopped') return t('label.why.stoppedOrder')
  if (kind === 'render') return t('label.why.render', { reason: rest })
  if (kind === 'incomplete') return t('label.why.incomplete', { what: lackingWords(rest, t) })
  if (kind === 'refused') {
    const known = refusals.find((one) => one === rest)
    return known === undefined
      ? t('label.why.refused', { reason: deviceWords(rest, t) })
      : t(`label.why.${known}`)
  }
  const fixed = heldReasons.find((one) => one === reason)
  if (fixed !== undefined) return t(`label.why.${fixed}`)
  if (reason === 'not confirmed') return t('label.why.notConfirmed')
  if (reason === 'stopped while sending') return t('label.why.stopped')
  const queue = queueOfWaiting(reason)
  if (queue !== undefined) return t('label.why.waitsInQueue', { queue })
  return troubles(deviceWords(reason, t), t)
}

/** What a device's adapter said; its own words where we have none. */
function deviceWords(reason: string, t: TFunction): string {
  const fault = deviceFault(reason)
  return fault === undefined ? reason : t(`devices.fault.${fault}`)
}

/** What a print component refuses for a reason that has words of its own. */
const refusals = ['noFreshParams'] as const

/** Words for a list of troubles; the text itself when it is none. */
function troubles(text: string, t: TFunction): string {
  const parts = text.split(' ').map((part) => printerTroubles.find((one) => one === part))
  return parts.every((part) => part !== undefined)
    ? parts.map((part) => t(`bench.trouble.${part}.what`)).join(' · ')
    : text
}

/** What of the receiver a label does not show whole, by the fields that the ledger names. */
export function lackingWords(text: string, t: TFunction): string {
  const fields = text.split(' ')
  return (['name', 'phone', 'address'] as const)
    .filter((one) => fields.includes(`receiver.${one}`))
    .map((one) => t(`layouts.field.receiver_${one}`))
    .join(t('layouts.comma'))
}

function reprintWords(text: string, t: TFunction): string {
  const known = reprintReasons.find((one) => one === text)
  if (known !== undefined) return t(`bench.reprintReason.${known}`)
  return text === 'notSent' ? t('label.notSent') : text
}
