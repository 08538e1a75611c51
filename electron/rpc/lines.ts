import { StringDecoder } from 'node:string_decoder'

/**
 * Cuts a stream into lines at LF and nowhere else. Node's readline also cuts at U+2028 and U+2029, which JSON leaves as
 * they are: an order with one in its title would break a message in two.
 */
export function lineSplitter(take: (line: string) => void): { push(piece: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  const emit = (text: string) => take(text.endsWith('\r') ? text.slice(0, -1) : text)
  const add = (text: string) => {
    const [first = '', ...rest] = text.split('\n')
    parts.push(first)
    for (const next of rest) {
      emit(parts.join(''))
      parts = [next]
    }
  }
  return {
    push: (piece) => add(decoder.write(piece)),
    end: () => {
      add(decoder.end())
      const last = parts.join('')
      parts = []
      if (last !== '') emit(last)
    },
  }
}

/** The lines of a stream, one at a time: the next is read when the last one is done with. */
export async function* linesOf(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  let ready: string[] = []
  const lines = lineSplitter((line) => ready.push(line))
  for await (const piece of stream) {
    lines.push(Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece)))
    const now = ready
    ready = []
    yield* now
  }
  lines.end()
  yield* ready
}
