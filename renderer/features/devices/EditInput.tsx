import { Button, Input, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputDevice } from '#shared/contract/devices.ts'
import { knownBy } from '#shared/domain/devices/binding.ts'
import { keepBenchName } from '#renderer/platform/bench-name.ts'
import { useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useBenches } from './device-words.ts'
import css from './devices.module.css'
import { OneOrNone } from './OneOrNone.tsx'
import { SerialSettings } from './SerialSettings.tsx'
import { TryInput } from './TryInput.tsx'

export interface InputDraft {
  readonly id: string | null
  readonly name: string
  readonly kind: InputDevice['kind']
  readonly way: InputDevice['way']
  readonly address: string
  readonly role: InputDevice['role']
  /** Null: every bench, of a scanner; undefined: this machine's, until somebody says otherwise. */
  readonly bench: string | null | undefined
  readonly settings: InputDevice['settings']
  /** It is plugged in, so that what it is and where is known. */
  readonly found: boolean
}

const roles = ['any', 'item', 'label'] as const
const protocols = ['toledo', 'cas', 'request'] as const

const waysOf = {
  scanner: ['serial', 'hidPos', 'keyboard'],
  scale: ['serial', 'hidScale'],
} as const

/** A scanner or a scale; once it is saved, whether it is heard shows below. */
export function EditInput({ draft: before, onDone }: { draft: InputDraft; onDone: () => void }) {
  const { t } = useTranslation()
  const benches = useBenches()
  const save = useCommand('devices.saveInput')
  const remove = useCommand('devices.removeInput')
  const [draft, setDraft] = useState(before)
  const [saved, setSaved] = useState<string | null>(before.id === null ? null : before.name)
  const put = (part: Partial<InputDraft>) => setDraft({ ...draft, ...part })
  const isAtOne = draft.kind === 'scale'
  const bench = draft.bench === undefined || (isAtOne && draft.bench === null) ? benches.own : draft.bench
  const ways: readonly InputDevice['way'][] = waysOf[draft.kind]
  const isNew = before.id === null
  const submit = () => {
    const { id, found: _, ...rest } = draft
    const whole = { ...rest, name: draft.name.trim(), bench }
    save.mutate(id === null ? whole : { ...whole, id }, {
      onSuccess: (row) => {
        if (whole.bench !== null) keepBenchName(whole.bench)
        put({ id: row.id })
        setSaved(whole.name)
      },
    })
  }
  return (
    <div className={css.stack}>
      <TextInput
        label={t('devices.name.name')}
        maxLength={60}
        value={draft.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      {draft.found || !isNew ? null : (
        <>
          <SegmentedControl
            aria-label={t('devices.input.kind')}
            value={draft.kind}
            data={(['scanner', 'scale'] as const).map((value) => ({
              value,
              label: t(`devices.kind.${value}`),
            }))}
            onChange={(value) =>
              put(
                value === 'scale'
                  ? { kind: 'scale', way: 'serial', settings: { protocol: 'toledo' } }
                  : { kind: 'scanner', way: 'serial', settings: {} },
              )
            }
          />
          <Select
            label={t('devices.input.way')}
            allowDeselect={false}
            value={draft.way}
            data={ways.map((value) => ({ value, label: t(`devices.way.${value}`) }))}
            onChange={(value) => {
              const way = ways.find((one) => one === value) ?? draft.way
              put({
                way,
                settings: draft.kind === 'scale' ? { protocol: way === 'hidScale' ? 'hid' : 'toledo' } : {},
              })
            }}
          />
        </>
      )}
      {draft.found ? (
        <p className={css.quiet}>
          {t(`devices.way.${draft.way}`)} · {draft.address} · {t(`devices.bound.${knownBy(draft.address)}`)}
        </p>
      ) : (
        <TextInput
          label={t('devices.input.address')}
          description={t('devices.input.addressHelp')}
          value={draft.address}
          onChange={(event) => put({ address: event.currentTarget.value })}
        />
      )}
      {draft.way === 'keyboard' ? <p className={css.note}>{t('devices.input.grab')}</p> : null}
      {draft.kind === 'scanner' ? (
        <Input.Wrapper label={t('devices.input.role')}>
          <SegmentedControl
            className={css.under}
            fullWidth
            aria-label={t('devices.input.role')}
            value={draft.role}
            data={roles.map((value) => ({ value, label: t(`devices.inputs.role.${value}`) }))}
            onChange={(value) => put({ role: roles.find((one) => one === value) ?? 'any' })}
          />
        </Input.Wrapper>
      ) : draft.way === 'serial' ? (
        <Select
          label={t('devices.input.protocol')}
          allowDeselect={false}
          value={draft.settings.protocol ?? 'toledo'}
          data={protocols.map((value) => ({ value, label: t(`devices.input.protocolOf.${value}`) }))}
          onChange={(value) =>
            put({
              settings: { ...draft.settings, protocol: protocols.find((one) => one === value) ?? 'toledo' },
            })
          }
        />
      ) : null}
      {isAtOne ? (
        <Select
          label={t('devices.input.bench')}
          allowDeselect={false}
          value={bench}
          data={benches.all}
          onChange={(value) => put({ bench: value ?? benches.own })}
        />
      ) : (
        <OneOrNone
          label={t('devices.input.bench')}
          none={t('devices.inputs.everyBench')}
          value={bench}
          data={benches.all.map((name) => ({ value: name, label: name }))}
          onChange={(value) => put({ bench: value })}
        />
      )}
      {draft.way === 'serial' ? (
        <SerialSettings
          kind={draft.kind}
          serial={draft.settings.serial ?? {}}
          onChange={(serial) => put({ settings: { ...draft.settings, serial } })}
        />
      ) : null}
      <FailureNote error={save.error ?? remove.error} />
      <div className={css.buttons}>
        {draft.id === null ? null : (
          <Button
            variant="default"
            size="lg"
            loading={remove.isPending}
            onClick={() => remove.mutate({ id: draft.id ?? '' }, { onSuccess: onDone })}
          >
            {t('devices.input.remove')}
          </Button>
        )}
        <Button
          size="lg"
          disabled={draft.name.trim() === '' || draft.address.trim() === ''}
          loading={save.isPending}
          onClick={submit}
        >
          {t('devices.input.save')}
        </Button>
      </div>
      {saved === null ? null : <TryInput device={saved} />}
    </div>
  )
}
