import { Fragment, useEffect, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { BenchState } from '#shared/contract/packing.ts'
import { commandCode } from '#shared/domain/packing/codes.ts'
import { useScans } from '#renderer/platform/scans.tsx'
import { itemName } from '#renderer/ui/item-name.ts'
import { ProductPicture } from '#renderer/ui/ProductPicture.tsx'
import { type Line, unitsOf } from './bench-view.ts'
import { LiveWeight } from './WeightScenes.tsx'
import css from './order-scene.module.css'

interface Props {
  readonly bench: BenchState
  readonly order: NonNullable<BenchState['order']>
  /** What to look at; null when every unit is in. */
  readonly line: Line | null
  /** The label comes by itself at this moment. */
  readonly until: string | null
}

export function OrderScene({ bench, order, line, until }: Props) {
  const { t } = useTranslation()
  const units = unitsOf(order)
  return (
    <div className={css.order}>
      <div className={css.main}>
        {line === null ? <Done bench={bench} until={until} /> : <Next line={line} />}
        <aside className={css.where}>
          {order.slot === null ? null : (
            <div className={css.slot}>
              <span className={css.slotWord}>{t('word.slot')}</span>
              <span className={css.slotNumber}>{order.slot}</span>
            </div>
          )}
          <dl className={css.facts}>
            <dt>{t('word.order')}</dt>
            <dd className={css.number} title={order.number}>
              {shortNumber(order.number)}
            </dd>
            <dd>{order.shop}</dd>
            {bench.weigh === 'check' ? (
              <dd className={css.weight}>
                <LiveWeight bench={bench.name} expected={order.inBox} />
              </dd>
            ) : order.expectedWeightG === null ? null : (
              <dd className={css.weight}>{t('bench.weight', { grams: order.expectedWeightG })}</dd>
            )}
          </dl>
          <p className={css.total}>
            <strong>{units.packed}</strong>
            <span>/ {units.all}</span>
          </p>
        </aside>
      </div>
      {order.buyerNote === '' && order.sellerNote === '' ? null : (
        <div className={css.notes}>
          {order.buyerNote === '' ? null : (
            <p className={css.note}>
              <strong>{t('bench.buyerNote')}</strong> {order.buyerNote}
            </p>
          )}
          {order.sellerNote === '' ? null : (
            <p className={css.note}>
              <strong>{t('bench.sellerNote')}</strong> {order.sellerNote}
            </p>
          )}
        </div>
      )}
      <Lines lines={order.lines} current={line} />
    </div>
  )
}

/** 35153…9579: enough to compare with a paper, short enough to read. */
export const shortNumber = (number: string): string =>
  number.length <= 14 ? number : `${number.slice(0, 5)}…${number.slice(-4)}`

function Next({ line }: { line: Line }) {
  const { t } = useTranslation()
  const left = line.quantity - line.packed
  return (
    <>
      <div className={css.picture}>
        <ProductPicture sku={line.sku} title={line.title} picture={line.picture} />
      </div>
      <div className={css.item}>
        <h1 className={css.name}>{itemName(line)}</h1>
        <p className={css.code}>
          <span>{line.sku}</span>
          {line.location === null ? null : <span className={css.shelf}>{line.location}</span>}
        </p>
        {line.kit === null ? null : <p className={css.kit}>{kitWords(t, line.kit)}</p>}
        <div className={css.count}>
          <span className={css.countWord}>{t('bench.stillToScan')}</span>
          <span className={css.countNumber}>
            {left}
            <span className={css.countOf}>/{line.quantity}</span>
          </span>
        </div>
        <Pips packed={line.packed} all={line.quantity} />
      </div>
    </>
  )
}

function Pips({ packed, all }: { packed: number; all: number }) {
  if (all < 2 || all > 24) return null
  return (
    <div className={css.pips} aria-hidden="true">
      {Array.from({ length: all }, (_, index) => (
        <span key={index} className={css.pip} data-full={index < packed} />
      ))}
    </div>
  )
}

/** Every unit is in: the wide bar counts down to the label, CANCEL stops it. */
function Done({ bench, until }: { bench: BenchState; until: string | null }) {
  const { t } = useTranslation()
  const { inject } = useScans()
  const left = useSecondsLeft(until)
  const share = until === null || bench.countdownMs === 0 ? 0 : Math.min(1, (left * 1000) / bench.countdownMs)
  return (
    <div className={css.done}>
      <h1 className={css.doneTitle}>{t('bench.allIn')}</h1>
      {until === null ? (
        <p className={css.doneWords}>{t('bench.printByScan')}</p>
      ) : (
        <>
          <p className={css.doneWords}>{t('bench.labelIn', { seconds: Math.ceil(left) })}</p>
          <div
            className={css.bar}
            role="progressbar"
            aria-label={t('bench.labelComing')}
            aria-valuenow={Math.ceil(left)}
          >
            <span className={css.barFill} style={{ transform: `scaleX(${share})` }} />
          </div>
        </>
      )}
      <div className={css.doneActs}>
        <button type="button" className={css.act} onClick={() => inject(commandCode('PRINT'))}>
          {t('command.PRINT')}
        </button>
        {until === null ? null : (
          <button
            type="button"
            className={css.act}
            data-quiet="true"
            onClick={() => inject(commandCode('CANCEL'))}
          >
            {t('command.CANCEL')}
          </button>
        )}
      </div>
    </div>
  )
}

function useSecondsLeft(until: string | null): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (until === null) return undefined
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [until])
  return until === null ? 0 : Math.max(0, (Date.parse(until) - now) / 1000)
}

const kitWords = (t: TFunction, kit: NonNullable<Line['kit']>): string =>
  t('bench.kit', { kit: kit.title, quantity: kit.quantity })

const bringIntoSight = (line: HTMLLIElement | null) => line?.scrollIntoView({ block: 'nearest' })

function Lines({ lines, current }: { lines: readonly Line[]; current: Line | null }) {
  const { t } = useTranslation()
  return (
    <ul className={css.lines} aria-label={t('bench.lines')}>
      {lines.map((line, index) => {
        const full = line.packed >= line.quantity
        const now = line === current
        const opensKit = line.kit !== null && line.kit.nth !== lines[index - 1]?.kit?.nth
        return (
          <Fragment key={`${line.sku}-${index}`}>
            {line.kit !== null && opensKit ? <li className={css.kitHead}>{kitWords(t, line.kit)}</li> : null}
            <li
              ref={now ? bringIntoSight : undefined}
              className={css.line}
              data-state={full ? 'full' : now ? 'now' : 'open'}
              data-part={line.kit !== null}
            >
              <span className={css.lineMark} aria-hidden="true">
                {full ? '✔' : now ? '▸' : '·'}
              </span>
              <span className={css.lineName}>{itemName(line)}</span>
              <span className={css.lineShelf}>{line.location ?? ''}</span>
              <span className={css.lineCount}>
                {line.packed}/{line.quantity}
              </span>
            </li>
          </Fragment>
        )
      })}
    </ul>
  )
}
