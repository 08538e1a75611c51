/** Two imports in a process of its own: the first warms it, of the second it prints the resident memory, in bytes. */
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createApp } from '#electron/app/create-app.ts'

const [folder = '', warmUp = '', file = ''] = process.argv.slice(2)

const app = await createApp({ dataDir: folder })
const session = app.connect('cli')
await importFile(warmUp)
const before = resident('VmRSS')
resetHighWater()
await importFile(file)
const peak = resident('VmHWM')
await app.close()
console.log(JSON.stringify({ before, peak }))

async function importFile(path: string): Promise<void> {
  const source = { job: randomUUID(), kind: 'orders', files: [{ path }], shop: '二号店' }
  const result = await session.dispatch('imports.run', source)
  if (!result.ok) throw new Error(result.error.message)
}

/** Linux only: the figure is left out elsewhere. */
function resident(what: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))
  return Number(line?.[1] ?? Number.NaN) * 1024
}

function resetHighWater(): void {
  writeFileSync('/proc/self/clear_refs', '5')
}
