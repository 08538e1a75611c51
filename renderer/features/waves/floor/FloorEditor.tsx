import { ActionIcon, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useMemo, useReducer, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '#shared/contract/index.ts'
import { checkPlan } from '#shared/domain/waves/floor/check.ts'
import type { FloorPlan } from '#shared/domain/waves/floor/plan.ts'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { when } from '#renderer/platform/moment.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { beginHistory } from '#renderer/ui/history.ts'
import { UndoRedo } from '#renderer/ui/UndoRedo.tsx'
import { draw, type Part } from './floor-editing.ts'
import css from './floor-editor.module.css'
import { FloorCanvas } from './FloorCanvas.tsx'
import { FloorFindings } from './FloorFindings.tsx'
import { FloorParts } from './FloorParts.tsx'
import { whoWords } from '#renderer/features/waves/words.ts'

interface Props {
  readonly floor: Output<'waves.floor'>
  readonly plan: FloorPlan
}

const zooms = [1, 1.5, 2, 3] as const
const checkAfterMs = 400

export function FloorEditor({ floor, plan: start }: Props) {
  const { t } = useTranslation()
  const tell = useTell()
  const [drawing, act] = useReducer(draw, start, beginHistory)
  const [chosen, setChosen] = useState<Part | null>(null)
  const [zoom, setZoom] = useState(0)
  const [shown, setShown] = useState<string | null>(null)
  const save = useCommand('waves.saveFloor')
  const drop = useCommand('waves.dropFloor')
  const plan = drawing.now
  const changed = plan !== start

  const faults = useMemo(() => checkPlan(plan), [plan])
  const [settled] = useDebouncedValue(plan, checkAfterMs)
  // Shelves are measured against a plan that can be walked; against another one nothing would be right.
  const checked = useCall(
    'waves.checkFloor',
    { plan: sendable(settled) },
    { enabled: changed && faults.length === 0 && settled === plan, keep: true },
  )
  const ofShelves = changed ? checked.data?.findings : floor.findings
  const findings = useMemo(() => (faults.length > 0 ? faults : (ofShelves ?? [])), [faults, ofShelves])
  const waiting = changed && faults.length === 0 && (settled !== plan || checked.data === undefined)
  const marked = useMemo(() => {
    const about = findings.find(({ code }) => code === shown)?.about ?? []
    return new Set(about.flatMap((one) => one.split(' = ')))
  }, [findings, shown])

  return (
    <div className={css.editor}>
      <p className={css.source} data-guess={floor.source === 'guessed'}>
        {floor.source === 'guessed' ? t('floor.guessed') : drawnWords(floor, t)}
      </p>
      <div className={css.tools}>
        <UndoRedo history={drawing} onAct={act} />
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('floor.zoomOut')}
          disabled={zoom === 0}
          onClick={() => setZoom((now) => now - 1)}
        >
          <IconMinus size={22} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={t('floor.zoomIn')}
          disabled={zoom === zooms.length - 1}
          onClick={() => setZoom((now) => now + 1)}
        >
          <IconPlus size={22} aria-hidden="true" />
        </ActionIcon>
        <span className={css.apart} />
        {floor.source === 'drawn' ? (
          <Button
            variant="subtle"
            loading={drop.isPending}
            onClick={() => drop.mutate({}, { onSuccess: () => tell(t('floor.dropped')) })}
          >
            {t('floor.drop')}
          </Button>
        ) : null}
        {changed ? (
          <Button
            variant="subtle"
            onClick={() => {
              setChosen(null)
              act({ act: 'begin', plan: start })
            }}
          >
            {t('floor.discard')}
          </Button>
        ) : null}
        <Button
          disabled={!changed && floor.source === 'drawn'}
          loading={save.isPending}
          onClick={() => save.mutate({ plan: sendable(plan) }, { onSuccess: () => tell(t('floor.saved')) })}
        >
          {t('floor.save')}
        </Button>
      </div>
      <FailureNote error={save.error ?? drop.error ?? checked.error} />
      <p id="floor-help" className={css.help}>
        {t('floor.help')}
      </p>
      <FloorCanvas
        plan={plan}
        shelves={floor.shelves}
        marked={marked}
        chosen={chosen}
        zoom={zooms[zoom] ?? 1}
        onChoose={setChosen}
        onAct={act}
      />
      <div className={css.below}>
        <FloorParts plan={plan} chosen={chosen} onChoose={setChosen} onAct={act} />
        <FloorFindings findings={findings} waiting={waiting} shown={shown} onShow={setShown} />
      </div>
    </div>
  )
}

function drawnWords({ who, at }: Props['floor'], t: TFunction): string {
  const time = at === null ? '—' : when(at)
  return whoWords(who) === '' ? t('floor.drawn', { time }) : t('floor.drawnBy', { who, time })
}

/** The plan in the shape of the contract, whose lists can be written to. */
const sendable = (plan: FloorPlan): Input<'waves.saveFloor'>['plan'] => ({
  ...plan,
  crossAisles: [...plan.crossAisles],
  aisles: plan.aisles.map((one) => ({ ...one, names: [...one.names], ways: [...one.ways] })),
  crossWays: [...plan.crossWays],
  depots: [...plan.depots],
})
