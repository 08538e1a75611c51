import { useTranslation } from 'react-i18next'
import type { LabelLayout } from '#shared/domain/labels/layout.ts'
import { conditionWord, itemWord } from './layout-words.ts'
import css from './layouts.module.css'

interface Props {
  readonly layout: LabelLayout
  readonly chosen: number | null
  readonly faulty: ReadonlySet<number>
  readonly onChoose: (item: number) => void
}

/** Every item by what tells it from the others: what it says, when and where. Choosing one opens its fields. */
export function LayoutItems({ layout, chosen, faulty, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.tableFrame} role="region" aria-label={t('layouts.items')} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={css.measure}>
              {t('layouts.number')}
            </th>
            <th scope="col">{t('layouts.what')}</th>
            <th scope="col" className={css.measure}>
              x
            </th>
            <th scope="col" className={css.measure}>
              y
            </th>
          </tr>
        </thead>
        <tbody>
          {layout.items.map((item, index) => (
            <tr key={index} data-chosen={index === chosen} data-faulty={faulty.has(index)}>
              <td className={css.measure}>{index + 1}</td>
              <td>
                <button
                  type="button"
                  className={css.itemName}
                  aria-pressed={index === chosen}
                  onClick={() => onChoose(index)}
                >
                  <strong>{itemWord(t, item)}</strong>
                  <span className={css.condition}>{conditionWord(t, item)}</span>
                </button>
              </td>
              {item.at.slice(0, 2).map((mm, side) => (
                <td key={side} className={css.measure}>
                  {mm}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
