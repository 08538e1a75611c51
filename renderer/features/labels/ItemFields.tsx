import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  codeKinds,
  isCode,
  type LabelLayout,
  type LayoutItem,
  layoutLimits,
} from '#shared/domain/labels/layout.ts'
import { codesOf, fieldsOf, type ItemPart, stepMm } from './layout-editing.ts'
import { fieldWord, itemWord } from './layout-words.ts'
import css from './layouts.module.css'

interface Props {
  readonly layout: LabelLayout
  readonly item: LayoutItem
  readonly onChange: (part: ItemPart, gesture: string) => void
  readonly onLift: (by: 1 | -1) => void
  readonly onRemove: () => void
}

const weights = ['regular', 'bold'] as const
const aligns = ['left', 'center', 'right'] as const
const anchors = ['top', 'middle', 'bottom'] as const
const inks = ['black', 'white'] as const

/** Everything that the chosen item says, in figures and words: all of drawing without a pointer. */
export function ItemFields({ layout, item, onChange, onLift, onRemove }: Props) {
  const { t } = useTranslation()
  const lettered = item.kind === 'text' || item.kind === 'words' ? item : undefined
  const field = (value: (typeof fields)[number]) => ({ value, label: fieldWord(t, value) })
  const fields = fieldsOf(layout)
  const none = { value: '', label: t('layouts.always') }
  return (
    <section className={css.fields} aria-label={t('layouts.chosen')}>
      <h3 className={css.title}>{itemWord(t, item)}</h3>
      <div className={css.pairs}>
        {(['x', 'y', 'w', 'h'] as const).map((side, index) => (
          <Millimetres
            key={side}
            label={t(`layouts.${side}`)}
            value={item.at[index] ?? 0}
            range={[index < 2 ? 0 : 0.1, layoutLimits.paper[1]]}
            onChange={(mm) => onChange({ at: item.at.with(index, mm) }, side)}
          />
        ))}
      </div>
      {item.kind === 'words' ? (
        <TextInput
          label={t('layouts.kindOf.words')}
          value={item.words}
          maxLength={layoutLimits.words}
          onChange={(event) => onChange({ words: event.currentTarget.value }, 'words')}
        />
      ) : null}
      {item.kind === 'text' || isCode(item) ? (
        <Select
          label={t('layouts.shows')}
          allowDeselect={false}
          value={item.field}
          data={(isCode(item) ? codesOf(layout) : fields).map(field)}
          onChange={(value) => onChange({ field: value ?? item.field }, 'field')}
        />
      ) : null}
      {item.kind === 'text' ? (
        <TextInput
          label={t('layouts.before')}
          value={item.before ?? ''}
          maxLength={layoutLimits.words}
          onChange={(event) => onChange({ before: event.currentTarget.value || undefined }, 'before')}
        />
      ) : null}
      {isCode(item) ? (
        <>
          <Select
            label={t('layouts.code')}
            allowDeselect={false}
            value={item.kind}
            data={codeKinds.map((value) => ({ value, label: t(`layouts.kindOf.${value}`) }))}
            onChange={(value) => onChange({ kind: value ?? item.kind }, 'kind')}
          />
          <Select
            label={t('layouts.orElse')}
            allowDeselect={false}
            value={item.orElse ?? ''}
            data={[
              { value: '', label: t('layouts.nothing') },
              ...codeKinds.map((value) => ({ value, label: t(`layouts.kindOf.${value}`) })),
            ]}
            onChange={(value) => onChange({ orElse: value || undefined }, 'orElse')}
          />
        </>
      ) : null}
      {lettered === undefined ? null : (
        <>
          <div className={css.pairs}>
            {([0, 1] as const).map((at) => (
              <Millimetres
                key={at}
                label={t(at === 0 ? 'layouts.largest' : 'layouts.smallest')}
                value={lettered.size[at]}
                range={layoutLimits.size}
                onChange={(mm) => onChange({ size: lettered.size.with(at, mm) }, `size ${at}`)}
              />
            ))}
          </div>
          <div className={css.pairs}>
            <Select
              label={t('layouts.weight')}
              allowDeselect={false}
              value={lettered.weight ?? 'regular'}
              data={weights.map((value) => ({ value, label: t(`layouts.weights.${value}`) }))}
              onChange={(value) => onChange({ weight: value === 'bold' ? value : undefined }, 'weight')}
            />
            <Select
              label={t('layouts.ink')}
              allowDeselect={false}
              value={lettered.ink ?? 'black'}
              data={inks.map((value) => ({ value, label: t(`layouts.inks.${value}`) }))}
              onChange={(value) => onChange({ ink: value === 'white' ? value : undefined }, 'ink')}
            />
            <Select
              label={t('layouts.align')}
              allowDeselect={false}
              value={lettered.align ?? 'left'}
              data={aligns.map((value) => ({ value, label: t(`layouts.aligns.${value}`) }))}
              onChange={(value) => onChange({ align: value === 'left' ? undefined : value }, 'align')}
            />
            <Select
              label={t('layouts.anchor')}
              allowDeselect={false}
              value={lettered.anchor ?? 'middle'}
              data={anchors.map((value) => ({ value, label: t(`layouts.anchors.${value}`) }))}
              onChange={(value) => onChange({ anchor: value === 'middle' ? undefined : value }, 'anchor')}
            />
          </div>
        </>
      )}
      {item.kind === 'frame' || item.kind === 'line' ? (
        <div className={css.pairs}>
          <Millimetres
            label={t('layouts.thick')}
            value={item.line}
            range={layoutLimits.line}
            onChange={(line) => onChange({ line }, 'line')}
          />
          {item.kind === 'line' ? (
            <NumberInput
              label={t('layouts.dash')}
              suffix=" mm"
              hideControls
              min={layoutLimits.dash[0]}
              max={layoutLimits.dash[1]}
              value={item.dash ?? ''}
              onChange={(value) => onChange({ dash: value === '' ? undefined : Number(value) }, 'dash')}
            />
          ) : null}
        </div>
      ) : null}
      <div className={css.pairs}>
        <Select
          label={t('layouts.when')}
          allowDeselect={false}
          value={item.when ?? ''}
          data={[none, ...fields.map(field)]}
          onChange={(value) => onChange({ when: value || undefined }, 'when')}
        />
        <Select
          label={t('layouts.unless')}
          allowDeselect={false}
          value={item.unless ?? ''}
          data={[none, ...fields.map(field)]}
          onChange={(value) => onChange({ unless: value || undefined }, 'unless')}
        />
      </div>
      <div className={css.tools}>
        <Button variant="default" onClick={() => onLift(1)}>
          {t('layouts.forward')}
        </Button>
        <Button variant="default" onClick={() => onLift(-1)}>
          {t('layouts.backward')}
        </Button>
        <span className={css.apart} />
        <Button variant="subtle" onClick={onRemove}>
          {t('layouts.removeItem')}
        </Button>
      </div>
    </section>
  )
}

/** A figure that is taken only while it is within its range: what is being typed may be on its way there. */
function Millimetres({
  label,
  value,
  range: [least, most],
  onChange,
}: {
  label: string
  value: number
  range: readonly [number, number]
  onChange: (mm: number) => void
}) {
  return (
    <NumberInput
      label={label}
      suffix=" mm"
      hideControls
      decimalScale={3}
      min={least}
      max={most}
      step={stepMm}
      value={value}
      onChange={(next) => {
        const mm = Number(next)
        if (next !== '' && mm >= least && mm <= most) onChange(mm)
      }}
    />
  )
}
