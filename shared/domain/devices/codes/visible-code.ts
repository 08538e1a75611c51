const names =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

/** A scan as a person may read it: short, control characters by their names: `…LOT7⟨GS⟩21S1`. */
export const visibleCode = (code: string, most: number): string =>
  Array.from(code.slice(0, most), (sign) => {
    const name = names[sign.codePointAt(0) ?? names.length]
    return name === undefined ? sign : `⟨${name}⟩`
  }).join('')
