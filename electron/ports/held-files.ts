/** Files on their way in and out of the core, kept in the data folder and forgotten after a day. */
export interface HeldFiles {
  /** Keeps `bytes` for the caller to fetch in pieces. */
  hold(name: string, mime: string, bytes: Uint8Array): HeldFile
  /** Appends a piece of a file that a caller sends; pieces come in order. */
  append(id: string, name: string, offset: number, piece: Uint8Array): { readonly size: number } | null
  /** Where a held file lies, or null when there is none of this id. */
  path(id: string): { readonly path: string; readonly name: string } | null
  read(
    id: string,
    offset: number,
    length: number,
  ): { readonly bytes: Uint8Array; readonly size: number } | null
  /** Forgets a held file before its day is over. */
  drop(id: string): void
}

export interface HeldFile {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly size: number
}
