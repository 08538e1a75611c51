import { afterEach, describe, expect, it, vi } from 'vitest'
import { createOpenScale } from '#electron/devices/open-scale.ts'
import { createOpenScanner } from '#electron/devices/open-scanner.ts'
import { createSimulatedScales } from '#electron/devices/simulated/simulated-scale.ts'
import { createSimulatedScanners } from '#electron/devices/simulated/simulated-scanner.ts'
import type { LinkState, OpenInput } from '#electron/ports/scanner.ts'
import { createCable } from '#test/devices/pty-pair.ts'

/** A device in the hands of a test: `say` makes it give 1250, as a code or as grams. */
interface Held {
  open(heard: { said(what: string): void; link(state: LinkState): void }): OpenInput
  say(): void
  plug(): Promise<void> | void
  unplug(): Promise<void> | void
  drop(): Promise<void> | void
}

const devices: Readonly<Record<string, () => Promise<Held>>> = {
  async 'simulated scanner'() {
    const scanners = createSimulatedScanners()
    return {
      open: ({ said, link }) =>
        scanners.open({ way: 'serial', address: 'A' }, { scan: ({ text }) => said(text), link }),
      say: () => scanners.scan('A', { text: '1250' }),
      plug: () => scanners.plug('A'),
      unplug: () => scanners.unplug('A'),
      drop: () => undefined,
    }
  },
  async 'serial scanner'() {
    const cable = await createCable()
    return {
      ...cable,
      open: ({ said, link }) =>
        createOpenScanner()({ way: 'serial', address: cable.port }, { scan: ({ text }) => said(text), link }),
      say: () => cable.say('1250\r\n'),
    }
  },
  async 'simulated scale'() {
    const scales = createSimulatedScales()
    return {
      open: ({ said, link }) =>
        scales.open(
          { way: 'serial', address: 'A', protocol: 'toledo' },
          {
            reading: (reading) => said(reading.kind === 'weight' ? String(reading.grams) : reading.kind),
            link,
          },
        ),
      say: () => scales.weigh('A', { kind: 'weight', grams: 1250, stable: true, tareGrams: 0 }),
      plug: () => scales.plug('A'),
      unplug: () => scales.unplug('A'),
      drop: () => undefined,
    }
  },
  async 'serial scale'() {
    const cable = await createCable()
    return {
      ...cable,
      open: ({ said, link }) =>
        createOpenScale()(
          { way: 'serial', address: cable.port, protocol: 'cas' },
          {
            reading: (reading) => said(reading.kind === 'weight' ? String(reading.grams) : reading.kind),
            link,
          },
        ),
      say: () => cable.say('ST,GS,+  1.250kg\r\n'),
    }
  },
}

describe.each(Object.entries(devices))('%s', (_, create) => {
  const cleanings: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const clean of cleanings.splice(0).toReversed()) await clean()
  })

  async function start(before: (held: Held) => Promise<void> | void = () => undefined) {
    const held = await create()
    cleanings.push(() => held.drop())
    await before(held)
    const said: string[] = []
    const links: LinkState['kind'][] = []
    let opening = true
    const input = held.open({
      said: (what) => void said.push(what),
      link(state) {
        if (opening) throw new Error('told before open had returned')
        links.push(state.kind)
      },
    })
    opening = false
    cleanings.push(() => input.close())
    return { held, said, links, input }
  }

  it('tells how it stands, what it hears, when it is gone and when it is back', async () => {
    const { held, said, links } = await start()
    await vi.waitFor(() => expect(links).toEqual(['open']), 3000)
    held.say()
    await vi.waitFor(() => expect(said).toEqual(['1250']))
    await held.unplug()
    await vi.waitFor(() => expect(links.at(-1)).toBe('gone'), 3000)
    await held.plug()
    await vi.waitFor(() => expect(links.at(-1)).toBe('open'), 3000)
    held.say()
    await vi.waitFor(() => expect(said).toEqual(['1250', '1250']))
  })

  it('is waited for when it is not there at the beginning', async () => {
    const { held, said, links } = await start((device) => device.unplug())
    await vi.waitFor(() => expect(links).toEqual(['gone']), 3000)
    await held.plug()
    await vi.waitFor(() => expect(links.at(-1)).toBe('open'), 3000)
    held.say()
    await vi.waitFor(() => expect(said).toEqual(['1250']))
  })

  it('says nothing after it was closed', async () => {
    const { held, said, links, input } = await start()
    await vi.waitFor(() => expect(links).toEqual(['open']), 3000)
    await input.close()
    held.say()
    await held.unplug()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect([said, links]).toEqual([[], ['open']])
  })
})
