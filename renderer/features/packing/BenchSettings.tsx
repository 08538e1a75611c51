import { Button, NumberInput, SegmentedControl, Select, Slider, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import { keepBenchName, useBenchName } from '#renderer/platform/bench-name.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { currentVolume, play, setVolume, type SoundName, sounds } from '#renderer/platform/sound.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Setting, Settings } from '#renderer/ui/Setting.tsx'
import css from './bench-settings.module.css'

export function BenchSettings() {
  const { t } = useTranslation()
  const [name, setName] = useBenchName()
  const [typed, setTyped] = useState(name)
  const benches = useCall('packing.benches', {})
  const bench = useCall('packing.bench', { bench: name })
  const printers = useCall('devices.printers', {})
  const save = useCommand('packing.setBench')
  const [volume, setShownVolume] = useState(currentVolume)
  const [voice, setVoice] = useState(() => localStorage.getItem('packbench.voice') === 'on')
  const [panel, setPanel] = useState(() => localStorage.getItem('packbench.panel') !== 'off')
  const set = (part: Omit<Input<'packing.setBench'>, 'bench'>) => {
    keepBenchName(name)
    save.mutate({ bench: name, ...part })
  }
  const now = bench.data
  return (
    <>
      <FailureNote error={bench.error ?? save.error} />
      <Settings>
        <Setting title={t('settings.bench.which')} help={t('settings.bench.whichHelp')}>
          <TextInput
            aria-label={t('settings.bench.which')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onBlur={() => (typed.trim() === '' ? setTyped(name) : setName(typed.trim()))}
          />
          {(benches.data?.benches.length ?? 0) > 1 ? (
            <div className={css.names}>
              {benches.data?.benches.map((one) => (
                <Button
                  key={one.id}
                  variant={one.name === name ? 'light' : 'default'}
                  onClick={() => {
                    setTyped(one.name)
                    setName(one.name)
                  }}
                >
                  {one.name}
                </Button>
              ))}
            </div>
          ) : null}
        </Setting>
        {now === undefined ? null : (
          <>
            <Setting title={t('settings.bench.printer')}>
              <Select
                aria-label={t('settings.bench.printer')}
                clearable
                placeholder={t('device.printerNone')}
                value={now.printer}
                data={(printers.data?.printers ?? []).map((one) => one.name)}
                onChange={(printer) => set({ printer })}
              />
            </Setting>
            <Setting
              title={t('settings.bench.printMode')}
              help={t(`settings.bench.mode.${now.printMode}Help`)}
            >
              <SegmentedControl
                fullWidth
                aria-label={t('settings.bench.printMode')}
                value={now.printMode}
                data={[
                  { value: 'last', label: t('settings.bench.mode.last') },
                  { value: 'first', label: t('settings.bench.mode.first') },
                ]}
                onChange={(value) => set({ printMode: value === 'first' ? 'first' : 'last' })}
              />
            </Setting>
            <Setting title={t('settings.bench.countdown')} help={t('settings.bench.countdownHelp')}>
              <NumberInput
                key={now.countdownMs}
                aria-label={t('settings.bench.countdown')}
                suffix=" s"
                min={0}
                max={30}
                step={0.5}
                defaultValue={now.countdownMs / 1000}
                onBlur={(event) => {
                  const seconds = Number.parseFloat(event.currentTarget.value)
                  if (Number.isFinite(seconds))
                    set({ countdownMs: Math.round(Math.min(30, Math.max(0, seconds)) * 1000) })
                }}
              />
            </Setting>
            <Setting title={t('settings.bench.checkLabel')} help={t('settings.bench.checkLabelHelp')}>
              <Switch
                size="lg"
                aria-label={t('settings.bench.checkLabel')}
                checked={now.checkLabel}
                onChange={(event) => set({ checkLabel: event.currentTarget.checked })}
              />
            </Setting>
            <Setting title={t('settings.bench.weigh')} help={t('settings.bench.weighHelp')}>
              <Switch
                size="lg"
                aria-label={t('settings.bench.weigh')}
                checked={now.weigh === 'check'}
                onChange={(event) => set({ weigh: event.currentTarget.checked ? 'check' : 'off' })}
              />
            </Setting>
            <Setting title={t('settings.bench.errorsWait')} help={t('settings.bench.errorsWaitHelp')}>
              <Switch
                size="lg"
                aria-label={t('settings.bench.errorsWait')}
                checked={now.errorsWait}
                onChange={(event) => set({ errorsWait: event.currentTarget.checked })}
              />
            </Setting>
          </>
        )}
        <Setting title={t('settings.bench.volume')} help={t('settings.bench.volumeHelp')}>
          <Slider
            thumbLabel={t('settings.bench.volume')}
            size="xl"
            thumbSize={44}
            min={0}
            max={100}
            value={Math.round(volume * 100)}
            onChange={(value) => setShownVolume(value / 100)}
            onChangeEnd={(value) => {
              setVolume(value / 100)
              play('complete')
            }}
          />
          <div className={css.sounds}>
            {(Object.keys(sounds) as SoundName[]).map((sound) => (
              <Button key={sound} variant="default" onClick={() => play(sound)}>
                {t(`sound.${sound}`)}
              </Button>
            ))}
          </div>
        </Setting>
        <Setting title={t('settings.bench.voice')} help={t('settings.bench.voiceHelp')}>
          <Switch
            size="lg"
            aria-label={t('settings.bench.voice')}
            checked={voice}
            onChange={(event) => {
              localStorage.setItem('packbench.voice', event.currentTarget.checked ? 'on' : 'off')
              setVoice(event.currentTarget.checked)
            }}
          />
        </Setting>
        <Setting title={t('scanner.toggle')} help={t('settings.bench.panelHelp')}>
          <Switch
            size="lg"
            aria-label={t('scanner.toggle')}
            checked={panel}
            onChange={(event) => {
              localStorage.setItem('packbench.panel', event.currentTarget.checked ? 'on' : 'off')
              setPanel(event.currentTarget.checked)
            }}
          />
        </Setting>
      </Settings>
    </>
  )
}
