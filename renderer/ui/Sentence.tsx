import { Fragment, type ReactNode } from 'react'
import css from './Sentence.module.css'

/** The mark in a text where a control stands. */
const hole = '§'

/** A sentence with controls in its holes: it reads as what is chosen, in the order of the language. */
export function Sentence({
  text,
  children,
  large = false,
}: {
  text: string
  children: readonly ReactNode[]
  large?: boolean
}) {
  return (
    <div className={css.sentence} data-large={large}>
      {text.split(hole).map((words, at) => (
        <Fragment key={at}>
          {words.trim() === '' ? null : <span>{words.trim()}</span>}
          {children[at]}
        </Fragment>
      ))}
    </div>
  )
}

/** The sentence as the name of the control in its hole. */
export const labelOf = (text: string): string => text.replace(hole, '…')
