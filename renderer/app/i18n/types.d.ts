import 'i18next'
import type { Texts } from './zh-CN.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    // Failures are looked up by the code that the core sent, never by a key in our own source.
    resources: { translation: Omit<Texts, 'error'> }
    returnNull: false
  }
}
