/** Bars and spaces in turn, each in modules, beginning with a bar. */
export type Bars = readonly number[]

export type Code128 = (text: string) => Bars

/** Free margin that Code 128 asks for on either side, in modules (ISO/IEC 15417). */
export const quiet = 10

/** The encoder is loaded with the first paper, not at the start of the program. */
export async function loadCode128(): Promise<Code128> {
  const { default: bwip } = await import('bwip-js/node')
  const known = new Map<string, Bars>()
  return (text) => {
    const seen = known.get(text)
    if (seen) return seen
    // The encoder draws control characters and the bytes of Chinese text without complaint; no scanner would
    // send back what was asked.
    if (!encodable(text)) throw new RangeError('Code 128 on paper takes 1 to 48 printable ASCII characters')
    const symbol = bwip.raw('code128', text, {})[0]
    if (!symbol || !('sbs' in symbol)) throw new Error('The encoder gave no bars')
    if (known.size > 5000) known.clear()
    known.set(text, symbol.sbs)
    return symbol.sbs
  }
}

/** Whether a scanner sends exactly this back from Code 128. */
export const encodable = (text: string) => /^[ -~]{1,48}$/.test(text) && text.trim() === text

export const modules = (bars: Bars) => bars.reduce((sum, width) => sum + width, 0)
