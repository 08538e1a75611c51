/** A printer for measuring that answers nothing: tells its parent the port, then of every job when its first byte came. */
import { createServer, type AddressInfo } from 'node:net'

const server = createServer((socket) => {
  // The steady clock of the machine: the parent reads the same one. A question (`~HS`) is no job.
  socket.once('data', (part) => {
    if (!part.toString('latin1').startsWith('~H')) process.send?.(String(process.hrtime.bigint()))
  })
  socket.resume()
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit(0))
