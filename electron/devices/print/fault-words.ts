/** What the system says of a connection or a port, in words and with its code. */
export function faultWords(fault: unknown): string {
  // A host with several addresses fails with one error for each: the last one tells why.
  const last: unknown = fault instanceof AggregateError ? fault.errors.at(-1) : fault
  const code: unknown = last instanceof Error && 'code' in last ? last.code : undefined
  if (typeof code === 'string') return `${words[code] ?? 'failed'} (${code})`
  return fault instanceof Error ? fault.message : String(fault)
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection off',
  EPIPE: 'broke the connection off',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ENOTFOUND: 'has no such name in the network',
  EAI_AGAIN: 'its name cannot be looked up now',
  ENOENT: 'is not plugged in',
  ENXIO: 'is not plugged in',
  ENODEV: 'was unplugged',
  EIO: 'was unplugged or switched off',
  EISDIR: 'is a folder, which is no printer',
  EBUSY: 'is held by another program',
  EACCES: 'may not be opened by this user',
  EPERM: 'may not be opened by this user',
}
