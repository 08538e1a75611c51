/** Where the key lives that seals the buyers' personal data. */
export interface Secrets {
  /** 32 bytes, made on first use and the same ever after for one data folder. */
  masterKey(): Uint8Array
}
