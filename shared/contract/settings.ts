import { z } from 'zod'
import { command, count, id, name, note, nothing, query } from './entry.ts'

export const platform = z.enum([
  'taobao',
  'tmall',
  'pinduoduo',
  'douyin',
  'jd',
  'xiaohongshu',
  'aliexpress',
  'shopify',
  'amazon',
  'ebay',
  'woocommerce',
  'other',
])

export const shop = z.object({
  id,
  name: z.string(),
  platform,
  zone: z.string(),
  courier: z.string().nullable(),
  promiseHours: count,
  stalePolicy: z.enum(['block', 'allowFresh', 'quarantine']),
  freshMinutes: count,
  sender: z.string(),
  returnsText: z.string(),
})

export type Shop = z.infer<typeof shop>

export const courier = z.object({ id, name: z.string(), cutoff: z.string().nullable(), free: count })

export type Courier = z.infer<typeof courier>

export const role = z.enum(['picker', 'packer', 'supervisor'])
export const operator = z.object({ id, name: z.string(), role, badge: z.string(), active: z.boolean() })

const zone = z.string().max(60).refine(isZone, 'not a time zone')

function isZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).format(0).length > 0
  } catch {
    return false
  }
}

export const settings = {
  'settings.shops': query(nothing, z.object({ shops: z.array(shop) })),
  'settings.saveShop': command(
    z.object({
      name,
      /** Renames the shop of this id. */
      id: id.optional(),
      platform: platform.optional(),
      zone: zone.optional(),
      courier: name.nullable().optional(),
      promiseHours: z.int().min(1).max(2400).optional(),
      stalePolicy: z.enum(['block', 'allowFresh', 'quarantine']).optional(),
      freshMinutes: z.int().min(1).max(525_600).optional(),
      sender: note.optional(),
      returnsText: note.optional(),
    }),
    shop,
    'supervisor',
  ),
  'settings.couriers': query(nothing, z.object({ couriers: z.array(courier) })),
  'settings.saveCourier': command(
    z.object({ name, id: id.optional(), cutoff: z.iso.time({ precision: -1 }).nullable().optional() }),
    courier,
    'supervisor',
  ),
  'settings.get': query(
    nothing,
    z.object({
      warehouse: z.string(),
      zone: z.string(),
      slots: count,
      language: z.enum(['zh-CN', 'en']),
      theme: z.enum(['light', 'dark', 'auto']),
      /** The system's queue that papers go to; null: they are saved as files. */
      paperQueue: z.string().nullable(),
    }),
  ),
  'settings.set': command(
    z.object({
      warehouse: name.optional(),
      zone: zone.optional(),
      slots: z.int().min(1).max(200).optional(),
      language: z.enum(['zh-CN', 'en']).optional(),
      theme: z.enum(['light', 'dark', 'auto']).optional(),
      paperQueue: name.nullable().optional(),
    }),
    nothing,
    'operator',
  ),
  /** The badges are empty for everybody but a supervisor. */
  'operators.list': query(nothing, z.object({ operators: z.array(operator) })),
  /** Whose badge was scanned, for the sign-in screen; the PIN is still asked for. */
  'operators.byBadge': query(
    z.object({ badge: z.string().max(200) }),
    z.object({ name: z.string().nullable() }),
  ),
  'operators.save': command(
    z.object({
      id: id.optional(),
      name,
      role,
      pin: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
      active: z.boolean().optional(),
    }),
    operator,
    'supervisor',
  ),
  'operators.signIn': command(z.object({ operator: name, pin: z.string().max(20) }), operator, 'anyone'),
  'operators.signOut': command(nothing, nothing, 'anyone'),
  'operators.me': query(nothing, z.object({ operator: operator.nullable() })),
}
