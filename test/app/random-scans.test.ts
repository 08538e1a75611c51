import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Count, type DataFile, day, openFile, playDay, stockKits } from '#test/support/random-bench.ts'
import { faults, openStation, type Station, stockWarehouse } from '#test/support/station.ts'

const memory = '/dev/shm'
let station: Station
let file: DataFile
let badges: { boss: string; packer: string }
beforeAll(async () => {
  // Tens of thousands of commits: on a disk they would mostly wait for it. What they save is the same in memory.
  station = await openStation(existsSync(memory) ? { parent: memory } : {})
  await stockWarehouse(station, 12_000)
  await stockKits(station)
  const save = station.desk.call
  badges = {
    boss: (await save('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })).badge,
    packer: (await save('operators.save', { name: 'Ann', role: 'packer', pin: '1111' })).badge,
  }
  file = openFile(station)
})
afterAll(async () => {
  file.close()
  await station.close()
})

describe('whatever is scanned', () => {
  const count: Count = { sequences: 0, scans: 0, shipments: 0, overtaken: 0, rests: 0, settled: 0 }

  it('ships only what was ordered, once, and never past a stop', async () => {
    await fc.assert(
      fc.asyncProperty(day, (plays) => playDay(station, file, badges, plays, count)),
      { numRuns: 500, seed: Number(process.env['RANDOM_SCANS_SEED'] ?? 1) },
    )
    console.log(
      `random-scans: ${count.sequences} sequences, ${count.scans} scans, ${count.shipments} shipments, ` +
        `${count.overtaken} orders changed after a part had left ` +
        `(${count.rests} rests packed, ${count.settled} with nothing left to pack)`,
    )
    expect(count.shipments).toBeGreaterThan(100)
    expect(count.rests).toBeGreaterThan(50)
    expect(count.settled).toBeGreaterThan(20)
  }, 180_000)

  it('leaves a file without a fault', () => {
    expect(file.all('PRAGMA foreign_key_check')).toEqual([])
    expect(file.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(faults(station)).toEqual([])
  })
})
