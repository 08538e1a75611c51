import type { CSSProperties } from 'react'
import { useState } from 'react'
import css from './ProductPicture.module.css'
import { tintOf } from './tint.ts'

interface Props {
  readonly sku: string
  readonly title: string
  readonly picture: string | null
  readonly size?: 'small' | 'large'
}

/** Goods fill their box on white. Without a picture, a large code tile in the SKU's own colour: it is recognised too. */
export function ProductPicture({ sku, title, picture, size = 'large' }: Props) {
  const [broken, setBroken] = useState<string | null>(null)
  if (picture !== null && picture !== '' && broken !== picture) {
    return (
      <span className={css.frame} data-size={size}>
        <img className={css.image} src={picture} alt={title} onError={() => setBroken(picture)} />
      </span>
    )
  }
  const tint = tintOf(sku)
  return (
    <span
      className={css.tile}
      data-size={size}
      role="img"
      aria-label={`${title} ${sku}`}
      style={{ '--tile': tint.ground, '--tile-2': tint.shade, '--tile-ink': tint.ink } as CSSProperties}
    >
      <span className={css.word}>{firstWord(title)}</span>
      {size === 'large' ? <span className={css.sku}>{sku}</span> : null}
    </span>
  )
}

/** Enough of the name to fill a tile: two Chinese characters, or the first letters of a word. */
export function firstWord(title: string): string {
  const text = title.trim()
  const [first = '?'] = text
  if (/\p{Script=Han}/u.test(first)) return [...text].slice(0, 2).join('')
  const word = /[\p{L}\p{N}]+/u.exec(text)?.[0] ?? first
  return [...word].slice(0, 3).join('')
}
