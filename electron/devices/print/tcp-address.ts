export interface TcpAddress {
  readonly host: string
  readonly port: number
}

/** The port of printers' raw socket, "AppSocket". */
const rawPort = 9100

/** Reads `host`, `host:port`, `[v6]` or `[v6]:port`; undefined for anything else. */
export function parseTcpAddress(text: string): TcpAddress | undefined {
  const match = /^(?:\[([0-9a-f:.%\w]+)\]|([^\s:/[\]]+))(?::(\d{1,5}))?$/i.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3] ?? rawPort)
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}
