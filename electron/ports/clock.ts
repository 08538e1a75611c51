/** The only source of time in the core. */
export interface Clock {
  /** Now, as ISO-8601 UTC with milliseconds. */
  now(): string
}
