import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { SimulatedPrinter } from '#renderer/features/labels/SimulatedPrinter.tsx'
import { SignIn } from '#renderer/features/operators/SignIn.tsx'
import { ImportsPage } from '#renderer/features/orders/ImportsPage.tsx'
import { OrdersPage } from '#renderer/features/orders/OrdersPage.tsx'
import { StoryPage } from '#renderer/features/orders/StoryPage.tsx'
import { TodayPage } from '#renderer/features/orders/TodayPage.tsx'
import { BenchScreen } from '#renderer/features/packing/BenchScreen.tsx'
import { ShipmentsPage } from '#renderer/features/shipments/ShipmentsPage.tsx'
import { WavePage } from '#renderer/features/waves/WavePage.tsx'
import { WavesPage } from '#renderer/features/waves/WavesPage.tsx'
import { useBenchName } from '#renderer/platform/bench-name.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { setZone } from '#renderer/platform/moment.ts'
import { type Place, usePlace } from '#renderer/platform/router.ts'
import { assertNever } from '#shared/support/assert-never.ts'
import { FirstRun, FirstRunAtBench } from './FirstRun.tsx'
import { speak } from './i18n/index.ts'
import { SettingsPage } from './SettingsPage.tsx'
import { Shell } from './Shell.tsx'

export function App() {
  const place = usePlace()
  const info = useCall('app.info', {})
  const settings = useCall('settings.get', {})
  const me = useCall('operators.me', {})
  const { setColorScheme } = useMantineColorScheme()
  const [bench] = useBenchName()
  if (info.data !== undefined) setZone(info.data.zone)

  const language = settings.data?.language
  const theme = settings.data?.theme
  useEffect(() => {
    if (language !== undefined) speak(language)
  }, [language])
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme)
  }, [theme, setColorScheme])

  const signedOut = info.data?.signInNeeded === true && me.data !== undefined && me.data.operator === null
  if (signedOut) return <SignIn />
  if (place.at === 'bench') {
    return (
      <BenchScreen
        key={`${bench} ${place.mode}`}
        bench={bench}
        mode={place.mode}
        before={<FirstRunAtBench mode={place.mode} />}
        beside={<SimulatedPrinter />}
      />
    )
  }
  return (
    <Shell place={place}>
      <FirstRun place={place} />
      {screen(place)}
    </Shell>
  )
}

function screen(place: Exclude<Place, { at: 'bench' }>) {
  switch (place.at) {
    case 'today':
      return <TodayPage />
    case 'waves':
      return <WavesPage />
    case 'wave':
      return <WavePage key={place.id} id={place.id} />
    case 'orders':
      return <OrdersPage key={`${place.only} ${place.find}`} only={place.only} find={place.find} />
    case 'order':
      return <StoryPage key={place.id} id={place.id} />
    case 'imports':
      return <ImportsPage />
    case 'shipments':
      return <ShipmentsPage />
    case 'settings':
      return <SettingsPage tab={place.tab} />
    default:
      return assertNever(place)
  }
}
