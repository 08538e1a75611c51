import { Autocomplete, Button, TextInput } from '@mantine/core'
import {
  IconBuildingStore,
  IconDeviceDesktop,
  IconNetwork,
  IconPhoto,
  IconPlug,
  type TablerIcon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrinterFamily } from '#shared/contract/devices.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { ComponentAddress } from './ComponentAddress.tsx'
import css from './devices.module.css'
import { type Start, startAt, startFrom } from './printer-draft.ts'

type Way = 'tcp' | 'serial' | 'queue' | 'component' | 'simulated'

const ways: readonly (readonly [Way, TablerIcon])[] = [
  ['tcp', IconNetwork],
  ['serial', IconPlug],
  ['queue', IconDeviceDesktop],
  ['component', IconBuildingStore],
  ['simulated', IconPhoto],
]

/** Which system's queues there are: this page runs on the machine that prints. */
const queueTransport = navigator.userAgent.includes('Windows') ? 'spooler' : 'cups'

interface Props {
  readonly families: readonly PrinterFamily[]
  readonly onStart: (start: Start) => void
}

/** For what cannot be found: another machine's printer, a marketplace's component, or none at all. */
export function ByAddress({ families, onStart }: Props) {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('tcp')
  return (
    <div className={css.stack}>
      <div className={css.choices} role="group" aria-label={t('devices.address.title')}>
        {ways.map(([one, Picture]) => (
          <button
            key={one}
            type="button"
            className={css.choice}
            aria-pressed={one === way}
            onClick={() => setWay(one)}
          >
            <Picture size={28} stroke={1.5} aria-hidden="true" />
            <strong>{t(`devices.address.${one}`)}</strong>
          </button>
        ))}
      </div>
      <p className={css.quiet}>{t(`devices.address.${way}Help`)}</p>
      {form()}
    </div>
  )

  function form() {
    switch (way) {
      case 'tcp':
        return <Network onStart={onStart} />
      case 'serial':
        return <Serial onStart={onStart} />
      case 'queue':
        return <Queue families={families} onStart={onStart} />
      case 'component':
        return <ComponentAddress onStart={onStart} />
      case 'simulated':
        return (
          <Next
            enabled
            onClick={() =>
              onStart(
                startAt({
                  name: t('devices.way.simulated').slice(0, 30),
                  transport: 'simulated',
                  address: 'simulated',
                }),
              )
            }
          />
        )
    }
  }
}

function Next({ enabled, onClick }: { enabled: boolean; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={css.buttons}>
      <Button size="lg" disabled={!enabled} onClick={onClick}>
        {t('devices.step.next')}
      </Button>
    </div>
  )
}

function Network({ onStart }: { onStart: (start: Start) => void }) {
  const { t } = useTranslation()
  const [host, setHost] = useState('')
  const [port, setPort] = useState('9100')
  const own = host.trim()
  return (
    <>
      <div className={css.pair}>
        <TextInput
          label={t('devices.address.host')}
          placeholder="192.168.1.50"
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <TextInput
          label={t('devices.address.port')}
          inputMode="numeric"
          value={port}
          onChange={(event) => setPort(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 5))}
        />
      </div>
      <Next
        enabled={/^\S+$/.test(own) && Number(port) >= 1 && Number(port) <= 65_535}
        onClick={() => onStart(startAt({ name: own, transport: 'tcp', address: addressOf(own, port) }))}
      />
    </>
  )
}

/** Some type the port with the host; IPv6 wants brackets. */
const addressOf = (host: string, port: string) =>
  /^(?:[^:]+|\[.+\]):\d{1,5}$/.test(host)
    ? host
    : host.includes(':') && !host.startsWith('[')
      ? `[${host}]:${port}`
      : `${host}:${port}`

function Serial({ onStart }: { onStart: (start: Start) => void }) {
  const { t } = useTranslation()
  const found = useCall('devices.find', {}).data?.found ?? []
  const ports = [...new Set(found.filter(({ way }) => way === 'serial').map(({ address }) => address))]
  const [path, setPath] = useState('')
  const own = path.trim()
  return (
    <>
      <Autocomplete
        label={t('devices.address.path')}
        placeholder={queueTransport === 'spooler' ? 'COM3' : '/dev/ttyUSB0'}
        data={ports}
        value={path}
        onChange={setPath}
      />
      <Next
        enabled={own !== ''}
        onClick={() => onStart(startAt({ name: own, transport: 'serial', address: own }))}
      />
    </>
  )
}

function Queue({ families, onStart }: Props) {
  const { t } = useTranslation()
  const found = useCall('devices.find', {}).data?.found ?? []
  const queues = found.filter(({ way }) => way === queueTransport)
  const [name, setName] = useState('')
  const own = name.trim()
  // What is known of a queue that was found is better than what may be asked of any.
  const one = queues.find(({ address }) => address === own)
  const draft = { name: own, transport: queueTransport, address: own } as const
  return (
    <>
      <Autocomplete
        label={t('devices.address.queueName')}
        data={queues.map(({ address }) => address)}
        value={name}
        onChange={setName}
      />
      <Next
        enabled={own !== ''}
        onClick={() => onStart(one === undefined ? startAt(draft) : startFrom(one, families))}
      />
    </>
  )
}
