import { useTranslation } from 'react-i18next'
import type { BenchState, Item, ScanAnswer } from '#shared/contract/packing.ts'
import { commandCode, pickCode, reprintReasons } from '#shared/domain/packing/codes.ts'
import { clock, minutesUntil, useNow } from '#renderer/platform/moment.ts'
import { useScans } from '#renderer/platform/scans.tsx'
import { Barcode } from '#renderer/ui/Barcode.tsx'
import { useFailureText } from '#renderer/ui/failure.tsx'
import { CoreFailure } from '#renderer/platform/core.tsx'
import { itemName } from '#renderer/ui/item-name.ts'
import { labelReason, lackingWords } from '#renderer/ui/label-reason.ts'
import { ProductPicture } from '#renderer/ui/ProductPicture.tsx'
import { assertNever } from '#shared/support/assert-never.ts'
import { type BenchView, type Content, labelTrouble, type Scene } from './bench-view.ts'
import css from './bench.module.css'
import { Idle } from './Idle.tsx'
import { OrderScene } from './OrderScene.tsx'
import { useReasonText } from './reason.ts'
import { WordChoices } from './WordChoices.tsx'
import { verdictLooks } from './verdict-look.ts'
import { ReleaseScene, WeightScene } from './WeightScenes.tsx'

interface Props {
  readonly bench: BenchState
  readonly view: BenchView
  readonly mode: 'pack' | 'handover'
  readonly nudges: number
}

export function SceneView({ bench, view, mode, nudges }: Props) {
  const { scene } = view
  return (
    <div className={css.scene} role="status" aria-live="assertive">
      {drawn(bench, scene, mode, nudges, view.answer)}
    </div>
  )
}

function drawn(
  bench: BenchState,
  scene: Scene,
  mode: 'pack' | 'handover',
  nudges: number,
  answer: ScanAnswer | null,
) {
  switch (scene.kind) {
    case 'idle':
    case 'wave':
      return <Idle bench={bench} mode={mode} answer={answer} />
    case 'order':
      return <OrderScene bench={bench} order={scene.order} line={scene.line} until={null} />
    case 'countdown':
      return <OrderScene bench={bench} order={scene.order} line={null} until={scene.until} />
    case 'label':
      return <LabelScene bench={bench} waybill={scene.waybill} contents={scene.contents} />
    case 'choice':
      return <ChoiceScene choices={scene.choices} />
    case 'badge':
      return <BadgeScene act={scene.act} />
    case 'reason':
      return <ReprintScene waybill={scene.waybill} />
    case 'weight':
      return <WeightScene bench={bench.name} expected={scene.expected} got={scene.got} />
    case 'release':
      return <ReleaseScene expected={scene.expected} got={scene.got} />
    case 'error':
      return <ErrorScene bench={bench} answer={scene.answer} nudges={nudges} />
    case 'refused':
      return <RefusedScene scene={scene} />
    default:
      return assertNever(scene)
  }
}

/** OK can be scanned from the screen, from the sheet, or touched. */
function Acknowledge({ nudges }: { nudges: number }) {
  const { t } = useTranslation()
  const { inject } = useScans()
  return (
    <button
      key={nudges}
      type="button"
      className={css.acknowledge}
      data-nudged={nudges > 0}
      onClick={() => inject(commandCode('OK'))}
    >
      <Barcode code={commandCode('OK')} />
      <span className={css.acknowledgeText}>{t('bench.scanOk')}</span>
    </button>
  )
}

