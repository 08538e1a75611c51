import { commandCode } from '#shared/domain/packing/codes.ts'
import { focusables, focusOn, heardBy, nothing, settled } from './scan-watch.ts'
import type { createCount } from './wedge-count.ts'
import type { WedgeDesk } from './wedge-desk.ts'
import { asides, type Stop } from './wedge-stops.ts'

type Scene = NonNullable<Stop['scene']>

export interface Walk {
  readonly count: ReturnType<typeof createCount>
  readonly codes: Iterator<string, never>
  /** Milliseconds a character; each element meets them in turn. */
  readonly paces: readonly number[]
}

export interface WalkedStop {
  /** How many could be focused there at any time, no focus at all counted as one. */
  readonly present: number
  /** On how many of them scans were made. */
  readonly met: number
  /** Those on which there were fewer scans than asked for. */
  readonly unmet: readonly string[]
}

/** Longer than this no scanner rests inside a code; the machine that plays one here sometimes does. */
export const brokenPaceMs = 60

/** A scanner that goes from element to element, knows each again after it was drawn anew, and scans on all of them. */
export function createWalk(at: WedgeDesk, { count, codes, paces }: Walk) {
  const { page, keyboard } = at
  const forTheBench: string[] = []
  let repeated = 0
  let firsts = 0

  const scanPlain = async (code: string) => {
    await focusOn(page, nothing)
    keyboard.type(`${code}\r`, 4)
    forTheBench.push(...(await heardBy(page, 1)).codes)
    await page.waitForTimeout(60)
  }

  /** What leads from one scene of the bench towards another. */
  const towards = async (scene: Scene, now: string | null, tries: number): Promise<string> => {
    const aside = asides[scene]
    if (now === 'error') return commandCode('OK')
    if (now === aside?.from) return aside?.code ?? ''
    if (scene === 'choice' && (now === 'idle' || now === 'wave'))
      return at.choices[tries % at.choices.length] ?? ''
    if (now === 'idle') return at.waveCode
    // An order that cannot be packed, because it is held or short, is left for the next one.
    const stuck = tries % 20 === 19
    if (now === 'order' && (stuck || scene === 'wave' || scene === 'idle')) return commandCode('NEXT')
    const offers = page.locator('aside button[data-code]:not([data-done=true])')
    const codesOffered = await offers.evaluateAll((all) => all.map((one) => one.dataset.code ?? ''))
    // A wave of single items has no orders to open.
    if (now === 'wave' && !codesOffered.some((code) => code.startsWith('PB-S-'))) return at.waveCode
    const turn = now === 'choice' ? Math.floor(tries / 3) : now === 'wave' ? Math.floor(tries / 20) : 0
    return codesOffered[turn % codesOffered.length] ?? commandCode('CANCEL')
  }
  /** What another scene left there for a moment is not this one's. */
  const drawn = async () => {
    let before = ''
    for (let tries = 0; tries < 20; tries += 1) {
      const now = (await focusables(page)).join()
      if (now === before) return
      before = now
      await page.waitForTimeout(80)
    }
  }
  const sceneNow = () => page.locator('main[data-scene]').getAttribute('data-scene')
  const reach = async (scene: Scene) => {
    for (let tries = 0; tries < 100; tries += 1) {
      const now = await sceneNow()
      if (now === scene) return drawn()
      await scanPlain(await towards(scene, now, tries))
    }
    const shown = await page.locator('main[data-scene]').innerText()
    throw new Error(`The bench does not come to ${scene}: ${forTheBench.slice(-12).join(' ')}: ${shown}`)
  }

  const arrive = async (stop: Stop) => {
    await page.keyboard.press('Escape')
    const isHere = page.url().endsWith(stop.hash)
    if (isHere && stop.scene === undefined) await at.go('#/today')
    if (!isHere || stop.scene === undefined) await at.go(stop.hash)
    await stop.open?.(page)
    if (stop.scene === 'weight') await at.weigh()
    if (stop.scene !== undefined) await reach(stop.scene)
    // What is folded away can be focused as soon as somebody unfolds it.
    const unfolded = await page.evaluate(() => {
      const folded = [...document.querySelectorAll('details:not([open])')]
      for (const one of folded) one.toggleAttribute('open', true)
      return folded.length > 0
    })
    if (unfolded || stop.open !== undefined) await settled(page)
  }

  /** Scans once; whether that was a scan at all. */
  const scanAt = async (stop: Stop, name: string, ms: number): Promise<'scanned' | 'refused' | 'stalled'> => {
    const before = await focusOn(page, name)
    if (before === null) return 'refused'
    const code = codes.next().value
    const pace = keyboard.type(code, ms)
    keyboard.press('Return')
    const heard = await heardBy(page, 1)
    const onBench = stop.hash.startsWith('#/bench')
    if (pace.gaps.some((gap) => gap > brokenPaceMs)) {
      // No scanner types so; what the page made of it says nothing.
      repeated += 1
      if (onBench) forTheBench.push(...heard.codes)
      await arrive(stop)
      return 'stalled'
    }
    if (onBench) forTheBench.push(code)
    const where = `${stop.hash} ${stop.draws ?? stop.scene ?? ''} [${name}]`
    if (!count.add({ where, code, ms, pace, before, heard })) await arrive(stop)
    return 'scanned'
  }

  return {
    forTheBench,
    repeated: () => repeated,
    /** Scans there until each element was met so often, and then on until there were so many scans. */
    async at(stop: Stop, rounds: number, scans: number): Promise<WalkedStop> {
      const met = new Map<string, number>()
      const visits = (name: string) => met.get(name) ?? 0
      const starts = new Map<string, number>()
      const refusals = new Map<string, number>()
      let returns = 0
      await arrive(stop)
      for (let done = 0; ;) {
        if (stop.scene !== undefined) await reach(stop.scene)
        const there = [...(stop.menu === true ? [] : [nothing]), ...(await focusables(page))]
        // The answer to the scan before may have come only now.
        if (stop.scene !== undefined && (await sceneNow()) !== stop.scene) continue
        for (const one of there) met.set(one, visits(one))
        const [least] = spread(there)
          .filter((one) => (refusals.get(one) ?? 0) < patience)
          .toSorted((a, b) => visits(a) - visits(b))
        if (least === undefined) break
        if (visits(least) >= rounds) {
          const gone = [...met].some(([name, times]) => times < rounds && !there.includes(name))
          // What was there and was not met may come back with the screen.
          if (gone && returns < patience) {
            returns += 1
            await arrive(stop)
            continue
          }
          if (done >= scans) break
        }
        const start = starts.get(least) ?? firsts++
        starts.set(least, start)
        const outcome = await scanAt(stop, least, paces[(start + visits(least)) % paces.length] ?? 1)
        if (outcome === 'refused') refusals.set(least, (refusals.get(least) ?? 0) + 1)
        if (outcome !== 'scanned') continue
        met.set(least, visits(least) + 1)
        done += 1
      }
      return {
        present: met.size,
        met: [...met.values()].filter((times) => times > 0).length,
        unmet: [...met].filter(([, times]) => times < rounds).map(([name]) => name),
      }
    },
  }
}

/** How often something is looked for before it counts as gone. */
const patience = 3

/** The same things in an order of which each beginning is spread over all of them. */
function spread(names: readonly string[]): string[] {
  const golden = (Math.sqrt(5) - 1) / 2
  return names
    .map((name, index) => ({ name, at: (index * golden) % 1 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name)
}
