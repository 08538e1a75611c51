import { Button, FileButton, Progress, Select, TextInput } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ImportKind,
  importKind,
  type ImportPreview,
  type ImportResult,
} from '#shared/contract/orders.ts'
import { ask, useCall, useClient, useCommand, useProgress } from '#renderer/platform/core.tsx'
import { upload } from '#renderer/platform/files.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { FailureNote } from '#renderer/ui/failure.tsx'
import { Page, Section } from '#renderer/ui/Page.tsx'
import { useTell } from '#renderer/ui/toasts.tsx'
import { ImportHistory } from './ImportHistory.tsx'
import { KitNews, Rejects, Sums } from './import-rows.tsx'
import css from './imports.module.css'

const presets = [
  'taobaoOrders',
  'taobaoDetails',
  'pinduoduo',
  'douyin',
  'jd',
  'shopify',
  'amazon',
  'ebay',
  'generic',
] as const

interface Chosen {
  readonly names: readonly string[]
  readonly uploads: readonly string[]
}

export function ImportsPage() {
  const { t } = useTranslation()
  const client = useClient()
  const tell = useTell()
  const [kind, setKind] = useState<ImportKind>('orders')
  const [shop, setShop] = useState<string | null>(null)
  const [courier, setCourier] = useState<string | null>(null)
  const [preset, setPreset] = useState<string | null>(null)
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>({})
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const [job, setJob] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [result, setResult] = useState<ImportResult | null>(null)
  const progress = useProgress(job)

  const needsShop = kind === 'orders'
  const needsCourier = kind === 'waybills'
  const ready = (!needsShop || shop !== null) && (!needsCourier || courier !== null)

  const sourceOf = (uploads: readonly string[], map: Readonly<Record<string, string>>) => ({
    kind,
    files: uploads.map((id) => ({ upload: id })),
    ...(needsShop && shop !== null ? { shop } : {}),
    ...(needsCourier && courier !== null ? { courier } : {}),
    ...(kind === 'orders' && preset !== null ? { preset } : {}),
    ...(Object.keys(map).length === 0 ? {} : { mapping: map }),
  })

  const guarded = async (work: (id: string) => Promise<void>) => {
    const id = crypto.randomUUID()
    setJob(id)
    setError(null)
    try {
      await work(id)
    } catch (caught) {
      setError(caught)
    } finally {
      setJob(null)
    }
  }

  const look = (files: readonly File[]) =>
    guarded(async (id) => {
      setResult(null)
      setPreview(null)
      const uploads: string[] = []
      for (const file of files) uploads.push(await upload(client, file))
      setChosen({ names: files.map((file) => file.name), uploads })
      setMapping({})
      setPreview(await ask(client, 'imports.preview', { ...sourceOf(uploads, {}), job: id }))
    })

  const lookAgain = (map: Readonly<Record<string, string>>) =>
    guarded(async (id) => {
      setMapping(map)
      if (chosen === null) return
      setPreview(await ask(client, 'imports.preview', { ...sourceOf(chosen.uploads, map), job: id }))
    })

  const write = () =>
    guarded(async (id) => {
      if (chosen === null) return
      const done = await ask(client, 'imports.run', { ...sourceOf(chosen.uploads, mapping), job: id })
      setResult(done)
      setPreview(null)
      setChosen(null)
      tell(t('imports.done', { created: done.created, updated: done.updated }))
    })

  const drop = () => {
    setChosen(null)
    setPreview(null)
    setError(null)
  }

  return (
    <Page title={t('nav.imports')} lead={t('imports.lead')}>
      <div className={css.sentence}>
        <span>{t('imports.read')}</span>
        <Select
          className={css.word}
          aria-label={t('imports.kindLabel')}
          allowDeselect={false}
          value={kind}
          data={importKind.options.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
          onChange={(value) => {
            setKind(importKind.options.find((one) => one === value) ?? 'orders')
            drop()
          }}
        />
        {needsShop ? <ShopWord shop={shop} onShop={setShop} /> : null}
        {needsShop ? (
          <>
            <span>{t('imports.as')}</span>
            <Select
              className={css.word}
              aria-label={t('imports.presetLabel')}
              clearable
              placeholder={t('imports.presetAuto')}
              value={preset}
              data={presets.map((value) => ({ value, label: t(`imports.preset.${value}`) }))}
              onChange={setPreset}
            />
          </>
        ) : null}
        {needsCourier ? <CourierWord courier={courier} onCourier={setCourier} /> : null}
      </div>

      {preview === null || chosen === null ? (
        <DropPlace ready={ready} busy={job !== null} onFiles={(files) => void look(files)} kind={kind} />
      ) : (
        <Preview
          preview={preview}
          names={chosen.names}
          mapping={mapping}
          busy={job !== null}
          onMapping={(map) => void lookAgain(map)}
          onWrite={() => void write()}
          onDrop={drop}
        />
      )}
      {job === null ? null : (
        <div className={css.progress}>
          <div className={css.progressWords}>
            <span>
              {progress === null
                ? t('imports.reading')
                : progress.total > 0
                  ? t('imports.progress', { done: progress.done, total: progress.total })
                  : t('imports.progressOpen', { done: progress.done })}
            </span>
            <Button variant="default" onClick={() => void client.call('app.cancel', { job })}>
              {t('word.cancel')}
            </Button>
          </div>
          <Progress
            aria-label={t('imports.reading')}
            value={progress === null || progress.total === 0 ? 100 : (100 * progress.done) / progress.total}
            animated={progress === null || progress.total === 0}
          />
        </div>
      )}
      <FailureNote error={error} />
      {result === null ? null : (
        <Section title={t('imports.result')}>
          <Sums sums={result} rejected={result.rejectedCount} />
          <KitNews news={result} />
          <Rejects rows={result.rejected} count={result.rejectedCount} />
        </Section>
      )}
      <ImportHistory />
    </Page>
  )
}

function ShopWord({ shop, onShop }: { shop: string | null; onShop: (shop: string | null) => void }) {
  const { t } = useTranslation()
  const shops = useCall('settings.shops', {})
  const save = useCommand('settings.saveShop')
  const [naming, setNaming] = useState<string | null>(null)
  const make = () => {
    if (naming === null || naming.trim() === '') return
    save.mutate(
      { name: naming.trim() },
      {
        onSuccess: (made) => {
          onShop(made.name)
          setNaming(null)
        },
      },
    )
  }
  return (
    <>
      <span>{t('imports.ofShop')}</span>
      <Select
        className={css.word}
        aria-label={t('word.shop')}
        placeholder={t('imports.chooseShop')}
        value={shop}
        data={[
          ...(shops.data?.shops ?? []).map((one) => ({ value: one.name, label: one.name })),
          { value: '\u0000new', label: t('imports.newShop') },
        ]}
        onChange={(value) => (value === '\u0000new' ? setNaming('') : onShop(value))}
      />
      <Dialog opened={naming !== null} onClose={() => setNaming(null)} title={t('imports.newShop')}>
        <div className={css.modal}>
          <TextInput
            label={t('settings.shop.name')}
            value={naming ?? ''}
            onChange={(event) => setNaming(event.currentTarget.value)}
          />
          <FailureNote error={save.error} />
          <Button onClick={make} loading={save.isPending}>
            {t('word.save')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function CourierWord({
  courier,
  onCourier,
}: {
  courier: string | null
  onCourier: (courier: string | null) => void
}) {
  const { t } = useTranslation()
  const couriers = useCall('settings.couriers', {})
  return (
    <>
      <span>{t('imports.ofCourier')}</span>
      <Select
        className={css.word}
        aria-label={t('word.courier')}
        placeholder={t('imports.chooseCourier')}
        value={courier}
        data={(couriers.data?.couriers ?? []).map((one) => one.name)}
        onChange={onCourier}
      />
    </>
  )
}

function DropPlace({
  ready,
  busy,
  onFiles,
  kind,
}: {
  ready: boolean
  busy: boolean
  onFiles: (files: readonly File[]) => void
  kind: ImportKind
}) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const able = ready && !busy
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (able && files.length > 0) onFiles(files)
  }
  return (
    <div
      className={css.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(able)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <IconFileImport size={56} stroke={1.3} aria-hidden="true" />
      <p className={css.dropTitle}>{ready ? t('imports.drop') : t('imports.chooseFirst')}</p>
      <p className={css.faint}>{t(`imports.about.${kind}`)}</p>
      <FileButton multiple disabled={!able} accept=".csv,.tsv,.txt,.xlsx" onChange={onFiles}>
        {(props) => (
          <Button {...props} disabled={!able}>
            {t('imports.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  )
}

function Preview({
  preview,
  names,
  mapping,
  busy,
  onMapping,
  onWrite,
  onDrop,
}: {
  preview: ImportPreview
  names: readonly string[]
  mapping: Readonly<Record<string, string>>
  busy: boolean
  onMapping: (mapping: Readonly<Record<string, string>>) => void
  onWrite: () => void
  onDrop: () => void
}) {
  const { t } = useTranslation()
  const missing = preview.files.some((file) => file.missing.length > 0)
  return (
    <Section
      title={t('imports.previewTitle', { name: names.join('、') })}
      aside={<span className={css.faint}>{t('imports.nothingYet', { count: preview.rows })}</span>}
    >
      <Sums sums={preview} rejected={preview.rejectedCount} />
      {preview.files.map((file) => (
        <div key={file.name} className={css.file}>
          <p className={css.fileWords}>
            <strong>{file.name}</strong>
            <span className={css.faint}>
              {[file.kind.toUpperCase(), file.encoding, file.preset]
                .filter((word) => word !== null)
                .join(' · ')}
            </span>
          </p>
          {file.missing.length === 0 ? null : (
            <div className={css.missing}>
              <p>{t('imports.missing')}</p>
              {file.missing.map((field) => (
                <Select
                  key={field}
                  label={field}
                  placeholder={t('imports.chooseColumn')}
                  value={mapping[field] ?? null}
                  data={[...new Set(file.headers)].filter((header) => header !== '')}
                  onChange={(header) =>
                    header === null ? undefined : onMapping({ ...mapping, [field]: header })
                  }
                />
              ))}
            </div>
          )}
          <div className={css.sampleBox} tabIndex={0} role="region" aria-label={file.name}>
            <table className={css.sample}>
              <thead>
                <tr>
                  {file.headers.map((header, index) => (
                    <th key={`${header}-${index}`} data-used={Object.values(file.mapping).includes(header)}>
                      {header}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {file.sample.slice(0, 5).map((row, index) => (
                  <tr key={index}>
                    {row.map((cell, at) => (
                      <td key={at}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      ))}
      <KitNews news={preview} />
      <Rejects rows={preview.rejected} count={preview.rejectedCount} />
      <div className={css.acts}>
        <Button size="lg" disabled={busy || missing || preview.things === 0} onClick={onWrite}>
          {t('imports.write', { count: preview.things })}
        </Button>
        <Button size="lg" variant="default" disabled={busy} onClick={onDrop}>
          {t('imports.leave')}
        </Button>
      </div>
    </Section>
  )
}
