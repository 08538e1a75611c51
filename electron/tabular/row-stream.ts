import type { TableRow } from '#electron/ports/table-files.ts'

/**
 * Hands out batches row by row. Written by hand because an async generator that yields 100,000 rows spends more
 * time on its promises than the splitter on the text; here a row that is ready costs one resolved promise.
 */
export function streamRows(batches: () => AsyncGenerator<readonly TableRow[]>): AsyncIterable<TableRow> {
  return { [Symbol.asyncIterator]: () => new RowIterator(batches()) }
}

class RowIterator implements AsyncIterator<TableRow, undefined> {
  readonly #batches: AsyncGenerator<readonly TableRow[]>
  #batch: readonly TableRow[] = []
  #at = 0

  constructor(batches: AsyncGenerator<readonly TableRow[]>) {
    this.#batches = batches
  }

  next(): Promise<IteratorResult<TableRow, undefined>> {
    const value = this.#batch[this.#at]
    if (value === undefined) return this.#refill()
    this.#at += 1
    return Promise.resolve({ done: false, value })
  }

  async return(): Promise<IteratorResult<TableRow, undefined>> {
    this.#batch = []
    await this.#batches.return(undefined)
    return { done: true, value: undefined }
  }

  async #refill(): Promise<IteratorResult<TableRow, undefined>> {
    for (;;) {
      const { done, value } = await this.#batches.next()
      if (done === true) {
        this.#batch = []
        return { done: true, value: undefined }
      }
      const first = value[0]
      if (first === undefined) continue
      this.#batch = value
      this.#at = 1
      return { done: false, value: first }
    }
  }
}
