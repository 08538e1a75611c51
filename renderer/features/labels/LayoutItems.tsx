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

/** Every item with its measures; choosing one opens its fields. */
export function LayoutItems({ layout, chosen, faulty, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.tableFrame} role="region" aria-label={t('layouts.items')} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('layouts.number')}</th>
            <th scope="col">{t('layouts.what')}</th>
            <th scope="col">x</th>
            <th scope="col">y</th>
            <th scope="col">{t('layouts.w')}</th>
            <th scope="col">{t('layouts.h')}</th>
            <th scope="col">{t('layouts.size')}</th>
            <th scope="col">{t('layouts.condition')}</th>
          </tr>
        </thead>
        <tbody>
          {layout.items.map((item, index) => (
            <tr key={index} data-chosen={index === chosen} data-faulty={faulty.has(index)}>
              <td>{index + 1}</td>
              <td>
                <button
                  type="button"
                  className={css.itemName}
                  aria-pressed={index === chosen}
                  onClick={() => onChoose(index)}
                >
                  {itemWord(t, item)}
                </button>
              </td>
              {item.at.map((mm, side) => (
                <td key={side}>{mm}</td>
              ))}
              <td>{'size' in item ? item.size.join('–') : 'line' in item ? item.line : ''}</td>
              <td>{conditionWord(t, item)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
