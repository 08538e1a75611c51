import type { FoundDevice, Printer, PrinterFamily } from '#shared/contract/devices.ts'
import { canSpeak, languageScales, type Scale } from '#shared/domain/devices/printer-languages.ts'
import { guessPrinter } from '#shared/domain/devices/printer-profiles.ts'
import { papers } from './papers.ts'

/** A printer that is being set up: the way to it is known, the rest is asked for. */
export type Draft = Omit<Printer, 'id'>
export type Guesses = FoundDevice['guesses']

export interface Start {
  readonly draft: Draft
  readonly guesses: Guesses
}

/** Characters. */
export const longestName = 60

const plain: Draft = {
  name: '',
  transport: 'tcp',
  address: '',
  language: 'zpl',
  widthMm: 100,
  heightMm: 150,
  dpi: 203,
  darkness: null,
  speed: null,
  compression: 'z64',
  media: 'gap',
  gapMm: 2,
  offsetXMm: 0,
  offsetYMm: 0,
  rotation: 0,
  profile: null,
  layout: null,
  componentPrinter: null,
  componentTemplate: null,
  spare: null,
}

/** Millimetres of a paper's edges that nothing is printed on. */
const edges = 8

/** Whether a head of this family is as wide as the paper; what is known of heads is no more than a hint. */
export const isPrintable = ({ widthMm }: Pick<Draft, 'widthMm'>, family: PrinterFamily): boolean =>
  widthMm <= family.widthMm + edges

export function startFrom(found: FoundDevice, families: readonly PrinterFamily[]): Start {
  const family = families.find(({ id }) => id === found.profile)
  const [language] = found.guesses
  // Makers whose driver alone prints sell narrow rolls; a waybill is what most others hold.
  const paper = family?.driver === true ? papers.find((one) => isPrintable(one, family)) : undefined
  return {
    draft: {
      ...plain,
      ...(paper && { widthMm: paper.widthMm, heightMm: paper.heightMm, media: paper.media }),
      name: found.name.slice(0, longestName),
      transport: found.way as Printer['transport'],
      address: found.address,
      language: language?.language ?? 'zpl',
      profile: found.profile,
      dpi: family?.dpi[0] ?? 203,
    },
    guesses: found.guesses.length === 0 ? anyLanguage() : found.guesses,
  }
}

/** Set up by its address: nothing is known of it but that. */
export function startAt(part: Partial<Draft>): Start {
  const draft = { ...plain, ...part }
  const driver = { language: 'driver', because: 'common' } as const
  const guesses = anyLanguage()
  return { draft, guesses: canSpeak(draft.transport, 'driver') ? [...guesses, driver] : guesses }
}

const anyLanguage = (): Guesses => [...guessPrinter([], {}).languages]

/** A serial printer's speed stands behind its port: `COM3@115200`; 9600 where nothing does. */
export const baudOf = (address: string): string => /@(\d+)$/.exec(address)?.[1] ?? '9600'
export function withBaud(address: string, baud: string): string {
  const port = address.replace(/@\d+$/, '')
  return baud === '9600' ? port : `${port}@${baud}`
}

/** What a printer takes of darkness or speed: its model's own range where it speaks its model's language. */
export function rangeOf(
  what: 'darkness' | 'speed',
  { language, profile }: Pick<Draft, 'language' | 'profile'>,
  families: readonly PrinterFamily[],
): Scale | null {
  const family = families.find(({ id }) => id === profile)
  return family?.languages[0] === language ? family[what] : languageScales[language][what]
}
