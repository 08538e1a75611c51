import { beforeAll, describe, expect, it } from 'vitest'
import { createLabelPress } from '#electron/labels/index.ts'
import { mediaOf, printOptions } from '#electron/features/devices/print-options.ts'
import { spokenLanguages } from '#shared/domain/devices/printer-languages.ts'
import { generatedLabels, type GeneratedLabel } from '#test/support/generated-labels.ts'
import { pngOfBits, readByZbar, readByZxing, type ReadCode } from '#test/support/label-reader.ts'
import { printers } from '#test/support/printers/index.ts'

const press = createLabelPress()
const labels = generatedLabels(300)

/** Which of the wanted codes were read, and what else: a code that is there twice counts once. */
function read(found: readonly ReadCode[], { codes }: GeneratedLabel) {
  const isOf = (one: ReadCode, { text, kinds }: (typeof codes)[number]) =>
    one.text === text && kinds.includes(one.kind)
  return {
    missed: codes.filter((code) => !found.some((one) => isOf(one, code))),
    more: found.filter((one) => !codes.some((code) => isOf(one, code))),
  }
}
const all = { missed: [], more: [] }

beforeAll(() => press.warm())

describe('300 labels of every layout, language and resolution', () => {
  it('are 300, all different, and of every kind equally often', () => {
    expect(labels.length).toBeGreaterThanOrEqual(300)
    expect(new Set(labels.map(({ data }) => JSON.stringify(data))).size).toBe(labels.length)
    expect(labels.every(({ codes }) => codes.length > 0)).toBe(true)
    const rounds = new Map<string, number>()
    for (const { name } of labels) {
      const kind = name.replace(/ #.*/, '')
      rounds.set(kind, (rounds.get(kind) ?? 0) + 1)
    }
    expect(new Set(rounds.values()).size).toBe(1)
  })

  it.each(spokenLanguages)(
    'come out of a printer of %s bit by bit as drawn, and two readers read every code',
    async (language) => {
      const mine = labels.filter((one) => one.language === language)
      expect(mine.length).toBeGreaterThanOrEqual(60)
      const pngs: Uint8Array[] = []
      for (const [index, { name, data, media, layout }] of mine.entries()) {
        const row = {
          language,
          width_mm: media.widthMm,
          height_mm: media.heightMm,
          dpi: media.dpi,
          darkness: index % 16,
          speed: 1 + (index % 5),
          media: (['gap', 'mark', 'continuous'] as const)[index % 3] ?? 'gap',
          compression: (['z64', 'acs', 'hex'] as const)[index % 3] ?? 'z64',
          gap_mm: 3,
          offset_x_mm: 0,
          offset_y_mm: 0,
          rotation: 0,
        } as const
        const rendered = press.render(data, mediaOf(row), layout)
        expect(rendered.refused, name).toBeUndefined()
        const job = press.encode(rendered.bitmap, language, printOptions(row))
        // Endless paper ends below the last ink: that much is in the printer.
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
      for (const [index, label] of mine.entries()) {
        expect(read(byZbar[index] ?? [], label), `${label.name}, zbar`).toEqual(all)
        const byZxing = await readByZxing(pngs[index] ?? new Uint8Array())
        expect(read(byZxing, label), `${label.name}, zxing`).toEqual(all)
      }
    },
    180_000,
  )
})
