import type { Reader } from '#electron/db/query.ts'
import { setting } from './repository.ts'

/** The warehouse's own settings, with what holds before anybody has set them. */
export interface General {
  readonly warehouse: string
  readonly zone: string
  readonly slots: number
  readonly language: 'zh-CN' | 'en'
  readonly theme: 'light' | 'dark' | 'auto'
  /** The system's queue that papers go to; null: they are saved as files. */
  readonly paperQueue: string | null
}

const defaults: General = {
  warehouse: '',
  zone: 'Asia/Shanghai',
  slots: 12,
  language: 'zh-CN',
  theme: 'light',
  paperQueue: null,
}

export function general(db: Reader): General {
  const row = setting(db, { key: 'general' })
  return row === undefined ? defaults : { ...defaults, ...(JSON.parse(row.value) as Partial<General>) }
}
