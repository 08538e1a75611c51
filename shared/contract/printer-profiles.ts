import { z } from 'zod'
import { languageScales, spokenLanguages } from '#shared/domain/devices/printer-languages.ts'
import type { PrinterProfile } from '#shared/domain/devices/printer-profiles.ts'

const scale = z.strictObject({ lowest: z.int(), highest: z.int() }).nullable()
const usbNumber = z
  .string()
  .regex(/^[0-9a-f]{4}$/)
  .transform((hex) => Number.parseInt(hex, 16))

const profile = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  makers: z.array(z.string().min(1)).min(1),
  models: z.array(z.string().min(2)),
  languages: z.array(z.enum(spokenLanguages)),
  driver: z.boolean(),
  dpi: z.array(z.union([z.literal(203), z.literal(300)])).min(1),
  widthMm: z.int().min(20).max(300),
  darkness: scale,
  speed: scale,
  status: z.enum(['zpl', 'tspl', 'escpos', 'none']),
  usb: z.array(z.strictObject({ vendor: usbNumber, product: usbNumber.exactOptional() })),
  quirks: z.array(z.enum(['noZ64', 'silentStatus', 'idLies'])),
  source: z.string().min(1),
  unverified: z.array(z.string()),
})

/** `resources/devices/printers.json`, USB numbers as four hex digits there. Says what is wrong with a file that it refuses. */
export const printerProfiles: z.ZodType<{ readonly profiles: PrinterProfile[] }> = z
  .strictObject({ about: z.string(), profiles: z.array(profile) })
  .superRefine(({ profiles }, context) => {
    const refuse = (index: number, message: string) =>
      context.addIssue({ code: 'custom', path: ['profiles', index], message })
    for (const [index, one] of profiles.entries()) {
      if (profiles.findIndex(({ id }) => id === one.id) !== index) refuse(index, `${one.id} is there twice`)
      if (one.driver === one.languages.length > 0) refuse(index, 'either a driver or languages')
      for (const name of one.unverified) if (!(name in one)) refuse(index, `nothing is called ${name}`)
      const [first] = one.languages
      for (const kind of ['darkness', 'speed'] as const) {
        const [own, all] = [one[kind], first === undefined ? null : languageScales[first][kind]]
        if (own === null) continue
        if (
          all === null ||
          own.lowest < all.lowest ||
          own.highest > all.highest ||
          own.lowest > own.highest
        ) {
          refuse(index, `${kind} is beyond the scale of ${first}`)
        }
      }
    }
  })
