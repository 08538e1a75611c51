import { Button, SegmentedControl, Switch } from '@mantine/core'
import { IconArrowRight, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldFile } from '#shared/contract/entry.ts'
import { useBenchName } from '#renderer/platform/bench-name.ts'
import { ask, useClient } from '#renderer/platform/core.tsx'
import { deliver } from '#renderer/platform/files.ts'
import { useLongCall } from '#renderer/platform/long-call.ts'
import { go } from '#renderer/platform/router.ts'
import { markSeen } from '#renderer/platform/seen.ts'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { PaperProgress } from '#renderer/ui/PaperProgress.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import css from './wave.module.css'
import type { Wave } from './WavePage.tsx'

const pickers = [1, 2, 3] as const
const papers = ['A4', '80mm'] as const

/** Everything of a wave that comes out on paper; a list can be shared out to people who pick together. */
export function WavePapers({ wave }: { wave: Wave }) {
  const { t, i18n } = useTranslation()
  const client = useClient()
  const paper = useLongCall()
  const [parts, setParts] = useState(1)
  const [reversed, setReversed] = useState(false)
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [bench] = useBenchName()
  const tell = useTell()
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'

  const guarded = async (name: string, work: (job: string) => Promise<void>) => {
    setBusy(name)
    setError(null)
    try {
      await paper.run(work)
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(null)
    }
  }
  const fetch = (name: string, work: (job: string) => Promise<HeldFile>) =>
    guarded(name, async (job) => {
      const done = await deliver(client, await work(job), job)
      if (done.to === 'printer') tell(t('paper.sent', { queue: done.queue }), 'ok')
      if (name.startsWith('pick')) markSeen('pickList')
    })
  const lists = papers.flatMap((size) =>
    Array.from({ length: parts }, (_, at) => ({ size, part: at + 1, key: `pick ${size} ${at}` })),
  )
  return (
    <>
      <div className={css.papers}>
        {lists.map(({ size, part, key }, at) => {
          const words = size === 'A4' ? t('waves.pickList') : t('waves.pickList80')
          return (
            <Button
              key={key}
              variant={size === 'A4' ? 'filled' : 'default'}
              leftSection={at === 0 ? <IconPrinter size={20} aria-hidden="true" /> : undefined}
              loading={busy === key}
              onClick={() =>
                void fetch(key, (job) =>
                  ask(client, 'waves.pickList', {
                    job,
                    id: wave.id,
                    paper: size,
                    language,
                    reversed,
                    parts,
                    ...(parts === 1 ? {} : { part }),
                  }),
                )
              }
            >
              {parts === 1 ? words : t('waves.pickListPart', { paper: words, part })}
            </Button>
          )
        })}
        <Button
          variant="default"
          loading={busy === 'slips'}
          onClick={() =>
            void fetch('slips', (job) =>
              ask(client, 'waves.packingSlips', { job, id: wave.id, paper: 'A5', language }),
            )
          }
        >
          {t('waves.slips')}
        </Button>
        {wave.state === 'done' ? null : (
          <Button
            variant="default"
            loading={busy === 'labels'}
            onClick={() =>
              void guarded('labels', async (job) => {
                const { printed, left } = await ask(client, 'packing.printWave', {
                  job,
                  bench,
                  wave: wave.id,
                  reversed,
                })
                tell(t('waves.labelsOut', { count: printed, left: left.length }))
              })
            }
          >
            {t('waves.labels')}
          </Button>
        )}
        <Button
          variant="default"
          rightSection={<IconArrowRight size={20} aria-hidden="true" />}
          onClick={() => go({ at: 'bench', mode: 'pack' })}
        >
          {t('nav.bench')}
        </Button>
      </div>
      <div className={css.papers}>
        <SegmentedControl
          aria-label={t('waves.split')}
          value={String(parts)}
          data={pickers.map((count) => ({
            value: String(count),
            label: count === 1 ? t('waves.alone') : t('waves.splitOf', { count }),
          }))}
          onChange={(value) => setParts(Number(value))}
        />
        <Switch
          size="lg"
          label={t('waves.reversed')}
          description={t('waves.reversedHelp')}
          checked={reversed}
          onChange={(event) => setReversed(event.currentTarget.checked)}
        />
      </div>
      <PaperProgress call={paper} />
      <FailureNote error={error} />
    </>
  )
}
