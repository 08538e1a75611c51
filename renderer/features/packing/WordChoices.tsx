import { pickCode } from '#shared/domain/packing/codes.ts'
import { useScans } from '#renderer/platform/scans.tsx'
import { Barcode } from '#renderer/ui/Barcode.tsx'
import css from './bench.module.css'

/** Large cards of words: one scan of PB-PICK-n, or a touch, says which. */
export function WordChoices({ words }: { words: readonly string[] }) {
  const { inject } = useScans()
  return (
    <div className={css.choices} data-count="words">
      {words.map((word, index) => (
        <button
          key={word}
          type="button"
          className={css.choiceCard}
          onClick={() => inject(pickCode(index + 1))}
        >
          <span className={css.choiceWords}>{word}</span>
          <Barcode code={pickCode(index + 1)} />
        </button>
      ))}
    </div>
  )
}
