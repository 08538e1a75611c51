import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { benchRouting } from '#scripts/bench/sprp.ts'

const data = join(import.meta.dirname, '../../../../shared/data/sprp-hessler-irnich')
if (!existsSync(data))
  console.log('published routes: skipped, the public data folder ../shared/data is not here')

describe.skipIf(!existsSync(data))('the published instances', () => {
  it('are all walked as short as proven possible, and the rules of others as much longer as known', () => {
    const report = benchRouting(data)
    expect(report?.figures[0]).toMatchObject({ id: 'V5.optimal', value: 4800, bound: 4800, ok: true })
    const table = report?.lines.join('\n')
    // Measured before with other code: the geometry is read as it was there.
    expect(table).toMatch(/sorted by location code +440 +23\.5 % +20\.5 % +112\.1 %/)
    expect(table).toMatch(/serpentine sort +521 +15\.9 % +14\.1 % +93\.4 %/)
    expect(table).toMatch(/S-shape +163 +33\.8 % +32\.0 % +380\.5 %/)
    expect(table).toMatch(/largest gap +431 +9\.9 % +6\.5 % +422\.0 %/)
  })
})
