import { describe, expect, it } from 'vitest'
import { touches } from '#renderer/platform/core.tsx'
import { addressOf, type Place, placeOf } from '#renderer/platform/router.ts'
import { gestureId } from '#renderer/platform/uuid.ts'
import { tintOf } from '#renderer/ui/tint.ts'

describe('places', () => {
  const places: readonly Place[] = [
    { at: 'today' },
    { at: 'bench', mode: 'pack' },
    { at: 'bench', mode: 'handover' },
    { at: 'waves' },
    { at: 'plan' },
    { at: 'wave', id: '142' },
    { at: 'orders', only: 'late', find: '35 1/5' },
    { at: 'orders', only: null, find: '' },
    { at: 'order', id: '019000aa-0000-7000-8000-000000000001' },
    { at: 'imports' },
    { at: 'shipments' },
    { at: 'settings', tab: 'printers' },
  ]
  it.each(places.map((place) => [addressOf(place), place] as const))('%s leads back', (address, place) => {
    expect(placeOf(address)).toEqual(place)
  })
  it('a strange address is today', () => expect(placeOf('#/%E0%A4%A/x')).toEqual({ at: 'today' }))
})

describe('small things', () => {
  it('gestures are UUIDv7, all different, in the order of time', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => gestureId(1_700_000_000_000 + index))
    expect(new Set(ids).size).toBe(1000)
    expect([...ids].sort()).toEqual(ids)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
  it('a SKU keeps its tint', () => {
    expect(tintOf('KD-014')).toEqual(tintOf('KD-014'))
    expect(new Set(Array.from({ length: 200 }, (_, at) => tintOf(`KD-${at}`).ground)).size).toBeGreaterThan(
      40,
    )
  })
  it('a change reaches the answers that are made of it', () => {
    expect(touches('orders.today', ['packing'])).toBe(true)
    expect(touches('devices.printers', ['orders'])).toBe(false)
  })
})
