import { describe, expect, it } from 'vitest'
import { en } from '#renderer/app/i18n/en.ts'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'
import { verdictLooks } from '#renderer/features/packing/verdict-look.ts'
import { lengthOf, type SoundName, sounds } from '#renderer/platform/sound.ts'
import { verdict } from '#shared/contract/packing.ts'

const all = verdict.options

describe('every answer has four channels', () => {
  it.each(all)('%s: colour, icon, words in both languages, sound', (one) => {
    const look = verdictLooks[one]
    expect(look.tone).not.toBe('')
    expect(look.Icon).toBeDefined()
    expect(zhCN.bench.verdict[one]).not.toBe('')
    expect(en.bench.verdict[one]).not.toBe('')
    expect(sounds[look.sound].length).toBeGreaterThan(0)
  })

  it('no two share icon, words or sound', () => {
    const distinct = (values: readonly unknown[]) => expect(new Set(values).size).toBe(all.length)
    distinct(all.map((one) => verdictLooks[one].Icon))
    distinct(all.map((one) => verdictLooks[one].sound))
    distinct(all.map((one) => zhCN.bench.verdict[one]))
    distinct(all.map((one) => en.bench.verdict[one]))
  })

  it('sounds differ in shape, not only in pitch', () => {
    const shape = (name: SoundName) =>
      sounds[name]
        .map(({ at, ms, wave, from, to }) => {
          const glide = to === undefined ? 'flat' : to > from ? 'up' : 'down'
          return `${Math.round(at / 40)}:${Math.round(ms / 40)}:${wave}:${glide}`
        })
        .join(' ')
    const names = Object.keys(sounds) as SoundName[]
    expect(new Set(names.map(shape)).size).toBe(names.length)
  })

  it('good news is short', () => {
    for (const name of ['right', 'opened', 'complete', 'command', 'choose', 'handedOver', 'label'] as const) {
      expect(lengthOf(name)).toBeLessThanOrEqual(250)
    }
  })
})
