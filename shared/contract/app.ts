import { z } from 'zod'
import { command, count, heldFile, id, job, name, nothing, query } from './entry.ts'

/** The core as a whole: what it is, long calls, files on their way in and out, the demo warehouse. */
export const app = {
  'app.info': query(
    nothing,
    z.object({
      version: z.string(),
      dataDir: z.string(),
      empty: z.boolean(),
      warehouse: z.string(),
      zone: z.string(),
      now: z.iso.datetime(),
      signInNeeded: z.boolean(),
    }),
  ),
  /** Which steps of the main job were ever done here, and the wave made last. */
  'app.firstSteps': query(
    nothing,
    z.object({
      orders: z.boolean(),
      newestWave: id.nullable(),
      packed: z.boolean(),
      label: z.boolean(),
      handedOver: z.boolean(),
    }),
  ),
  'app.cancel': command(z.object({ job }), z.object({ found: z.boolean() }), 'anyone'),
  'app.demo': command(
    z.object({ job, orders: z.int().min(1).max(50_000) }),
    z.object({ orders: count }),
    'anyone',
  ),
  'files.write': command(
    z.object({ id, name, offset: count, base64: z.base64().max(3_000_000) }),
    z.object({ size: count }),
    'anyone',
  ),
  'files.read': query(
    z.object({ id, offset: count, length: z.int().min(1).max(2_000_000) }),
    z.object({ base64: z.string(), size: count }),
  ),
  'files.doctor': query(
    nothing,
    z.object({
      checks: z.array(z.object({ id: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  ),
  'backup.create': command(
    z.object({ target: z.string().max(4096).optional() }),
    z.object({ file: z.string(), size: count }),
    'supervisor',
  ),
  'backup.list': query(
    nothing,
    z.object({ backups: z.array(z.object({ name: z.string(), at: z.string(), size: count })) }),
  ),
  'backup.download': query(z.object({ name }), heldFile, 'supervisor'),
}
