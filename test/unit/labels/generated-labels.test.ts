import { beforeAll, describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import { printerLanguages } from '#shared/domain/devices/printer-languages.ts'
import { generatedLabels } from '#test/support/generated-labels.ts'
import { pngOfBits, readByZbar, readByZxing, type ReadCode } from '#test/support/label-reader.ts'
import { printers } from '#test/support/printers/index.ts'

const press = createLabelPress()
const labels = generatedLabels(300)
const sorted = (codes: readonly ReadCode[]) =>
  [...new Set(codes.map(({ kind, text }) => `${kind} ${text}`))].toSorted((a, b) => a.localeCompare(b))

beforeAll(() => press.warm())

describe('300 labels of every layout, language and resolution', () => {
  it('are 300, all different, and of every kind equally often', () => {
    expect(labels.length).toBeGreaterThanOrEqual(300)
    expect(new Set(labels.map(({ label }) => JSON.stringify(label))).size).toBe(labels.length)
    const rounds = new Map<string, number>()
    for (const { name } of labels) {
      const kind = name.replace(/ #.*/, '')
      rounds.set(kind, (rounds.get(kind) ?? 0) + 1)
    }
    expect(new Set(rounds.values()).size).toBe(1)
  })

  it.each(printerLanguages)(
    'come out of a printer of %s bit by bit as drawn, and two readers read every code',
    async (language) => {
      const mine = labels.filter((one) => one.language === language)
      expect(mine.length).toBeGreaterThanOrEqual(60)
      const pngs: Uint8Array[] = []
      for (const [index, { name, label, media, layout }] of mine.entries()) {
        const rendered = press.render(label, media, layout)
        expect(rendered.refused, name).toBeUndefined()
        const job = press.encode(rendered.bitmap, language, {
          copies: 1,
          dpi: media.dpi,
          darkness: index % 16,
          speed: 1 + (index % 5),
          media: (['gap', 'mark', 'continuous'] as const)[index % 3] ?? 'gap',
          compression: (['z64', 'acs', 'hex'] as const)[index % 3] ?? 'z64',
        })
        // A label from a roll is as long as what is on it.
        const heightMm = (rendered.bitmap.height * 25.4) / (media.dpi === 203 ? 203.2 : 300)
        const [page, ...more] = await printers[language](job, { ...media, heightMm })
        expect(more).toEqual([])
        expect([page?.bitmap.width, page?.bitmap.height], name).toEqual([
          rendered.bitmap.width,
          rendered.bitmap.height,
        ])
        expect(Buffer.compare(page?.bitmap.data ?? new Uint8Array(), rendered.bitmap.data), name).toBe(0)
        pngs.push(pngOfBits(page?.bitmap ?? rendered.bitmap))
      }
      const byZbar = await readByZbar(pngs)
      for (const [index, { name, codes }] of mine.entries()) {
        expect(sorted(byZbar[index] ?? []), `${name}, zbar`).toEqual(sorted(codes))
        const byZxing = await readByZxing(pngs[index] ?? new Uint8Array())
        expect(sorted(byZxing), `${name}, zxing`).toEqual(sorted(codes))
      }
    },
    180_000,
  )
})
