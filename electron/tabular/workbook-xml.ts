import { SaxesParser } from 'saxes'
import { TableError } from '#electron/ports/table-files.ts'
import { createDecoder, NotInEncoding, type Decoder } from '#electron/tabular/decoder.ts'
import { tableError } from '#electron/tabular/faults.ts'
import { limits } from '#electron/tabular/limits.ts'

/** What a reader of one XML part wants to hear; names come without their namespace prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  text?(text: string): void
}

/** Reads XML piece by piece. Document types and with them entities are refused: a workbook has none. */
export class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: false, position: false })
  #decoder: Decoder | null = null

  constructor(listener: XmlListener) {
    const parser = this.#parser
    let depth = 0
    parser.on('error', (error) => {
      throw tableError('workbookBroken', `The workbook's XML is damaged: ${error.message}.`)
    })
    parser.on('doctype', () => {
      throw tableError('workbookBroken', "The workbook's XML declares entities, which no workbook does.")
    })
    parser.on('opentag', (tag) => {
      depth += 1
      if (depth > limits.xmlDepth)
        throw tableError('workbookBroken', "The workbook's XML is nested too deeply.")
      listener.open(bareName(tag.name), tag.attributes)
    })
    parser.on('closetag', (tag) => {
      depth -= 1
      listener.close(bareName(tag.name))
    })
    const { text } = listener
    if (text !== undefined) {
      parser.on('text', (value) => text.call(listener, value))
      parser.on('cdata', (value) => text.call(listener, value))
    }
  }

  push(bytes: Buffer): void {
    this.#decoder ??= createDecoder(encodingOf(bytes))
    this.#guard((decoder) => this.#parser.write(decoder.push(bytes)))
  }

  end(): void {
    this.#guard((decoder) => this.#parser.write(decoder.end()))
    this.#parser.close()
  }

  #guard(run: (decoder: Decoder) => void): void {
    try {
      if (this.#decoder !== null) run(this.#decoder)
    } catch (error) {
      if (error instanceof TableError) throw error
      if (!(error instanceof NotInEncoding)) throw error
      throw tableError('workbookBroken', "The workbook's XML is not in the encoding it says.")
    }
  }
}

const encodingOf = (head: Buffer) =>
  head[0] === 0xff && head[1] === 0xfe
    ? 'utf-16le'
    : head[0] === 0xfe && head[1] === 0xff
      ? 'utf-16be'
      : 'utf-8'

function bareName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** `_x000D_` in a workbook's text stands for that UTF-16 unit (ECMA-376 part 1, 22.9.2.19). */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** The reverse: what XML cannot hold (controls, lone surrogates, CR, which XML turns into LF) and what looks like an escape. */
export const escapeText = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      // oxlint-disable-next-line no-control-regex -- control characters are what it is about
      /[\0-\x08\x0b-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>]/g, (char) => (char === '&' ? '&amp;' : char === '<' ? '&lt;' : '&gt;'))
