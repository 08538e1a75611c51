import { useTranslation } from 'react-i18next'
import { BackupSettings } from '#renderer/features/backup/BackupSettings.tsx'
import { DeviceSettings } from '#renderer/features/devices/DeviceSettings.tsx'
import { LayoutSettings } from '#renderer/features/labels/LayoutSettings.tsx'
import { OperatorSettings } from '#renderer/features/operators/OperatorSettings.tsx'
import { BenchSettings } from '#renderer/features/packing/BenchSettings.tsx'
import { LearnedWeights } from '#renderer/features/packing/LearnedWeights.tsx'
import { WedgeSettings } from '#renderer/features/packing/WedgeSettings.tsx'
import { CourierSettings } from '#renderer/features/settings/CourierSettings.tsx'
import { GeneralSettings } from '#renderer/features/settings/GeneralSettings.tsx'
import { ShopSettings } from '#renderer/features/settings/ShopSettings.tsx'
import { FloorSettings } from '#renderer/features/waves/floor/FloorSettings.tsx'
import { addressOf } from '#renderer/platform/router.ts'
import { Page } from '#renderer/ui/Page.tsx'
import css from './settings-page.module.css'

export const settingsTabs = [
  'general',
  'bench',
  'shops',
  'couriers',
  'floor',
  'printers',
  'labels',
  'weights',
  'operators',
  'backup',
] as const
type Tab = (typeof settingsTabs)[number]

export function SettingsPage({ tab }: { tab: string }) {
  const { t } = useTranslation()
  const current = settingsTabs.find((one) => one === tab) ?? 'general'
  return (
    <Page title={t('nav.settings')} lead={t(`settings.lead.${current}`)}>
      <div className={css.columns}>
        <nav aria-label={t('nav.settings')}>
          <ul className={css.tabs}>
            {settingsTabs.map((one) => (
              <li key={one}>
                <a
                  className={css.tab}
                  href={addressOf({ at: 'settings', tab: one })}
                  aria-current={one === current ? 'page' : undefined}
                >
                  {t(`settings.tab.${one}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={css.body} data-wide={current === 'labels' || current === 'weights'}>
          {body(current)}
        </div>
      </div>
    </Page>
  )
}

function body(tab: Tab) {
  switch (tab) {
    case 'bench':
      return (
        <>
          <BenchSettings />
          <WedgeSettings />
        </>
      )
    case 'shops':
      return <ShopSettings />
    case 'couriers':
      return <CourierSettings />
    case 'floor':
      return <FloorSettings />
    case 'printers':
      return <DeviceSettings />
    case 'labels':
      return <LayoutSettings />
    case 'weights':
      return <LearnedWeights />
    case 'operators':
      return <OperatorSettings />
    case 'backup':
      return <BackupSettings />
    default:
      return <GeneralSettings />
  }
}
