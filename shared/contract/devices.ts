import { z } from 'zod'
import { readBinding } from '#shared/domain/devices/binding.ts'
import { printerLanguages } from '#shared/domain/devices/printer-languages.ts'
import { printerTroubles } from '#shared/domain/devices/printer-status.ts'
import { command, count, id, instant, job, name, nothing, query } from './entry.ts'

const transport = z.enum(['tcp', 'serial', 'usbLp', 'usb', 'spooler', 'cups', 'component', 'simulated'])
/** No system takes a name with control characters; a USB device's serial number, which is only compared, may have some. */
const address = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .refine((text) => !/\p{Cc}/u.test(text) || readBinding(text) !== undefined, 'has control characters')
const language = z.enum(printerLanguages)
const dpi = z.union([z.literal(203), z.literal(300)])

export const printer = z.object({
  id,
  name: z.string(),
  transport,
  /** As the way in takes it: `host:port`, `usb:VID:PID:SERIAL`, a path or a queue's name. */
  address: z.string(),
  language,
  widthMm: count,
  heightMm: count,
  dpi,
  /** In the language's own steps; null: as the printer is set. */
  darkness: count.nullable(),
  speed: count.nullable(),
  compression: z.enum(['z64', 'acs', 'hex']),
  /** How labels are parted; null: as the printer is set. */
  media: z.enum(['gap', 'mark', 'continuous']).nullable(),
  gapMm: z.number(),
  offsetXMm: z.number(),
  offsetYMm: z.number(),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  profile: z.string().nullable(),
  layout: z.string().nullable(),
  componentPrinter: z.string().nullable(),
  /** Where the shop's template for the area under the waybill lies. */
  componentTemplate: z.string().nullable(),
  /** Takes what surely never reached this one. */
  spare: id.nullable(),
})
export type Printer = z.infer<typeof printer>

export const printerTrouble = z.enum(printerTroubles)

/** `answers`: it has answered since the start, so its silence means something. */
export const printerState = z.object({
  kind: z.enum(['ready', 'busy', 'trouble', 'silent', 'absent', 'unasked']),
  troubles: z.array(printerTrouble),
  reason: z.string(),
  since: instant,
  answers: z.boolean(),
})
export type PrinterState = z.infer<typeof printerState>

export const inputWay = z.enum(['hidPos', 'hidScale', 'serial', 'keyboard'])
export const scannerRole = z.enum(['any', 'item', 'label'])

export const serialSettings = z.object({
  baud: z.int().min(300).max(921_600).optional(),
  dataBits: z.union([z.literal(7), z.literal(8)]).optional(),
  parity: z.enum(['none', 'even', 'odd']).optional(),
  stopBits: z.union([z.literal(1), z.literal(2)]).optional(),
  end: z.enum(['cr', 'lf', 'crlf', 'etx', 'silence', 'any']).optional(),
  acknowledge: z.boolean().optional(),
})

export const scaleProtocol = z.enum(['toledo', 'cas', 'request', 'hid'])

export const inputSettings = z.object({
  serial: serialSettings.optional(),
  protocol: scaleProtocol.optional(),
})

export const inputDevice = z.object({
  id,
  name: z.string(),
  kind: z.enum(['scanner', 'scale']),
  way: inputWay,
  address: z.string(),
  role: scannerRole,
  settings: inputSettings,
  bench: z.string().nullable(),
  /** `gone`: unplugged or not to be opened, with the reason; it is looked for. */
  link: z.object({ kind: z.enum(['open', 'gone', 'waiting']), reason: z.string() }),
  /** What it said last: proof that it is heard. */
  last: z.object({ at: instant, text: z.string() }).nullable(),
  /** What a scale says now; null of a scanner, and of a scale that is not heard. */
  weight: z
    .object({
      kind: z.enum(['weight', 'moving', 'overload', 'underload', 'fault']),
      grams: z.int().nullable(),
      stable: z.boolean(),
      at: instant,
    })
    .nullable(),
})
export type InputDevice = z.infer<typeof inputDevice>

export const foundDevice = z.object({
  /** `input`: a serial port, where a printer, a scanner or a scale may be. */
  kind: z.enum(['printer', 'scanner', 'scale', 'input']),
  name: z.string(),
  /** A printer's way in, or an input's. */
  way: z.union([transport, inputWay]),
  address: z.string(),
  /**
   * What it is known again by. `device`: its serial number, whatever port it is on; `model`: it has none, so any of its
   * kind is taken for it; `socket`: the USB socket that it is in, because another could not be told from it; `place`:
   * nothing but its port's or queue's name.
   */
  bound: z.enum(['device', 'socket', 'model', 'place']),
  /**
   * Every language to try, the likeliest first; empty for what is no printer. A printer that only its queue's driver
   * understands has that one alone.
   */
  guesses: z.array(z.object({ language, because: z.enum(['model', 'said', 'maker', 'usb', 'common']) })),
  /** The family of printers that it seems to be of. */
  profile: z.string().nullable(),
  /** The name under which it is set up already. */
  known: z.string().nullable(),
})
export type FoundDevice = z.infer<typeof foundDevice>

