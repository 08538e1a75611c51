import { useTranslation } from 'react-i18next'
import type { ScanAnswer } from '#shared/contract/packing.ts'

/** The reason of an answer in words; the core's code where a newer core knows more reasons than this page. */
export function useReasonText(): (reason: ScanAnswer['reason']) => string {
  const { t, i18n } = useTranslation()
  return (reason) => {
    if (reason === null) return ''
    const key = `bench.reason.${reason.code}`
    return i18n.exists(key)
      ? String(i18n.t(key as never, shown(reason.params ?? {}) as never))
      : t('bench.reason.other', { code: reason.code })
  }
}

/** A wave is called the same everywhere: W-0142. */
function shown(params: Readonly<Record<string, string | number>>): Readonly<Record<string, string | number>> {
  const { wave } = params
  return wave === undefined ? params : { ...params, wave: String(wave).padStart(4, '0') }
}
