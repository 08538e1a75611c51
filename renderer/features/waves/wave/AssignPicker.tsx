import { Autocomplete, Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '#renderer/platform/core.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './wave.module.css'
import type { Wave } from './WavePage.tsx'

/** Who picks a wave: anybody known here, or a name that is typed, because a helper for a day is no operator. */
export function AssignPicker({ wave }: { wave: Wave }) {
  const { t } = useTranslation()
  const tell = useTell()
  const people = useCall('operators.list', {})
  const assign = useCommand('waves.assign')
  const [typed, setTyped] = useState<string | null>(null)
  const picker = (typed ?? wave.picker).trim()
  const names = [
    ...new Set((people.data?.operators ?? []).filter((one) => one.active).map(({ name }) => name)),
  ]
  return (
    <form
      className={css.assign}
      onSubmit={(event) => {
        event.preventDefault()
        assign.mutate(
          { id: wave.id, picker },
          {
            onSuccess: () => {
              setTyped(null)
              tell(picker === '' ? t('waves.unassigned') : t('waves.assigned', { name: picker }))
            },
          },
        )
      }}
    >
      <Autocomplete
        className={css.assignName ?? ''}
        label={t('waves.assignTitle')}
        maxLength={200}
        data={names}
        value={typed ?? wave.picker}
        onChange={setTyped}
      />
      <Button type="submit" variant="default" disabled={picker === wave.picker} loading={assign.isPending}>
        {t('waves.assign')}
      </Button>
      <FailureNote error={assign.error} />
    </form>
  )
}
