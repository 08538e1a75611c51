/** The only source of identifiers that may leave this database. */
export interface Ids {
  /** A UUIDv7 (RFC 9562 §5.7): sorts by the time it was made. */
  next(): string
}
