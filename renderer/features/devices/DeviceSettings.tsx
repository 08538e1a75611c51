import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundDevice } from '#shared/contract/devices.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { AddPrinter } from './AddPrinter.tsx'
import { ByAddress } from './ByAddress.tsx'
import css from './devices.module.css'
import { EditInput, type InputDraft } from './EditInput.tsx'
import { EditPrinter } from './EditPrinter.tsx'
import { Found } from './Found.tsx'
import { Inputs } from './Inputs.tsx'
import { type Start, startFrom } from './printer-draft.ts'
import { Printers } from './Printers.tsx'
import { TryInput } from './TryInput.tsx'
import { WhatIsIt } from './WhatIsIt.tsx'

type Opened =
  | { readonly at: 'what'; readonly found: FoundDevice }
  | { readonly at: 'add'; readonly start: Start }
  | { readonly at: 'address' }
  | { readonly at: 'printer'; readonly id: string }
  | { readonly at: 'input'; readonly draft: InputDraft }
  | { readonly at: 'try' }

/** Printers, scanners and scales: what is plugged in comes first, for that is what somebody new is here for. */
export function DeviceSettings() {
  const { t } = useTranslation()
  const families = useCall('devices.families', {}).data?.families ?? []
  const printers = useCall('devices.printers', {})
  const inputs = useCall('devices.inputs', {})
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const printerRows = printers.data?.printers ?? []
  const inputRows = inputs.data?.inputs ?? []

  const addInput = (found: FoundDevice, kind: 'scanner' | 'scale') =>
    setOpened({
      at: 'input',
      draft: {
        id: null,
        name: found.name.slice(0, 60),
        kind,
        way: found.way as InputDraft['way'],
        address: found.address,
        role: 'any',
        bench: undefined,
        settings: kind === 'scale' ? { protocol: found.way === 'hidScale' ? 'hid' : 'toledo' } : {},
        found: true,
      },
    })
  const addPrinter = (found: FoundDevice) => setOpened({ at: 'add', start: startFrom(found, families) })
  const add = (found: FoundDevice) => {
    if (found.kind === 'printer') addPrinter(found)
    else if (found.kind === 'input') setOpened({ at: 'what', found })
    else addInput(found, found.kind)
  }
  const open = (name: string) => {
    const printer = printerRows.find((one) => one.name === name)
    const input = inputRows.find((one) => one.name === name)
    if (printer !== undefined) setOpened({ at: 'printer', id: printer.id })
    else if (input !== undefined) setOpened({ at: 'input', draft: { ...input, found: false } })
  }
  const edited = opened?.at === 'printer' ? printerRows.find(({ id }) => id === opened.id) : undefined

  return (
    <div className={css.page}>
      <Found families={families} onAdd={add} onOpen={open} />
      <Printers
        printers={printers}
        onOpen={(id) => setOpened({ at: 'printer', id })}
        onAdd={() => setOpened({ at: 'address' })}
      />
      <Inputs
        inputs={inputs}
        onOpen={(one) => setOpened({ at: 'input', draft: { ...one, found: false } })}
        onAdd={() =>
          setOpened({
            at: 'input',
            draft: {
              id: null,
              name: '',
              kind: 'scanner',
              way: 'serial',
              address: '',
              role: 'any',
              bench: undefined,
              settings: {},
              found: false,
            },
          })
        }
        onTry={() => setOpened({ at: 'try' })}
      />
      <Dialog
        opened={opened !== null && (opened.at !== 'printer' || edited !== undefined)}
        onClose={close}
        size="lg"
        title={titleOf()}
      >
        {body()}
      </Dialog>
    </div>
  )

  function titleOf(): string {
    switch (opened?.at) {
      case 'what':
        return opened.found.name
      case 'add':
        return opened.start.draft.name || t('devices.printers.add')
      case 'address':
        return t('devices.address.title')
      case 'printer':
        return edited?.name ?? ''
      case 'input':
        return opened.draft.name || t('devices.input.addTitle')
      case 'try':
        return t('devices.inputs.try')
      case undefined:
        return ''
    }
  }

  function body() {
    switch (opened?.at) {
      case 'what':
        return (
          <WhatIsIt
            onPrinter={() => addPrinter(opened.found)}
            onInput={(kind) => addInput(opened.found, kind)}
          />
        )
      case 'add':
        return (
          <AddPrinter
            start={opened.start}
            families={families}
            others={printerRows}
            onAdjust={(id) => setOpened({ at: 'printer', id })}
            onDone={close}
          />
        )
      case 'address':
        return <ByAddress families={families} onStart={(start) => setOpened({ at: 'add', start })} />
      case 'printer':
        return edited === undefined ? null : (
          <EditPrinter
            key={edited.id}
            printer={edited}
            families={families}
            others={printerRows.filter(({ id }) => id !== edited.id)}
            onDone={close}
          />
        )
      case 'input':
        return <EditInput draft={opened.draft} onDone={close} />
      case 'try':
        return <TryInput device={null} />
      case undefined:
        return null
    }
  }
}
