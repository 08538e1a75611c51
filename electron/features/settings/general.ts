import { first, type Reader, write } from '#electron/db/query.ts'

/** The warehouse's own settings, with what holds before anybody has set them. */
export interface General {
  readonly warehouse: string
  readonly zone: string
  readonly slots: number
  readonly language: 'zh-CN' | 'en'
  readonly theme: 'light' | 'dark' | 'auto'
}

const defaults: General = {
  warehouse: '',
  zone: 'Asia/Shanghai',
  slots: 12,
  language: 'zh-CN',
  theme: 'light',
}

const setting = first((db, p: { key: string }) =>
  db.selectFrom('setting').select('value').where('key', '=', p.key),
)

export const saveSetting = write((db, p: { key: string; value: string }) =>
  db
    .insertInto('setting')
    .values({ key: p.key, value: p.value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: p.value })),
)

export function general(db: Reader): General {
  const row = setting(db, { key: 'general' })
  return row === undefined ? defaults : { ...defaults, ...(JSON.parse(row.value) as Partial<General>) }
}