function ErrorScene({ bench, answer, nudges }: { bench: BenchState; answer: ScanAnswer; nudges: number }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const { Icon, tone } = verdictLooks[answer.verdict]
  if (tone === 'hold') return <StopScene bench={bench} answer={answer} nudges={nudges} />
  const words = reasonText(answer.reason)
  const expected = answer.expected.slice(0, 4)
  // A command or a job that cannot be taken now is not an item, and must not be called one.
  const notNow = answer.verdict === 'wrongItem' && answer.scanned === null
  const asked = answer.verdict === 'wrongItem' && answer.scanned !== null
  return (
    <div className={css.error}>
      <div className={css.errorHead}>
        <Icon className={css.errorIcon} size={96} stroke={2.6} aria-hidden="true" />
        <div>
          <h1 className={css.errorTitle}>
            {notNow ? t('bench.notNow') : t(`bench.verdict.${answer.verdict}`)}
          </h1>
          <p className={css.errorWords}>
            {answer.verdict === 'tooMany'
              ? t('bench.putBack', { count: Math.max(1, answer.surplus) })
              : words}
          </p>
        </div>
        <Acknowledge nudges={nudges} />
      </div>
      <div className={css.compare}>
        {answer.scanned === null ? (
          <div className={css.side}>
            <p className={css.sideTitle}>{t('bench.scanned')}</p>
            <p className={css.rawCode}>{answer.code === '' ? '—' : answer.code.slice(0, 60)}</p>
          </div>
        ) : (
          <div className={css.side} data-side="scanned">
            <p className={css.sideTitle}>{t('bench.scanned')}</p>
            <Goods item={answer.scanned} />
          </div>
        )}
        {expected.length === 0 || (!asked && answer.verdict !== 'unknown') ? null : (
          <div className={css.side} data-side="expected">
            <p className={css.sideTitle}>{t('bench.expected')}</p>
            <div className={css.expected} data-count={expected.length}>
              {expected.map((item) => (
                <Goods key={item.line} item={item} quantity={item.quantity} />
              ))}
            </div>
            {answer.expected.length > expected.length ? (
              <p>{t('bench.andMore', { count: answer.expected.length - expected.length })}</p>
            ) : null}
          </div>
        )}
        {answer.verdict === 'tooMany' ? (
          <div className={css.surplus}>
            <span className={css.surplusCount}>+{Math.max(1, answer.surplus)}</span>
          </div>
        ) : null}
      </div>
    </div>
  )
}

function Goods({ item, quantity }: { item: Item; quantity?: number }) {
  return (
    <div className={css.goods}>
      <div className={css.goodsPicture}>
        <ProductPicture sku={item.sku} title={item.title} picture={item.picture} />
      </div>
      <p className={css.goodsName}>{itemName(item)}</p>
      <p className={css.goodsCode}>
        {item.location === null ? <span>{item.sku}</span> : <span>{item.location}</span>}
        {quantity === undefined ? null : <strong>× {quantity}</strong>}
      </p>
    </div>
  )
}

/** The whole screen is amber: why, how old the knowledge is, and where the parcel goes now. */
function StopScene({ bench, answer, nudges }: { bench: BenchState; answer: ScanAnswer; nudges: number }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const now = useNow()
  const { Icon } = verdictLooks[answer.verdict]
  const age = answer.knownAt === null ? null : Math.max(0, -minutesUntil(answer.knownAt, now))
  const shipped = answer.verdict === 'alreadyShipped'
  const slot = answer.order?.slot ?? bench.order?.slot ?? null
  return (
    <div className={css.stop}>
      <Icon className={css.stopIcon} size={160} stroke={2} aria-hidden="true" />
      <div className={css.stopWords}>
        <h1 className={css.stopTitle}>{t(`bench.verdict.${answer.verdict}`)}</h1>
        <p className={css.stopReason}>{reasonText(answer.reason)}</p>
        {answer.order === null ? null : (
          <p className={css.stopOrder}>
            {t('word.order')} {answer.order.number} · {answer.order.shop}
            {slot === null ? '' : ` · ${t('word.slot')} ${slot}`}
          </p>
        )}
        {age === null || answer.knownAt === null ? null : (
          <p className={css.stopOrder}>
            {t('bench.knownAsOf', { time: clock(answer.knownAt), minutes: age })}
          </p>
        )}
        <p className={css.stopPlace}>{shipped ? t('bench.shippedPlace') : t('bench.stopPlace')}</p>
      </div>
      <Acknowledge nudges={nudges} />
    </div>
  )
}

function ChoiceScene({ choices }: { choices: readonly Item[] }) {
  const { t } = useTranslation()
  const { inject } = useScans()
  return (
    <div className={css.choice}>
      <h1 className={css.choiceTitle}>{t('bench.choose')}</h1>
      <div className={css.choices} data-count={Math.min(choices.length, 4)}>
        {choices.map((item, index) => (
          <button
            key={item.sku}
            type="button"
            className={css.choiceCard}
            onClick={() => inject(pickCode(index + 1))}
          >
            <div className={css.goodsPicture}>
              <ProductPicture sku={item.sku} title={item.title} picture={item.picture} />
            </div>
            <span className={css.goodsName}>{itemName(item)}</span>
            <span className={css.goodsCode}>
              {item.sku}
              {item.location === null ? '' : ` · ${item.location}`}
            </span>
            <Barcode code={pickCode(index + 1)} />
          </button>
        ))}
      </div>
    </div>
  )
}

