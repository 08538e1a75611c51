import { closeSync, constants, openSync, writeSync } from 'node:fs'
import type { PosScanner } from './pos-reports.ts'
import { readNow } from './wait.ts'

export interface ScannerDevice {
  plug(): void
  unplug(): void
  /** Beams a code: what leaves the scanner is over when this resolves. */
  scan(text: string, aim?: string): Promise<void>
}

/** From include/uapi/linux/uhid.h: the event's number, then its packed structure. */
const uhid = {
  destroy: 1,
  getReport: 9,
  getReportReply: 10,
  create: 11,
  input: 12,
  setReport: 13,
  setReportReply: 14,
}
const eventBytes = 4376
const busUsb = 3

/** A HID scanner without a bus behind it: the kernel's HID core and hidraw are real. */
export function createUhidScanner(
  maker: PosScanner,
  identity: {
    readonly name: string
    readonly serial: string
    readonly vendorId: number
    readonly productId: number
  },
): ScannerDevice {
  let fd: number | undefined
  let answering: NodeJS.Timeout | undefined

  const send = (kind: number, fill: (event: Buffer) => void) => {
    if (fd === undefined) throw new Error('the scanner is not plugged in')
    const event = Buffer.alloc(eventBytes)
    event.writeUInt32LE(kind, 0)
    fill(event)
    writeSync(fd, event)
  }
  /** The kernel waits five seconds for an answer to each feature report that a host writes or reads. */
  const answerAll = () => {
    for (;;) {
      const event = fd === undefined ? undefined : readNow(fd, eventBytes)
      if (event === undefined) return
      const [kind, id] = [event.readUInt32LE(0), event.readUInt32LE(4)]
      const reply = { [uhid.getReport]: uhid.getReportReply, [uhid.setReport]: uhid.setReportReply }[kind]
      const noSuchReport = 5 // EIO, as a scanner says that stalls the request
      if (reply === undefined) continue
      send(reply, (answer) => {
        answer.writeUInt32LE(id, 4)
        answer.writeUInt16LE(noSuchReport, 8)
      })
    }
  }
  return {
    plug() {
      fd = openSync('/dev/uhid', constants.O_RDWR | constants.O_NONBLOCK)
      send(uhid.create, (event) => {
        event.write(identity.name, 4)
        event.write(identity.serial, 4 + 128 + 64)
        event.writeUInt16LE(maker.descriptor.length, 260)
        event.writeUInt16LE(busUsb, 262)
        event.writeUInt32LE(identity.vendorId, 264)
        event.writeUInt32LE(identity.productId, 268)
        maker.descriptor.copy(event, 280)
      })
      answering = setInterval(answerAll, 10)
    },
    unplug() {
      clearInterval(answering)
      if (fd === undefined) return
      send(uhid.destroy, () => undefined)
      closeSync(fd)
      fd = undefined
    },
    async scan(text, aim = ']C0') {
      for (const report of maker.reports(text, aim))
        send(uhid.input, (event) => {
          event.writeUInt16LE(report.length, 4)
          report.copy(event, 6)
        })
    },
  }
}
