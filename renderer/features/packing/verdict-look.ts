import {
  IconArrowsSplit2,
  IconBoxMultiple,
  IconChecks,
  IconCheck,
  IconCommand,
  IconHandStop,
  IconHelp,
  IconMailboxOff,
  IconPackage,
  IconPhotoQuestion,
  IconRepeatOff,
  IconTruckDelivery,
  IconX,
} from '@tabler/icons-react'
import type { Verdict } from '#shared/contract/packing.ts'
import type { SoundName } from '#renderer/platform/sound.ts'
import type { Tone } from '#renderer/ui/Chip.tsx'

export type VerdictIcon = typeof IconCheck

export interface VerdictLook {
  readonly tone: Tone
  readonly Icon: VerdictIcon
  readonly sound: SoundName
}

/** The four channels of every answer; the words are `bench.verdict.<verdict>`. No two verdicts share icon or sound. */
export const verdictLooks: Readonly<Record<Verdict, VerdictLook>> = {
  opened: { tone: 'info', Icon: IconPackage, sound: 'opened' },
  right: { tone: 'ok', Icon: IconCheck, sound: 'right' },
  complete: { tone: 'ok', Icon: IconChecks, sound: 'complete' },
  wrongItem: { tone: 'wrong', Icon: IconX, sound: 'wrongItem' },
  tooMany: { tone: 'wrong', Icon: IconBoxMultiple, sound: 'tooMany' },
  unknown: { tone: 'wrong', Icon: IconHelp, sound: 'unknown' },
  ambiguous: { tone: 'info', Icon: IconPhotoQuestion, sound: 'choose' },
  stopped: { tone: 'hold', Icon: IconHandStop, sound: 'stopped' },
  alreadyShipped: { tone: 'hold', Icon: IconRepeatOff, sound: 'shipped' },
  command: { tone: 'idle', Icon: IconCommand, sound: 'command' },
  handedOver: { tone: 'ok', Icon: IconTruckDelivery, sound: 'handedOver' },
  wrongParcel: { tone: 'wrong', Icon: IconMailboxOff, sound: 'wrongParcel' },
}

/** Shown where an answer could not be had at all. */
export const RefusedIcon = IconArrowsSplit2

export const isError = (verdict: Verdict): boolean =>
  verdictLooks[verdict].tone === 'wrong' || verdictLooks[verdict].tone === 'hold'
