import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '#renderer/platform/router.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import css from './bench.module.css'
import { warningOn } from './bench-view.ts'
import { BenchBar } from './BenchBar.tsx'
import { InputsGone } from './InputsGone.tsx'
import { LastLine } from './LastLine.tsx'
import { OnScreenScanner } from './OnScreenScanner.tsx'
import { LabelsInDoubt, PrinterTrouble } from './PrinterTrouble.tsx'
import { SceneView } from './SceneView.tsx'
import { type BenchMode, useBench } from './use-bench.ts'
import { WeightWarning } from './WeightScenes.tsx'

interface Props {
  readonly bench: string
  readonly mode: BenchMode
  /** What stands beside the bench while there is no hardware: the simulated printer. */
  readonly beside: ReactNode
  /** What stands above the on-screen scanner: the first steps. */
  readonly before: ReactNode
}

/** As it was left; where it would take half of the window, it is not there until somebody asks for it. */
function panelAtFirst(): boolean {
  const left = localStorage.getItem('packbench.panel')
  return left === null ? window.innerWidth > 900 : left === 'on'
}

export function BenchScreen({ bench: name, mode, beside, before }: Props) {
  const { t } = useTranslation()
  const { bench, view, heard, waiting, error } = useBench(name, mode)
  const [panel, setPanel] = useState(panelAtFirst)
  const toggle = () => {
    localStorage.setItem('packbench.panel', panel ? 'off' : 'on')
    setPanel(!panel)
  }

  return (
    <div className={css.frame}>
      <main
        className={css.bench}
        data-tone={view?.tone ?? 'idle'}
        data-scene={view?.scene.kind}
        data-mode={mode}
      >
        {bench === undefined || view === undefined ? (
          <div className={css.start}>
            {error === null ? t('bench.starting') : <FailureNote error={error} />}
          </div>
        ) : (
          <>
            <div>
              <BenchBar bench={bench} mode={mode} waiting={waiting} panel={panel} onPanel={toggle} />
              <PrinterTrouble bench={bench} />
              <InputsGone bench={bench.name} />
              <LabelsInDoubt bench={bench} />
              <WeightWarning warning={warningOn(bench, heard, mode)} />
            </div>
            {/* A new key restarts the green flash for the same answer twice in a row. */}
            <span
              key={view.answer?.gesture ?? 'quiet'}
              className={css.edge}
              data-tone={view.tone}
              data-flash={view.answer?.verdict === 'right' && view.tone === 'ok'}
              aria-hidden="true"
            />
            <SceneView bench={bench} view={view} mode={mode} nudges={heard.nudges} />
            <LastLine bench={bench} heard={heard} mode={mode} />
          </>
        )}
      </main>
      {panel && bench !== undefined ? (
        <aside className={css.panel} aria-label={t('scanner.title')}>
          {before}
          <OnScreenScanner bench={bench} mode={mode}>
            {beside}
          </OnScreenScanner>
          <a className={css.leave} href={addressOf({ at: 'today' })}>
            {t('bench.leave')}
          </a>
        </aside>
      ) : null}
    </div>
  )
}
