import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LongCall } from '#renderer/platform/long-call.ts'
import css from './paper-progress.module.css'

/** How far a paper is, with a way out; nothing while it is made quickly. */
export function PaperProgress({ call }: { call: LongCall }) {
  const { t } = useTranslation()
  const isPrinting = call.shown?.phase === 'printing'
  return (
    <WorkProgress
      call={call}
      making={isPrinting ? t('paper.printing') : t('paper.making')}
      far={(done, total) => t(isPrinting ? 'paper.printed' : 'paper.pages', { done, total })}
    />
  )
}

interface Work {
  readonly call: LongCall
  /** What is being done, while nobody knows how much it is. */
  readonly making: string
  readonly far: (done: number, total: number) => string
}

/** How far a long work is, with a way out. */
export function WorkProgress({ call, making, far }: Work) {
  const { t } = useTranslation()
  const { shown } = call
  if (shown === null) return null
  const known = shown.total > 0
  return (
    <div className={css.paper}>
      <div className={css.words}>
        <span>{known ? far(shown.done, shown.total) : making}</span>
        <Button variant="default" onClick={call.cancel}>
          {t('word.cancel')}
        </Button>
      </div>
      <Progress
        aria-label={making}
        value={known ? (100 * shown.done) / shown.total : 100}
        animated={!known}
      />
    </div>
  )
}
