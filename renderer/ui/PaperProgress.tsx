import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LongCall } from '#renderer/platform/long-call.ts'
import css from './paper-progress.module.css'

/** How far a paper is, with a way out; nothing while it is made quickly. */
export function PaperProgress({ call }: { call: LongCall }) {
  const { t } = useTranslation()
  const { shown } = call
  if (shown === null) return null
  const known = shown.total > 0
  return (
    <div className={css.paper}>
      <div className={css.words}>
        <span>{known ? t('paper.pages', { done: shown.done, total: shown.total }) : t('paper.making')}</span>
        <Button variant="default" onClick={call.cancel}>
          {t('word.cancel')}
        </Button>
      </div>
      <Progress
        aria-label={t('paper.making')}
        value={known ? (100 * shown.done) / shown.total : 100}
        animated={!known}
      />
    </div>
  )
}