/** The label is out: it goes on the box and is scanned there. Shows what should be inside. */
function LabelScene({
  bench,
  waybill,
  contents,
}: {
  bench: BenchState
  waybill: string
  contents: readonly Content[]
}) {
  const { t } = useTranslation()
  const { inject } = useScans()
  const { label } = bench
  const slot = bench.order?.slot ?? bench.last?.order?.slot ?? null
  const trouble = labelTrouble(label)
  return (
    <div className={css.labelScene}>
      <div className={css.labelMain}>
        <h1 className={css.labelTitle}>
          {t(trouble === null ? 'bench.labelOnBox' : `bench.labelAsk.${trouble}`)}
        </h1>
        <p className={css.labelNumber}>
          <span>{waybill.slice(0, -4)}</span>
          <strong>{waybill.slice(-4)}</strong>
        </p>
        <p className={css.labelState} data-trouble={trouble !== null}>
          {label === null ? '' : `${label.courier} · ${t(`label.${label.state}`)}`}
        </p>
        {trouble === null ? null : (
          <p className={css.labelHelp}>
            {t(`bench.labelTrouble.${trouble}`, { reason: labelReason(label?.reason ?? '', t) })}
          </p>
        )}
        {label === null || label.notWhole === '' ? null : (
          <p className={css.labelHelp}>{t('bench.labelLacks', { what: lackingWords(label.notWhole, t) })}</p>
        )}
        {trouble === 'unknown' ? (
          <button type="button" className={css.acknowledge} onClick={() => inject(commandCode('MISSING'))}>
            <Barcode code={commandCode('MISSING')} />
            <span className={css.acknowledgeText}>{t('command.MISSING')}</span>
          </button>
        ) : null}
      </div>
      {slot === null ? null : (
        <div className={css.slot}>
          <span className={css.slotWord}>{t('word.slot')}</span>
          <span className={css.slotNumber}>{slot}</span>
        </div>
      )}
      <div className={css.contents}>
        <p className={css.sideTitle}>{t('bench.inside')}</p>
        <ul className={css.contentList}>
          {contents.map((item, index) => (
            <li key={`${item.sku}-${index}`} className={css.contentItem}>
              <span className={css.contentPicture}>
                <ProductPicture sku={item.sku} title={item.title} picture={item.picture} size="small" />
              </span>
              <span className={css.contentName}>{itemName(item)}</span>
              <strong className={css.contentCount}>× {item.quantity}</strong>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** A second paper needs a reason: one scan says it. */
function ReprintScene({ waybill }: { waybill: string }) {
  const { t } = useTranslation()
  return (
    <div className={css.choice}>
      <h1 className={css.choiceTitle}>{t('bench.reprintWhy', { waybill })}</h1>
      <WordChoices words={reprintReasons.map((reason) => t(`bench.reprintReason.${reason}`))} />
    </div>
  )
}

function BadgeScene({ act }: { act: 'partial' | 'void' }) {
  const { t } = useTranslation()
  const { inject } = useScans()
  return (
    <div className={css.badge}>
      <h1 className={css.choiceTitle}>{t('bench.badge')}</h1>
      <p className={css.errorWords}>{t(`bench.badgeFor.${act}`)}</p>
      <button type="button" className={css.acknowledge} onClick={() => inject(commandCode('CANCEL'))}>
        <Barcode code={commandCode('CANCEL')} />
        <span className={css.acknowledgeText}>{t('bench.scanCancel')}</span>
      </button>
    </div>
  )
}

function RefusedScene({ scene }: { scene: Extract<Scene, { kind: 'refused' }> }) {
  const { t } = useTranslation()
  const text = useFailureText()
  return (
    <div className={css.badge}>
      <h1 className={css.choiceTitle}>{t('bench.notTaken')}</h1>
      <p className={css.errorWords}>{text(new CoreFailure(scene.failure))}</p>
      <p className={css.rawCode}>{scene.code.slice(0, 60)}</p>
    </div>
  )
}
