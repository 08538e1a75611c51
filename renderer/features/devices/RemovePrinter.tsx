import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import css from './devices.module.css'

export function RemovePrinter({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const { t } = useTranslation()
  const remove = useCommand('devices.removePrinter')
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <div className={css.apart}>
        <Button variant="subtle" onClick={() => setAsking(true)}>
          {t('devices.edit.remove')}
        </Button>
      </div>
    )
  }
  return (
    <div className={css.apart} ref={(here) => here?.scrollIntoView({ block: 'nearest' })}>
      <p>{t('devices.edit.removeSure', { name })}</p>
      <FailureNote error={remove.error} />
      <div className={css.buttons}>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('word.cancel')}
        </Button>
        <Button
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate({ id }, { onSuccess: onDone })}
        >
          {t('devices.edit.removeYes')}
        </Button>
      </div>
    </div>
  )
}