const scale = z.object({ lowest: z.int(), highest: z.int() }).nullable()

/** What the table of printers says of a family. */
export const printerFamily = z.object({
  id: z.string(),
  maker: z.string(),
  /** How its models' names begin. */
  models: z.array(z.string()),
  languages: z.array(language),
  /** Prints through its maker's driver alone, so that no label language reaches it. */
  driver: z.boolean(),
  dpi: z.array(dpi),
  /** Mm that the widest of its heads can print, as far as is known. */
  widthMm: count,
  /** What the models take of their first language's scale. */
  darkness: scale,
  speed: scale,
})
export type PrinterFamily = z.infer<typeof printerFamily>

const millimetres = z.number().min(-30).max(30)

export const devices = {
  'devices.printers': query(
    nothing,
    z.object({ printers: z.array(printer.extend({ state: printerState.nullable() })) }),
  ),
  'devices.savePrinter': command(
    z.object({
      id: id.optional(),
      name,
      transport,
      address,
      language,
      widthMm: z.int().min(20).max(300),
      heightMm: z.int().min(10).max(600),
      dpi,
      darkness: z.int().min(0).max(200).nullable().optional(),
      speed: z.int().min(0).max(14).nullable().optional(),
      compression: z.enum(['z64', 'acs', 'hex']).optional(),
      media: z.enum(['gap', 'mark', 'continuous']).nullable().optional(),
      gapMm: z.number().min(0).max(20).optional(),
      offsetXMm: millimetres.optional(),
      offsetYMm: millimetres.optional(),
      rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).optional(),
      profile: z.string().max(60).nullable().optional(),
      layout: z.string().max(100).nullable().optional(),
      componentPrinter: z.string().max(200).nullable().optional(),
      componentTemplate: z.url().max(500).nullable().optional(),
      spare: id.nullable().optional(),
    }),
    printer,
    'supervisor',
  ),
  'devices.testPrint': command(
    z.object({ id }),
    z.object({ outcome: z.enum(['printed', 'sent', 'notSent', 'unknown']), reason: z.string() }),
  ),
  /**
   * A bench or a printer that used it has none then. Where labels tell of it, it stays in their story under its name and
   * the day of its removal.
   */
  'devices.removePrinter': command(z.object({ id }), nothing, 'supervisor'),
  /**
   * One small label in one language, marked A, B, C …: the one that looks right names the language. At most as large as
   * the paper, sent as if the paper had no gaps.
   */
  'devices.tryLanguage': command(
    z.object({
      transport,
      address,
      language,
      dpi,
      mark: z.string().min(1).max(2),
      widthMm: z.int().min(20).max(300).default(60),
      heightMm: z.int().min(10).max(600).default(30),
    }),
    z.object({ outcome: z.enum(['printed', 'sent', 'notSent', 'unknown']), reason: z.string() }),
    'supervisor',
  ),
  /**
   * A paper that the core holds, through the system's own driver: no window asks anything, in the paper's own size. As a job
   * it tells its pages where the core draws them (Windows), and can be cancelled between two.
   */
  'devices.printDocument': command(
    z.object({ job: job.optional(), file: z.string().max(100), queue: name }),
    z.object({ outcome: z.literal('sent') }),
  ),
  /** Looks at everything that is plugged in or installed now. For a while after it a change there is announced. */
  'devices.find': query(nothing, z.object({ found: z.array(foundDevice) })),
  'devices.families': query(nothing, z.object({ families: z.array(printerFamily) })),
  /** The printers that a marketplace's print component has. */
  'devices.componentPrinters': query(
    z.object({ address }),
    z.object({
      printers: z.array(z.object({ name: z.string(), enabled: z.boolean(), isDefault: z.boolean() })),
    }),
  ),
  'devices.inputs': query(nothing, z.object({ inputs: z.array(inputDevice) })),
  'devices.saveInput': command(
    z.object({
      id: id.optional(),
      name,
      kind: z.enum(['scanner', 'scale']),
      way: inputWay,
      address,
      role: scannerRole.default('any'),
      settings: inputSettings.default({}),
      bench: name.nullable(),
    }),
    z.object({ id }),
    'supervisor',
  ),
  'devices.removeInput': command(z.object({ id }), nothing, 'supervisor'),
}
