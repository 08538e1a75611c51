/** A printer for measuring: tells its parent the port, then of every connection when its first byte came. */
import { createServer, type AddressInfo } from 'node:net'

const server = createServer((socket) => {
  // The steady clock of the machine: the parent reads the same one.
  socket.once('data', () => process.send?.(String(process.hrtime.bigint())))
  socket.resume()
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit(0))
