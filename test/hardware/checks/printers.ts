/** The real printer adapters on a real USB bus. */
import assert from 'node:assert/strict'
import { closeSync, constants, openSync } from 'node:fs'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createOpenPrinter } from '#electron/devices/print/open-printer.ts'
import type { LabelPrinter } from '#electron/ports/label-printer.ts'
import { nodeFor, nodeGone } from '#test/hardware/devices/nodes.ts'
import { createUsbPrinter } from '#test/hardware/devices/usb-printer.ts'
import { eventually } from '#test/hardware/devices/wait.ts'
import { giveVoice, labelsOf } from '#test/hardware/devices/zpl-voice.ts'

const open = createOpenPrinter({ simulatedFolder: '/run/simulated' })

const device = (serial: string) =>
  createUsbPrinter(
    { vendorId: 0x0a5f, productId: 0x0164, maker: 'Packbench test', product: 'Printer', serial },
    `MFG:Packbench;CMD:ZPL;MDL:${serial};CLS:PRINTER;`,
  )

/** No two alike, every byte value in them, and none of the questions that follow a job. */
const job = (bytes: number, seed: number) =>
  Buffer.from(Uint8Array.from({ length: bytes }, (_, index) => ((index * 31) ^ (index >> 8) ^ seed) & 0xff))

for (const transport of ['usbLp', 'usb'] as const)
  describe(`printer over ${transport}`, () => {
    const serial = `PRN${transport}`
    const device1 = device(serial)
    let printer: LabelPrinter
    let silence = () => {}
    const speak = (headOpen = false) => {
      silence()
      silence = giveVoice(device1, headOpen)
    }
    const plugIn = async () => {
      await device1.plug()
      await nodeFor('usbmisc', 'serial', serial)
    }
    before(async () => {
      await plugIn()
      printer = open({ transport, address: `usb:0a5f:0164:${serial}`, language: 'zpl' })
    })
    beforeEach(() => {
      silence()
      device1.forget()
    })
    after(() => {
      silence()
      device1.unplug()
    })

    it('takes a job of 60 KB as it is, once, and says that the label is out', async (t) => {
      for (const round of ['first', 'second']) {
        device1.forget()
        speak()
        const sent = job(60_000, round.length)
        const began = performance.now()
        let taken = 0
        const outcome = await printer.send(sent, {
          onSent: () => {
            taken += 1
            t.diagnostic(`${round} job of 60 KB taken after ${(performance.now() - began).toFixed(0)} ms`)
          },
        })
        assert.deepEqual([outcome, taken], [{ kind: 'printed' }, 1])
        assert.ok(labelsOf(device1).equals(sent))
      }
      await nodeFor('usbmisc', 'serial', serial) // whoever prints next finds the system's own driver in its place
    })

    it('calls a job sent and not printed when the printer never answers', async () => {
      const sent = job(9000, 2)
      assert.deepEqual(await printer.send(sent), { kind: 'sent' })
      assert.ok(labelsOf(device1).equals(sent))
    })

    it('tells that the paper is out though the printer says nothing', async () => {
      device1.setPaperOut(true)
      const outcome = await printer.send(job(9000, 3))
      const status = await printer.status()
      device1.setPaperOut(false)
      assert.deepEqual(outcome, { kind: 'sent', troubles: ['paperOut'] })
      assert.deepEqual(status, { kind: 'trouble', troubles: ['paperOut'] })
    })

    it('tells what the printer answers', async () => {
      speak(true)
      assert.deepEqual(await printer.status(), { kind: 'trouble', troubles: ['headOpen'] })
      speak()
      assert.deepEqual(await printer.status(), { kind: 'ready' })
    })

    it('does not know what became of a job when the cable is pulled, and never sends it twice', async () => {
      const first = job(200_000, 4)
      device1.takeUpTo(20_000)
      const sending = printer.send(first)
      await eventually('the job to be half way', () => device1.printed().length >= 20_000 || undefined)
      device1.unplug()
      const outcome = await sending
      assert.equal(outcome.kind, 'unknown')
      await nodeGone('usbmisc', 'serial', serial)
      assert.equal((await printer.send(job(9000, 5))).kind, 'notSent')
      assert.equal((await printer.status()).kind, 'absent')

      device1.takeUpTo(undefined)
      device1.forget()
      await plugIn()
      await sleep(2000) // a second copy would begin by itself
      assert.equal(device1.printed().length, 0)
      speak()
      const next = job(60_000, 6)
      assert.deepEqual(await printer.send(next), { kind: 'printed' })
      assert.ok(labelsOf(device1).equals(next))
    })

    it('finds its printer among two of one kind', async () => {
      const other = device(`OTHER${transport}`)
      try {
        await other.plug()
        await nodeFor('usbmisc', 'serial', `OTHER${transport}`)
        const mine = job(9000, 7)
        const others = job(9000, 8)
        const otherPrinter = open({
          transport,
          address: `usb:0a5f:0164:OTHER${transport}`,
          language: 'zpl',
        })
        await Promise.all([printer.send(mine), otherPrinter.send(others)])
        assert.ok(labelsOf(device1).equals(mine))
        assert.ok(labelsOf(other).equals(others))
      } finally {
        other.unplug()
      }
    })
  })

describe('printer that another program holds', () => {
  const held = device('HELD')
  after(held.unplug)

  it('gets nothing, and may be tried again', async () => {
    await held.plug()
    const fd = openSync(await nodeFor('usbmisc', 'serial', 'HELD'), constants.O_RDWR | constants.O_NONBLOCK)
    const printer = open({ transport: 'usbLp', address: 'usb:0a5f:0164:HELD', language: 'zpl' })
    assert.equal((await printer.send(job(9000, 9))).kind, 'notSent')
    closeSync(fd)
    assert.equal(held.printed().length, 0)
    assert.equal((await printer.send(job(9000, 10))).kind, 'sent')
    assert.ok(labelsOf(held).equals(job(9000, 10)))
  })
})
