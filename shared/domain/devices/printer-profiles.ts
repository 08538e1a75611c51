import type { PrinterLanguage, Scale } from './printer-languages.ts'

/** What is known of a family of printers: one entry of `resources/devices/printers.json`. */
export interface PrinterProfile {
  readonly id: string
  /** The names that the maker goes by; the first is the one to show. */
  readonly makers: readonly string[]
  /** How model names begin, `#` for any digit: `ZD#` is ZD421 and not ZDesigner. Short ones count beside their maker only. */
  readonly models: readonly string[]
  /** The first is the best guess; empty where only the maker's own driver prints. */
  readonly languages: readonly PrinterLanguage[]
  /** Prints documents through the system's driver: its raster is the maker's own. */
  readonly driver: boolean
  readonly dpi: readonly (203 | 300)[]
  /** Mm that the head can print. */
  readonly widthMm: number
  /** What the models take of their first language's scale; null where it has none. */
  readonly darkness: Scale | null
  readonly speed: Scale | null
  /** Which questions it can be asked; `none`: only the port's own state. */
  readonly status: 'zpl' | 'tspl' | 'escpos' | 'none'
  readonly usb: readonly UsbMark[]
  readonly quirks: readonly PrinterQuirk[]
  /** Where the facts come from. */
  readonly source: string
  /** Properties of this entry that nobody has checked. */
  readonly unverified: readonly string[]
}

export interface UsbMark {
  readonly vendor: number
  /** Undefined: every product of this vendor. */
  readonly product?: number
}

export type PrinterQuirk =
  /** Cannot inflate Z64: send ACS. */
  | 'noZ64'
  /** Often never answers a status question. */
  | 'silentStatus'
  /** Says that it speaks a language which it does not. */
  | 'idLies'

/** What is known of one device, from whatever way it was found. */
export interface PrinterClue {
  /** IEEE 1284 device id: `MFG:Munbyn;CMD:TSPL;MDL:RW403B;`. */
  readonly deviceId?: string
  readonly usb?: { readonly vendor: number; readonly product: number }
  /** What the system calls it: `ZDesigner GK420d`. */
  readonly name?: string
  /** It is a queue of the system, whose driver is called so: there is one that can print. */
  readonly driver?: string
}

export interface LanguageGuess {
  readonly language: PrinterLanguage
  /** The best reason there is: its model is known, it says so itself, its maker or its USB number is known, or many do. */
  readonly because: 'model' | 'said' | 'maker' | 'usb' | 'common'
}

export interface PrinterGuess {
  readonly profile: PrinterProfile | undefined
  /**
   * Every language, the likeliest first: a person tries them until a label looks right. Nothing but the driver where the
   * printer understands nothing else.
   */
  readonly languages: readonly LanguageGuess[]
}

/**
 * What a printer may speak. Never more than a guess: printers are wrong about themselves (a thermal label printer of TSPL
 * calls itself an impact printer of ESC/POS), so all languages are offered, and a person chooses.
 */
