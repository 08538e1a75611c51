import { code128, drawingSVG } from 'bwip-js/browser'
import { useMemo } from 'react'
import css from './Barcode.module.css'

/** A code that a scanner can read from the screen: always black on white, whatever the theme. */
export function Barcode({ code, text }: { code: string; text?: string }) {
  const source = useMemo(() => {
    const svg = code128(
      { bcid: 'code128', text: code, height: 12, paddingwidth: 6, paddingheight: 3 },
      drawingSVG(),
    )
    return `data:image/svg+xml,${encodeURIComponent(svg)}`
  }, [code])
  return (
    <span className={css.barcode}>
      <img className={css.bars} src={source} alt={code} />
      {text === undefined ? null : <span className={css.text}>{text}</span>}
    </span>
  )
}
