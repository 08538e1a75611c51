/**
 * What a label prints of a text that somebody else wrote. Every visible character stays as it is; what is invisible
 * or acts on its neighbours (bidi overrides, zero-width characters, variation selectors, tags) goes, because on paper
 * it could only mislead; control characters and all kinds of white space become one space. `\n` parts paragraphs
 * where `paragraphs` is set.
 */
export function cleanText(text: string, paragraphs = false): string {
  if (paragraphs) return text.split(/\r?\n/).map(cleanLine).filter(Boolean).join('\n')
  return cleanLine(text)
}

function cleanLine(text: string): string {
  return (
    text
      .slice(0, longest)
      .toWellFormed()
      .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
      .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
      // Composed only where marks follow a letter: a whole-text NFC would change CJK compatibility characters.
      .replaceAll(/\P{M}\p{M}+/gu, (cluster) => cluster.normalize('NFC'))
      .trim()
  )
}

/** No label holds more; guards the layout against megabytes. */
const longest = 4000