export function guessPrinter(profiles: readonly PrinterProfile[], clue: PrinterClue): PrinterGuess {
  const id = readDeviceId(clue.deviceId ?? '')
  const words = `${id.maker} ${id.model} ${clue.name ?? ''} ${clue.driver ?? ''}`.toUpperCase()
  const matches = profiles
    .map((profile) => ({ profile, ...matchOf(profile, words, clue.usb) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  const [best] = matches
  const known = best?.profile.languages ?? []
  const said = id.boilerplate ? [] : id.languages
  const ranked = mostCommon.map((language) => {
    const rank = known.indexOf(language)
    const byProfile = best === undefined || rank < 0 ? 0 : weights[best.because] - rank
    const bySaying = said.includes(language) ? weights.said : 0
    const reason = bySaying > byProfile ? 'said' : byProfile > 0 ? best?.because : undefined
    const because: LanguageGuess['because'] = reason ?? 'common'
    return { language, because, weight: byProfile + bySaying }
  })
  const spoken = ranked
    .sort((a, b) => b.weight - a.weight)
    .map(({ language, because }) => ({ language, because }))
  return { profile: best?.profile, languages: withDriver(spoken, best, clue) }
}

/**
 * A queue whose printer nobody knows is most likely no label printer: its driver is what surely prints. One that is known
 * for a language is faster and says more in it.
 */
function withDriver(
  spoken: readonly LanguageGuess[],
  best: { readonly profile: PrinterProfile; readonly because: LanguageGuess['because'] } | undefined,
  clue: PrinterClue,
): readonly LanguageGuess[] {
  if (clue.driver === undefined) return spoken
  const driver: LanguageGuess = { language: 'driver', because: best?.because ?? 'common' }
  if (best?.profile.driver === true) return [driver]
  return best === undefined ? [driver, ...spoken] : [...spoken, { ...driver, because: 'common' }]
}

/** A known model outweighs what the printer says, which outweighs its maker and a USB number. */
const weights = { model: 100, said: 50, maker: 30, usb: 30 } as const

/**
 * Every language in the order of Chinese packing benches, where most four-inch waybill printers take TSPL (general
 * knowledge, unverified): it decides where nothing else does.
 */
const mostCommon: readonly PrinterLanguage[] = ['tspl', 'zpl', 'escpos', 'cpcl', 'epl']

interface Match {
  readonly weight: number
  readonly because: 'model' | 'maker' | 'usb'
}

function matchOf(profile: PrinterProfile, words: string, usb: PrinterClue['usb']): Match {
  const maker = profile.makers.some((name) => hasWord(words, name))
  const names = profile.models.filter((name) => (maker || name.length >= 4) && hasWord(words, name))
  const longest = Math.max(0, ...names.map((name) => name.length))
  const marks = profile.usb.filter(({ vendor }) => vendor === usb?.vendor)
  const numbered = marks.some(({ product }) => product === usb?.product)
  const vendor = marks.some(({ product }) => product === undefined)
  const model = longest > 0 || numbered
  const weight =
    (longest > 0 ? weights.model + longest / 100 : 0) + // LP 2844-Z is no LP 2844
    (numbered ? weights.model / 2 : 0) +
    (maker ? weights.maker : 0) +
    (vendor ? weights.usb : 0)
  return { weight, because: model ? 'model' : maker ? 'maker' : 'usb' }
}

const patterns = new Map<string, RegExp>()

/** Whether a name stands in the text, from the beginning of a word on; Chinese names stand anywhere. */
function hasWord(text: string, name: string): boolean {
  const known = patterns.get(name)
  if (known !== undefined) return known.test(text)
  const escaped = name.toUpperCase().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const pattern = new RegExp(`(?<![A-Z0-9])${escaped.replaceAll('#', String.raw`\d`)}`)
  patterns.set(name, pattern)
  return pattern.test(text)
}

export interface DeviceId {
  readonly maker: string
  readonly model: string
  /** The languages of ours that it says it speaks. */
  readonly languages: readonly PrinterLanguage[]
  /**
   * The words of a board that many makers build in and never edit: `COMMAND SET:ESC/POS` beside `Impact Printer`. At
   * least one label printer of TSPL says exactly that, so it says nothing.
   */
  readonly boilerplate: boolean
}

/** Reads `KEY:VALUE;…` (IEEE 1284 §7.6) with the short and the long names of the keys; what is not there is empty. */
export function readDeviceId(text: string): DeviceId {
  const values = new Map<string, string>()
  for (const pair of text.slice(0, 2000).split(';')) {
    const [key = '', ...value] = pair.split(':')
    values.set(key.trim().toUpperCase(), value.join(':').trim())
  }
  const value = (...keys: readonly string[]) => keys.map((key) => values.get(key)).find(Boolean) ?? ''
  const commands = value('CMD', 'COMMAND SET')
  const languages = commands.split(',').flatMap((name) => saidAs(name.trim().toUpperCase()) ?? [])
  return {
    maker: value('MFG', 'MANUFACTURER'),
    model: value('MDL', 'MODEL'),
    languages: [...new Set(languages)],
    boilerplate: /impact printer/i.test(value('COMMENT', 'CMT')),
  }
}

function saidAs(name: string): PrinterLanguage | undefined {
  return sayings.find(([beginning]) => name.startsWith(beginning))?.[1]
}

/** How device ids name our languages. `XPP` and `XL` stand for TSPL (LPrint pull requests 206 and 213). */
const sayings: readonly (readonly [string, PrinterLanguage])[] = [
  ['TSPL', 'tspl'],
  ['XPP', 'tspl'],
  ['XL', 'tspl'],
  ['ZPL', 'zpl'],
  ['EPL', 'epl'],
  ['CPCL', 'cpcl'],
  ['ESC/POS', 'escpos'],
  ['ESCPOS', 'escpos'],
]
