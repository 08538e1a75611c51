import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useReason } from './device-words.ts'
import css from './devices.module.css'
import { PageDrawing } from './TrialDrawing.tsx'

interface Props {
  readonly id: string
  readonly onAdjust: () => void
  readonly onDone: () => void
}

/** It is saved; a real page proves it. */
export function TestStep({ id, onAdjust, onDone }: Props) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const { mutate, ...test } = useCommand('devices.testPrint')
  const printed = useRef(false)
  useEffect(() => {
    // Once, however often this is drawn: every print is paper.
    if (printed.current) return
    printed.current = true
    mutate({ id })
  }, [id, mutate])
  const failed = test.data?.outcome === 'notSent' || test.data?.outcome === 'unknown'
  return (
    <>
      <p className={css.question}>{t('devices.test.title')}</p>
      <div className={css.tested}>
        <PageDrawing />
        <div className={css.stack}>
          <p>{t('devices.test.look')}</p>
          <p className={failed ? css.warning : css.quiet} role="status">
            {test.data === undefined
              ? test.isPending
                ? t('devices.test.printing')
                : ''
              : t(`devices.outcome.${test.data.outcome}`, { reason: reasonOf(test.data.reason) })}
          </p>
          <FailureNote error={test.error} />
        </div>
      </div>
      <div className={css.buttons}>
        <Button size="lg" variant="default" loading={test.isPending} onClick={() => mutate({ id })}>
          {t('devices.test.again')}
        </Button>
        <Button size="lg" variant="default" onClick={onAdjust}>
          {t('devices.test.adjust')}
        </Button>
        <Button size="lg" onClick={onDone}>
          {t('devices.test.good')}
        </Button>
      </div>
    </>
  )
}
