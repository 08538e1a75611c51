import {
  IconBarcode,
  IconCalendarStats,
  IconFileImport,
  IconListDetails,
  IconRipple,
  IconSettings,
  IconTruckDelivery,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ownCodeIn } from '#shared/domain/packing/codes.ts'
import { ask, useCall, useClient, useCommand, useConnection } from '#renderer/platform/core.tsx'
import { fetchLater } from '#renderer/platform/later.tsx'
import { addressOf, go, type Place } from '#renderer/platform/router.ts'
import { useScan } from '#renderer/platform/scans.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './shell.module.css'

const quietMs = 800

/** The boards' frame: a quiet rail, the way to the bench as its largest thing. */
export function Shell({ place, children }: { place: Place; children: ReactNode }) {
  const { t } = useTranslation()
  const connection = useConnection()
  const info = useCall('app.info', {})
  const me = useCall('operators.me', {})
  const signOut = useCommand('operators.signOut')
  useScanOnBoards()
  const links: readonly { to: Place; at: readonly Place['at'][]; word: string; Icon: typeof IconBarcode }[] =
    [
      { to: { at: 'today' }, at: ['today'], word: t('nav.today'), Icon: IconCalendarStats },
      { to: { at: 'waves' }, at: ['waves', 'plan', 'wave'], word: t('nav.waves'), Icon: IconRipple },
      {
        to: { at: 'orders', only: null, find: '' },
        at: ['orders', 'order'],
        word: t('nav.orders'),
        Icon: IconListDetails,
      },
      { to: { at: 'imports' }, at: ['imports'], word: t('nav.imports'), Icon: IconFileImport },
      { to: { at: 'shipments' }, at: ['shipments'], word: t('nav.shipments'), Icon: IconTruckDelivery },
      {
        to: { at: 'settings', tab: 'general' },
        at: ['settings'],
        word: t('nav.settings'),
        Icon: IconSettings,
      },
    ]
  useEffect(() => {
    document.title = `${t('app.name')} · ${links.find((link) => link.at.includes(place.at))?.word ?? ''}`
  })
  // Every place is read from its top, however far down the one before was.
  const main = useRef<HTMLElement>(null)
  const address = addressOf(place)
  const read = useRef(address)
  useLayoutEffect(() => {
    if (read.current === address) return
    read.current = address
    main.current?.scrollTo(0, 0)
  }, [address])
  // Whoever is on one board goes to another: their files are fetched while the first one is read.
  useEffect(() => {
    const timer = setTimeout(fetchLater, quietMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={css.shell}>
      <nav className={css.rail} aria-label={t('nav.label')}>
        <p className={css.brand}>
          <span className={css.logo} aria-hidden="true" />
          <span>{t('app.name')}</span>
        </p>
        <a className={css.bench} href={addressOf({ at: 'bench', mode: 'pack' })}>
          <IconBarcode size={28} stroke={1.8} aria-hidden="true" />
          {t('nav.bench')}
        </a>
        <a className={css.hand} href={addressOf({ at: 'bench', mode: 'handover' })}>
          <IconTruckDelivery size={22} stroke={1.8} aria-hidden="true" />
          {t('nav.handover')}
        </a>
        <ul className={css.links}>
          {links.map(({ to, at, word, Icon }) => (
            <li key={word}>
              <a
                className={css.link}
                href={addressOf(to)}
                aria-current={at.includes(place.at) ? 'page' : undefined}
              >
                <Icon size={22} stroke={1.7} aria-hidden="true" />
                {word}
              </a>
            </li>
          ))}
        </ul>
        <div className={css.foot}>
          {connection === 'down' ? <p className={css.down}>{t('device.coreDown')}</p> : null}
          <p className={css.warehouse}>{info.data?.warehouse ?? ''}</p>
          {me.data?.operator ? (
            <button type="button" className={css.me} onClick={() => signOut.mutate({})}>
              {me.data.operator.name} · {t('signIn.out')}
            </button>
          ) : null}
        </div>
      </nav>
      <main className={css.main} ref={main}>
        {children}
      </main>
    </div>
  )
}

/** A scan on a board finds what it names: our own wave codes open the wave, anything else an order. */
function useScanOnBoards(): void {
  const client = useClient()
  const { t } = useTranslation()
  const tell = useTell()
  useScan((scan) => {
    const code = scan.code.trim()
    const own = ownCodeIn(scan.code)
    if (own?.kind === 'wave' || own?.kind === 'slot') {
      void ask(client, 'waves.get', { id: own.wave }).then(
        (found) =>
          found === null ? tell(t('nav.scanNothing', { code }), 'wrong') : go({ at: 'wave', id: found.id }),
        () => undefined,
      )
      return
    }
    void ask(client, 'orders.list', { find: code.slice(0, 200), offset: 0, limit: 2 }).then(
      ({ rows, total }) => {
        const [only] = rows
        if (only === undefined) tell(t('nav.scanNothing', { code: code.slice(0, 60) }), 'wrong')
        else if (total === 1) go({ at: 'order', id: only.id })
        else go({ at: 'orders', only: null, find: code })
      },
      () => undefined,
    )
  })
}
