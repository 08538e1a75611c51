import { afterEach, describe, expect, it, vi } from 'vitest'
import { createOpenScale } from '#electron/devices/open-scale.ts'
import type { ScaleReading } from '#electron/ports/scale.ts'
import { type Cable, createCable } from './pty-pair.ts'

const cables: Cable[] = []
const inputs: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(inputs.splice(0).map((input) => input.close()))
  await Promise.all(cables.splice(0).map((cable) => cable.drop()))
})

describe('a scale that speaks CAS', () => {
  const line = Buffer.from('ST,GS,1\u00c1,   0.500 kg\r\n', 'latin1')
  const silent = { kind: 'fault', reason: 'says nothing' }
  async function listen() {
    const cable = await createCable()
    cables.push(cable)
    const readings: ScaleReading[] = []
    const links: string[] = []
    inputs.push(
      createOpenScale()(
        { way: 'serial', address: cable.port, protocol: 'cas' },
        { reading: (reading) => void readings.push(reading), link: ({ kind }) => void links.push(kind) },
      ),
    )
    await vi.waitFor(() => expect(links).toEqual(['open']), 3000)
    const say = async (times: number, pause: number) => {
      const before = readings.length
      for (let time = 0; time < times; time += 1) {
        cable.say(line)
        await new Promise((done) => setTimeout(done, pause))
      }
      await vi.waitFor(() => expect(readings).toHaveLength(before + times), 1000)
    }
    return { readings, say }
  }

  it('all the time is silent when it stops, each time that it does', async () => {
    const { readings, say } = await listen()
    await say(10, 100)
    await vi.waitFor(() => expect(readings.at(-1)).toEqual(silent), 5000)
    await say(10, 100)
    expect(readings.at(-1)).toMatchObject({ kind: 'weight', grams: 500 })
    await vi.waitFor(() => expect(readings.at(-1)).toEqual(silent), 5000)
    expect(readings).toHaveLength(22)
  })

  it('when its key is pressed is never silent', async () => {
    const { readings, say } = await listen()
    await say(4, 50)
    await new Promise((done) => setTimeout(done, 4000))
    // As quick as anybody goes on pressing.
    await say(4, 1000)
    await new Promise((done) => setTimeout(done, 4000))
    expect(readings).toHaveLength(8)
  })
})

describe('a scale that is asked', () => {
  async function openAsked() {
    const cable = await createCable()
    cables.push(cable)
    const readings: ScaleReading[] = []
    inputs.push(
      createOpenScale()(
        { way: 'serial', address: cable.port, protocol: 'request' },
        { reading: (reading) => void readings.push(reading), link: () => undefined },
      ),
    )
    return { cable, readings }
  }

  it.each([
    ['W\r', '\n0001.25KG\r\nS00\r\u0003'],
    ['W\r', '\u000201.250\r'],
    ['Q\r\n', 'ST,+00001.25 kg\r\n'],
    ['\nW\r', '\n 1G       1.250kg \r'],
  ])('in the form %j is found out by asking', async (question, answer) => {
    const { cable, readings } = await openAsked()
    // The scale answers its own question and no other: those of other forms end differently or begin differently.
    let answered = 0
    const scale = setInterval(() => {
      const asked = cable.answered().toString('latin1')
      const times = questionsIn(asked, question)
      if (times > answered) cable.say(answer)
      answered = times
    }, 20)
    await vi.waitFor(
      () => expect(readings.filter((one) => one.kind === 'weight').length).toBeGreaterThan(2),
      15_000,
    )
    clearInterval(scale)
    const weights = readings.filter(({ kind }) => kind === 'weight')
    // Only the second answer confirms the first.
    for (const [nth, one] of weights.entries()) expect(one).toMatchObject({ grams: 1250, stable: nth > 0 })
  })

  it.each([
    ['\u000201.250\r', '\u0002?A\r'],
    ['\n0001.25KG\r\nS00\r\u0003', '\nS10\r\u0003'],
  ])('and tells no weight while it moves is asked on, and is not silent: %j', async (still, moves) => {
    const { cable, readings } = await openAsked()
    let isMoving = true
    let answered = 0
    const scale = setInterval(() => {
      const times = questionsIn(cable.answered().toString('latin1'), 'W\r')
      if (times > answered) cable.say(isMoving ? moves : still)
      answered = times
    }, 20)
    // Longer than it takes to try every form, and than silence lasts.
    await vi.waitFor(() => expect(readings.length).toBeGreaterThan(20), 15_000)
    isMoving = false
    const soFar = readings.length
    await vi.waitFor(() => expect(readings.length).toBeGreaterThan(soFar + 1), 1000)
    clearInterval(scale)
    expect(new Set(readings.slice(0, soFar).map(({ kind }) => kind))).toEqual(new Set(['moving']))
    expect(readings.at(-1)).toMatchObject({ kind: 'weight', grams: 1250, stable: true })
  })

  it('and has answered once is asked in no other form, however long it says nothing', async () => {
    const { cable, readings } = await openAsked()
    await vi.waitFor(() => expect(questionsIn(cable.answered().toString('latin1'), 'W\r')).toBe(1), 5000)
    cable.say('\u000201.250\r')
    await vi.waitFor(() => expect(readings).toHaveLength(2), 5000)
    expect(readings[1]).toEqual({ kind: 'fault', reason: 'says nothing' })
    cable.say('\u000201.300\r')
    await vi.waitFor(() => expect(readings[2]).toMatchObject({ grams: 1300 }), 1000)
    expect(cable.answered().toString('latin1')).not.toMatch(/Q|W\r\nW/)
  })

  it('on a port but set to the USB page is refused with the reason', async () => {
    const told: unknown[] = []
    inputs.push(
      createOpenScale()(
        { way: 'serial', address: 'COM1', protocol: 'hid' },
        { reading: () => undefined, link: (state) => told.push(state) },
      ),
    )
    expect(told).toEqual([])
    await vi.waitFor(() =>
      expect(told).toEqual([{ kind: 'gone', reason: expect.stringContaining('does not speak') }]),
    )
  })
})

/** `W\r` is also the end of `\nW\r`: the one that stands behind a line feed is the other question. */
function questionsIn(asked: string, question: string): number {
  const plain = question === 'W\r' ? asked.replaceAll('\nW\r', '') : asked
  return plain.split(question).length - 1
}
