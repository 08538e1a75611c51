import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentsAside } from '#electron/app/documents-aside.ts'
import { createDocumentPress } from '#electron/documents/index.ts'
import type { DocumentPress, PaperWork } from '#electron/ports/document-press.ts'
import { slip, wave } from './papers.ts'

type Press = DocumentPress & { close(): void }
const many = Array.from({ length: 400 }, (_, index) => slip(4, { order: `O-${index}` }))
const isPdf = (file: Uint8Array) => Buffer.from(file.subarray(0, 5)).toString('latin1') === '%PDF-'

function watched(signal = new AbortController().signal) {
  const told: (readonly [number, number])[] = []
  const work: PaperWork = { signal, progress: (done, total) => told.push([done, total]) }
  return { told, work }
}

describe.each<[string, () => Press]>([
  ['on a thread of its own', documentsAside],
  ['here', () => ({ ...createDocumentPress(), close: () => undefined })],
])('a paper of many pages, made %s', (_, open) => {
  let press: Press
  beforeEach(() => {
    press = open()
  })
  afterEach(() => press.close())

  it('tells its pages from none to the last', async () => {
    const { told, work } = watched()
    expect(isPdf(await press.packingSlip(many, 'A5', 'en', work))).toBe(true)
    expect(told[0]).toEqual([0, 0])
    const pages = told.slice(1)
    expect(pages.length).toBeGreaterThan(10)
    expect(pages.map(([done]) => done)).toEqual(pages.map(([done]) => done).toSorted((a, b) => a - b))
    expect(pages.at(-1)).toEqual([many.length, many.length])
  })

  it('is not begun when it was given up before', async () => {
    const { told, work } = watched(AbortSignal.abort())
    await expect(press.packingSlip(many, 'A5', 'en', work)).rejects.toMatchObject({ name: 'AbortError' })
    expect(told).toEqual([])
  })
})

it('a paper that a thread is making is given up at once, and the papers behind it are made', async () => {
  const press = documentsAside()
  const given = new AbortController()
  const long = press.packingSlip(many, 'A5', 'en', {
    signal: given.signal,
    progress: () => given.abort(),
  })
  const next = press.pickList(wave(10), 'A4', 'en')
  await expect(long).rejects.toMatchObject({ name: 'AbortError' })
  expect(isPdf(await next)).toBe(true)
  expect(isPdf(await press.pickList(wave(10), 'A4', 'en'))).toBe(true)
  press.close()
})
