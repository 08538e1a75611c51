import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaveRow } from '#shared/contract/waves.ts'
import { ask, useClient } from '#renderer/platform/core.tsx'
import { deliver } from '#renderer/platform/files.ts'
import { useLongCall } from '#renderer/platform/long-call.ts'
import { markSeen } from '#renderer/platform/seen.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { PaperProgress } from '#renderer/ui/PaperProgress.tsx'

/** The core sets so many lists as one file. */
const mostLists = 500

/** The lists of all waves that nobody picks yet, as one file: what a supervisor prints after a release. */
export function AllLists({ waves }: { waves: readonly WaveRow[] }) {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const paper = useLongCall()
  const [error, setError] = useState<unknown>(null)
  const ids = waves.slice(0, mostLists).map(({ id }) => id)
  if (ids.length === 0) return null
  const print = async () => {
    setError(null)
    try {
      const language = i18n.language === 'en' ? 'en' : 'zh-CN'
      await paper.run(async (job) => {
        const held = await ask(client, 'waves.pickLists', { job, ids, paper: 'A4', language })
        await deliver(client, held, job)
      })
      markSeen('pickList')
    } catch (caught) {
      setError(caught)
    }
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPrinter size={20} aria-hidden="true" />}
        loading={paper.running}
        onClick={() => void print()}
      >
        {t('waves.allLists', { count: ids.length })}
      </Button>
      <PaperProgress call={paper} />
      <FailureNote error={error} />
    </>
  )
}
