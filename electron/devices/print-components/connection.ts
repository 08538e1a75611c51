/** One WebSocket at a time to one address, opened when it is wanted. */
export interface Connection {
  /** Why there is none, or undefined when it stands. Attempts at the same time are one attempt. */
  open(): Promise<string | undefined>
  /** False when nothing was written. */
  send(text: string): boolean
  /** For good. */
  close(): void
}

export interface Hearing {
  text(text: string): void
  /** A message that is no text; its size is not known. */
  binary(): void
  /** A connection that stood is gone. */
  lost(): void
}

export function createConnection(address: string, connectMs: number, hear: Hearing): Connection {
  let standing: WebSocket | undefined
  let coming: WebSocket | undefined
  let opening: Promise<string | undefined> | undefined

  function drop(): void {
    standing = undefined
    hear.lost()
  }

  function connect(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const socket = webSocket(address)
      if (socket === undefined) {
        resolve(`not a WebSocket address: ${address}`)
        return
      }
      coming = socket
      const fail = (reason: string) => {
        clearTimeout(timer)
        resolve(`${address}: ${reason}`)
        if (standing === socket) drop()
      }
      const timer = setTimeout(() => {
        fail(`no connection within ${connectMs} ms`)
        socket.close()
      }, connectMs)
      socket.addEventListener('open', () => {
        clearTimeout(timer)
        standing = socket
        resolve(undefined)
      })
      socket.addEventListener('message', ({ data }) => {
        if (standing !== socket) return
        if (typeof data === 'string') hear.text(data)
        else hear.binary()
      })
      socket.addEventListener('error', () => fail('the print component does not answer there'))
      socket.addEventListener('close', () => fail('the print component closed the connection'))
    })
  }

  return {
    open() {
      if (standing?.readyState === WebSocket.OPEN) return Promise.resolve(undefined)
      if (standing !== undefined) drop() // it closes, and has not said so yet
      opening ??= connect().finally(() => {
        opening = undefined
        coming = undefined
      })
      return opening
    },
    send(text) {
      if (standing?.readyState !== WebSocket.OPEN) return false
      standing.send(text)
      return true
    },
    close() {
      standing?.close()
      coming?.close()
    },
  }
}

/** The constructor throws at an address that it cannot read. */
function webSocket(address: string): WebSocket | undefined {
  try {
    const { protocol } = new URL(address)
    return protocol === 'ws:' || protocol === 'wss:' ? new WebSocket(address) : undefined
  } catch {
    return undefined
  }
}
