import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import type { TextEncodingName } from '#electron/ports/table-files.ts'

/** Turns a file's bytes into text piece by piece, strictly: bytes that are not in the encoding throw `NotInEncoding`. */
export interface Decoder {
  push(bytes: Buffer): string
  /** Ends the text; a character that was cut off throws. */
  end(): string
}

export class NotInEncoding extends Error {}

export const createDecoder = (encoding: TextEncodingName): Decoder =>
  encoding === 'utf-8' ? new Utf8Decoder() : new LabelDecoder(encoding)

/** How many bytes at the end begin a UTF-8 character that goes on after them: 0 to 3. */
export function utf8Tail(bytes: Uint8Array): number {
  const end = bytes.length
  for (let back = 1; back <= 3 && back <= end; back += 1) {
    const byte = bytes[end - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < needs ? back : 0
    }
  }
  return 0
}

/** Checking and decoding whole characters is several times as fast as the streaming TextDecoder. */
class Utf8Decoder implements Decoder {
  #rest: Buffer = Buffer.alloc(0)
  #started = false

  push(bytes: Buffer): string {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    const whole = all.length - utf8Tail(all)
    // Copied, because the caller fills the same buffer again.
    this.#rest = Buffer.from(all.subarray(whole))
    return this.#decode(all.subarray(0, whole))
  }

  end(): string {
    if (this.#rest.length > 0) throw new NotInEncoding()
    return ''
  }

  #decode(bytes: Buffer): string {
    if (!isUtf8(bytes)) throw new NotInEncoding()
    const text = bytes.toString('utf8')
    if (this.#started || text === '') return text
    this.#started = true
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }
}

class LabelDecoder implements Decoder {
  readonly #decoder: TextDecoder
  #started = false

  constructor(label: string) {
    this.#decoder = new TextDecoder(label, { fatal: true })
  }

  push(bytes: Buffer): string {
    const text = this.#decode(() => this.#decoder.decode(bytes, { stream: true }))
    if (this.#started || text === '') return text
    this.#started = true
    // The decoder takes off the mark of UTF-16, but not that of GB18030.
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }

  end(): string {
    return this.#decode(() => this.#decoder.decode())
  }

  #decode(run: () => string): string {
    try {
      return run()
    } catch (error) {
      if (error instanceof TypeError) throw new NotInEncoding()
      throw error
    }
  }
}
