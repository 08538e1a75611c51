import { Button } from '@mantine/core'
import { IconBarcode, IconPlug, IconPrinter, IconRefresh, IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FoundDevice, PrinterFamily } from '#shared/contract/devices.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Empty, Section } from '#renderer/ui/Page.tsx'
import css from './devices.module.css'

const pictures = { printer: IconPrinter, scanner: IconBarcode, scale: IconScale, input: IconPlug } as const
const kinds = ['printer', 'scanner', 'scale', 'input'] as const

/** The core tells of a plug for a minute after a look; this asks again before it ends. */
const lookEveryMs = 30_000

interface Props {
  readonly families: readonly PrinterFamily[]
  readonly onAdd: (found: FoundDevice) => void
  readonly onOpen: (name: string) => void
}

/** What is plugged in now: new things first, and nothing to fill in. */
export function Found({ families, onAdd, onOpen }: Props) {
  const { t } = useTranslation()
  const looked = useCall('devices.find', {}, { everyMs: lookEveryMs })
  const found = (looked.data?.found ?? []).toSorted(
    (a, b) =>
      Number(a.known !== null) - Number(b.known !== null) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
  )
  return (
    <Section
      title={t('devices.found.title')}
      aside={
        <Button
          variant="default"
          leftSection={<IconRefresh size={20} aria-hidden="true" />}
          loading={looked.isFetching}
          onClick={() => void looked.refetch()}
        >
          {t('devices.found.again')}
        </Button>
      }
    >
      <FailureNote error={looked.error} />
      {looked.isPending ? (
        <p className={css.quiet} role="status">
          {t('devices.found.looking')}
        </p>
      ) : null}
      {looked.data !== undefined && found.length === 0 ? (
        <Empty title={t('devices.found.none')}>
          <p>{t('devices.found.noneHelp')}</p>
        </Empty>
      ) : null}
      {found.length === 0 ? null : (
        <ul className={css.found}>
          {found.map((one) => (
            <FoundRow
              key={`${one.way} ${one.address}`}
              one={one}
              driverOnly={families.find(({ id }) => id === one.profile)?.driver === true}
              onAdd={() => onAdd(one)}
              onOpen={onOpen}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

const isQueue = ({ way }: FoundDevice) => way === 'cups' || way === 'spooler'

function FoundRow({
  one,
  driverOnly,
  onAdd,
  onOpen,
}: {
  one: FoundDevice
  driverOnly: boolean
  onAdd: () => void
  onOpen: (name: string) => void
}) {
  const { t } = useTranslation()
  const { known } = one
  const Picture = pictures[one.kind]
  // A queue that hands bytes on as they are has no driver, whatever its printer wants.
  const hasOnlyDriver = one.guesses.every(({ language }) => language === 'driver') && one.guesses.length > 0
  return (
    <li className={css.foundRow} data-known={known !== null}>
      <Picture className={css.picture} size={36} stroke={1.5} aria-hidden="true" />
      <div className={css.words}>
        <p className={css.name}>
          <strong>{one.name}</strong>
          {known === null ? null : (
            <Chip tone="ok">
              {known === one.name ? t('devices.found.knownSame') : t('devices.found.known', { name: known })}
            </Chip>
          )}
        </p>
        <p className={css.quiet}>
          {[
            ...new Set([t(`devices.kind.${one.kind}`), t(`devices.way.${one.way}`)]),
            t(`devices.bound.${isQueue(one) ? 'queue' : one.bound}`),
          ].join(' · ')}
        </p>
        {hasOnlyDriver ? <p className={css.quiet}>{t('devices.found.throughDriver')}</p> : null}
        {driverOnly && !hasOnlyDriver ? <p className={css.warning}>{t('devices.found.driverOnly')}</p> : null}
      </div>
      {known === null ? (
        <Button onClick={onAdd} aria-label={`${t('devices.found.add')} ${one.name}`}>
          {t('devices.found.add')}
        </Button>
      ) : (
        <Button
          variant="default"
          onClick={() => onOpen(known)}
          aria-label={`${t('devices.found.open')} ${known}`}
        >
          {t('devices.found.open')}
        </Button>
      )}
    </li>
  )
}
