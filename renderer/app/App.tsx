import { useMantineColorScheme } from '@mantine/core'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { SimulatedPrinter } from '#renderer/features/labels/SimulatedPrinter.tsx'
import { BenchScreen } from '#renderer/features/packing/BenchScreen.tsx'
import { isBenchNamed, useBenchName } from '#renderer/platform/bench-name.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { later } from '#renderer/platform/later.tsx'
import { setZone } from '#renderer/platform/moment.ts'
import { type Place, usePlace } from '#renderer/platform/router.ts'
import { assertNever } from '#shared/support/assert-never.ts'
import { FirstRun, FirstRunAtBench } from './FirstRun.tsx'
import { speak } from './i18n/index.ts'

/** The bench is there at once; every other screen comes when somebody goes to it. */
const SignIn = later(() => import('#renderer/features/operators/SignIn.tsx').then((file) => file.SignIn))
const Shell = later(() => import('./Shell.tsx').then((file) => file.Shell))
const TodayPage = later(() =>
  import('#renderer/features/orders/TodayPage.tsx').then((file) => file.TodayPage),
)
const WavesPage = later(() =>
  import('#renderer/features/waves/board/WavesPage.tsx').then((file) => file.WavesPage),
)
const WavePage = later(() =>
  import('#renderer/features/waves/wave/WavePage.tsx').then((file) => file.WavePage),
)
const PlannerPage = later(() =>
  import('#renderer/features/waves/planner/PlannerPage.tsx').then((file) => file.PlannerPage),
)
const OrdersPage = later(() =>
  import('#renderer/features/orders/OrdersPage.tsx').then((file) => file.OrdersPage),
)
const StoryPage = later(() =>
  import('#renderer/features/orders/StoryPage.tsx').then((file) => file.StoryPage),
)
const ImportsPage = later(() =>
  import('#renderer/features/orders/ImportsPage.tsx').then((file) => file.ImportsPage),
)
const ShipmentsPage = later(() =>
  import('#renderer/features/shipments/ShipmentsPage.tsx').then((file) => file.ShipmentsPage),
)
const SettingsPage = later(() => import('./SettingsPage.tsx').then((file) => file.SettingsPage))

export function App() {
  const place = usePlace()
  const info = useCall('app.info', {})
  const settings = useCall('settings.get', {})
  const me = useCall('operators.me', {})
  const { setColorScheme } = useMantineColorScheme()
  const { i18n } = useTranslation()
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

  // A bench is made when it is asked for: one with a name in a language that was only guessed would stay for ever.
  const isGuessed = settings.isPending || (language !== undefined && i18n.language !== language)
  if (isGuessed && !isBenchNamed()) return null

  const signedOut = info.data?.signInNeeded === true && me.data !== undefined && me.data.operator === null
  if (signedOut) {
    return (
      <Suspense>
        <SignIn />
      </Suspense>
    )
  }
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
    <Suspense>
      <Shell place={place}>
        <FirstRun place={place} />
        <Suspense>{screen(place)}</Suspense>
      </Shell>
    </Suspense>
  )
}

function screen(place: Exclude<Place, { at: 'bench' }>) {
  switch (place.at) {
    case 'today':
      return <TodayPage />
    case 'waves':
      return <WavesPage />
    case 'plan':
      return <PlannerPage />
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
