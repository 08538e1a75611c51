import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BenchState } from '#shared/contract/packing.ts'
import {
  commandCode,
  commands,
  pickCode,
  releaseReasons,
  reprintReasons,
  waveCode,
} from '#shared/domain/packing/codes.ts'
import { useCall } from '#renderer/platform/core.tsx'
import { useScans } from '#renderer/platform/scans.tsx'
import { ProductPicture } from '#renderer/ui/ProductPicture.tsx'
import css from './scanner.module.css'

interface Offer {
  readonly code: string
  readonly title: string
  readonly second: string
  readonly goods?: { readonly sku: string; readonly title: string; readonly picture: string | null }
  readonly done?: boolean
}

interface Props {
  readonly bench: BenchState
  readonly mode: 'pack' | 'handover'
  /** Stands between what can be scanned now and the rarer codes. */
  readonly children: ReactNode
}

/** A scanner for benches without one: what could be scanned now, as things to click. */
export function OnScreenScanner({ bench, mode, children }: Props) {
  const { t } = useTranslation()
  const { inject } = useScans()
  const offers = useOffers(bench, mode)
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() === '') return
    inject(typed.trim())
    setTyped('')
  }
  return (
    <section className={css.scanner}>
      <h2 className={css.title}>{t('scanner.title')}</h2>
      <p className={css.hint}>{t('scanner.hint')}</p>
      <ul className={css.offers}>
        {offers.map((offer, index) => (
          <li key={`${offer.code}-${index}`}>
            <button
              type="button"
              className={css.offer}
              data-code={offer.code}
              data-done={offer.done}
              onClick={() => inject(offer.code)}
            >
              {offer.goods === undefined ? (
                <span className={css.bars} aria-hidden="true" />
              ) : (
                <span className={css.picture}>
                  <ProductPicture {...offer.goods} size="small" />
                </span>
              )}
              <span className={css.offerWords}>
                <strong>{offer.title}</strong>
                <span className={css.offerCode}>{offer.second}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {children}
      <form className={css.form} onSubmit={submit}>
        <input
          className={css.field}
          value={typed}
          placeholder={t('scanner.anyCode')}
          aria-label={t('scanner.anyCode')}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className={css.send}>
          {t('scanner.scan')}
        </button>
      </form>
      <details className={css.commands}>
        <summary className={css.summary}>{t('scanner.commands')}</summary>
        <div className={css.grid}>
          {commands.map((command) => (
            <button
              key={command}
              type="button"
              className={css.command}
              onClick={() => inject(commandCode(command))}
            >
              {t(`command.${command}`)}
            </button>
          ))}
        </div>
      </details>
    </section>
  )
}

function useOffers(bench: BenchState, mode: 'pack' | 'handover'): Offer[] {
  const { t } = useTranslation()
  const { pending, order, wave } = bench
  const packing = mode === 'pack'
  const waves = useCall('waves.list', {}, { enabled: packing && wave === null && order === null })
  const detail = useCall(
    'waves.get',
    { id: wave?.id ?? '' },
    { enabled: packing && wave !== null && order === null },
  )
  const labels = useCall('labels.list', { offset: 0, limit: 30 }, { enabled: !packing })
  const wanted = order?.lines ?? []
  const single = wave?.kind === 'single' && order === null ? (detail.data?.stops ?? []).slice(0, 6) : []
  const kits = untouchedKits(wanted)
  const barcodes = useBarcodes([
    ...kits.map((kit) => kit.sku),
    ...wanted.map((line) => line.sku),
    ...single.map((stop) => stop.sku),
  ])
  const command = (name: (typeof commands)[number]): Offer => ({
    code: commandCode(name),
    title: t(`command.${name}`),
    second: commandCode(name),
  })

  if (!packing) {
    return (labels.data?.rows ?? [])
      .filter((label) => label.state !== 'void' && label.state !== 'handedOver')
      .slice(0, 8)
      .map((label) => ({
        code: label.waybill,
        title: `${label.courier} …${label.waybill.slice(-4)}`,
        second: label.waybill,
      }))
  }
  switch (pending?.kind) {
    case 'error':
      return [command('OK')]
    case 'countdown':
      return [command('PRINT'), command('CANCEL')]
    case 'badge':
      return [command('CANCEL')]
    case 'label':
      return [
        { code: pending.waybill, title: t('scanner.labelOnBox'), second: pending.waybill },
        command(bench.label?.state === 'unknown' ? 'MISSING' : 'REPRINT'),
      ]
    case 'reason':
      return [
        ...reprintReasons.map((reason, index) => ({
          code: pickCode(index + 1),
          title: t(`bench.reprintReason.${reason}`),
          second: pickCode(index + 1),
        })),
        command('CANCEL'),
      ]
    case 'release':
      return [
        ...releaseReasons.map((reason, index) => ({
          code: pickCode(index + 1),
          title: t(`bench.releaseReason.${reason}`),
          second: pickCode(index + 1),
        })),
        command('CANCEL'),
      ]
    case 'weight':
      return [command('WEIGH'), command('UNDO'), command('NEXT')]
    case 'choice':
      return pending.choices.map((item, index) => ({
        code: pickCode(index + 1),
        title: item.title,
        second: pickCode(index + 1),
        goods: item,
      }))
    default:
  }
  if (order !== null) {
    const goods = order.lines.map((line): Offer => {
      const code = barcodes.get(line.sku) ?? line.sku
      return {
        code,
        title: line.title,
        second: `${code}  ${line.packed}/${line.quantity}`,
        goods: line,
        done: line.packed >= line.quantity,
      }
    })
    const whole = kits.map((kit): Offer => {
      const code = barcodes.get(kit.sku) ?? kit.sku
      return { code, title: kit.title, second: code, goods: { ...kit, picture: null } }
    })
    return goods.every((offer) => offer.done === true) ? [command('PRINT'), ...goods] : [...goods, ...whole]
  }
  if (wave !== null) {
    if (wave.kind === 'single') {
      return single.map((stop) => ({
        code: barcodes.get(stop.sku) ?? stop.sku,
        title: stop.name,
        second: barcodes.get(stop.sku) ?? stop.sku,
        goods: { sku: stop.sku, title: stop.name, picture: null },
      }))
    }
    const slots = (detail.data?.slots ?? []).filter(
      (slot) => slot.state === 'waiting' || slot.state === 'packing',
    )
    if (slots.length > 0) {
      return slots.slice(0, 8).map((slot) => ({
        code: slot.code,
        title: slot.slot === null ? slot.order : t('scanner.slot', { slot: slot.slot }),
        second: `${slot.code}  ${slot.order}`,
      }))
    }
  }
  return (waves.data?.waves ?? [])
    .filter((one) => one.state !== 'done')
    .slice(0, 5)
    .map((one) => ({
      code: waveCode(one.number),
      title: `W-${String(one.number).padStart(4, '0')}`,
      second: t('scanner.waveLeft', { left: one.orders - one.packed, code: waveCode(one.number) }),
    }))
}

type Line = NonNullable<BenchState['order']>['lines'][number]

/** Kits of which nothing is in the box yet: their own barcode counts all parts at once. */
function untouchedKits(lines: readonly Line[]): NonNullable<Line['kit']>[] {
  const kits = new Map(lines.flatMap(({ kit }) => (kit === null ? [] : [[kit.nth, kit] as const])))
  return [...kits.values()].filter((kit) =>
    lines.every((line) => line.kit?.nth !== kit.nth || line.packed === 0),
  )
}

/** The first single-unit barcode of each SKU. */
function useBarcodes(skus: readonly string[]): ReadonlyMap<string, string> {
  const unique = [...new Set(skus)].slice(0, 60)
  const { data } = useCall('catalog.barcodes', { skus: unique }, { enabled: unique.length > 0, keep: true })
  const found = new Map<string, { readonly code: string; readonly units: number }>()
  for (const row of data?.rows ?? []) {
    const before = found.get(row.sku)
    if (before === undefined || (before.units !== 1 && row.units === 1)) found.set(row.sku, row)
  }
  return new Map([...found].map(([sku, { code }]) => [sku, code]))
}
