import { useTranslation } from 'react-i18next'
import type { PrinterState } from '#shared/contract/devices.ts'
import type { PrinterLanguage } from '#shared/domain/devices/printer-languages.ts'
import { useBenchName } from '#renderer/platform/bench-name.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { deviceFault } from '#renderer/platform/device-fault.ts'
import type { Tone } from '#renderer/ui/Chip.tsx'

/** Why a device is not there, in the person's language; what we have no words for is quoted. */
export function useReason(): (reason: string) => string {
  const { t } = useTranslation()
  return (reason) => {
    const fault = deviceFault(reason)
    return fault === undefined ? t('devices.fault.other', { reason }) : t(`devices.fault.${fault}`)
  }
}

/** What a language is called where a person chooses one. */
export function useLanguageName(): (language: PrinterLanguage) => string {
  const { t } = useTranslation()
  return (language) => (language === 'driver' ? t('devices.language.driver') : language.toUpperCase())
}

export interface StateWords {
  readonly tone: Tone
  readonly word: string
  /** What to do; empty when all is well. */
  readonly help: string
}

/** How a printer is. Silence is a fault only of one that has answered before. */
export function usePrinterState(): (state: PrinterState | null) => StateWords {
  const { t } = useTranslation()
  const reasonOf = useReason()
  return (state) => {
    switch (state?.kind) {
      case undefined:
        return { tone: 'idle', word: t('devices.printers.unseen'), help: '' }
      case 'ready':
      case 'busy':
        return {
          tone: state.kind === 'ready' ? 'ok' : 'info',
          word: t(`devices.printers.state.${state.kind}`),
          help: '',
        }
      case 'trouble': {
        const troubles = state.troubles.length === 0 ? (['other'] as const) : state.troubles
        return {
          tone: 'wrong',
          word: troubles.map((one) => t(`bench.trouble.${one}.what`)).join(' · '),
          help: troubles.map((one) => t(`bench.trouble.${one}.help`)).join(' '),
        }
      }
      case 'absent':
        return {
          tone: 'wrong',
          word: t('devices.printers.state.absent'),
          help: `${reasonOf(state.reason)} · ${t('bench.trouble.absent.help')}`,
        }
      case 'silent':
        return state.answers
          ? {
              tone: 'hold',
              word: t('devices.printers.state.silentNow'),
              help: t('bench.trouble.silent.help'),
            }
          : { tone: 'idle', word: t('devices.printers.state.silent'), help: '' }
      case 'unasked':
        return { tone: 'idle', word: t('devices.printers.state.unasked'), help: '' }
    }
  }
}

/** The benches by name; asking for this machine's own makes it one. */
export function useBenches(): { readonly own: string; readonly all: readonly string[] } {
  const [own] = useBenchName()
  useCall('packing.bench', { bench: own })
  const others = useCall('packing.benches', {}).data?.benches.map(({ name }) => name) ?? []
  return { own, all: [...new Set([own, ...others])] }
}
