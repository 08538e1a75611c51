import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const kept = 'packbench.language'

/** The language before the settings are known: what this machine showed last, else what it speaks. */
function firstGuess(): Language {
  const before = localStorage.getItem(kept)
  if (before === 'zh-CN' || before === 'en') return before
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: firstGuess(),
    fallbackLng: 'zh-CN',
    initAsync: false,
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  })
  document.documentElement.lang = i18next.language
}

export function speak(language: Language): void {
  localStorage.setItem(kept, language)
  document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
}
