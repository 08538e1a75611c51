/** `npm run build`: main, preload, core and page into dist/. Does nothing when no input has changed. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build as viteBuild, type InlineConfig } from 'vite'
import * as configs from './config/vite.ts'

const root = join(import.meta.dirname, '..')
const stamps = join(root, '.cache/build')

interface Part {
  readonly name: 'desktop' | 'renderer'
  readonly sources: readonly string[]
  readonly programs: readonly InlineConfig[]
}

const parts: readonly Part[] = [
  {
    name: 'desktop',
    sources: ['electron/**/*', 'shared/**/*', 'resources/labels/*'],
    programs: [configs.main, configs.preload, configs.core, ...configs.threads],
  },
  { name: 'renderer', sources: ['renderer/**/*', 'shared/**/*'], programs: [configs.renderer] },
]

export async function build(): Promise<void> {
  mkdirSync(stamps, { recursive: true })
  for (const { name, sources, programs } of parts) {
    const output = join(root, 'dist', name)
    const stamp = join(stamps, name)
    const now = digest([
      'package-lock.json',
      'package.json',
      'scripts/build.ts',
      'scripts/config/vite.ts',
      ...sources,
    ])
    if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue
    console.error(`packbench: building ${name}`)
    rmSync(stamp, { force: true }) // a build that is cut off counts as none
    rmSync(output, { recursive: true, force: true })
    await inProduction(async () => {
      for (const program of programs) await viteBuild(program)
    })
    writeFileSync(stamp, now)
  }
}

/** Vite's plugins ask NODE_ENV what to build for, and a test runner that builds before its tests has its own. */
async function inProduction(work: () => Promise<void>): Promise<void> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

function digest(patterns: readonly string[]): string {
  const hash = createHash('sha256')
  const files = globSync(patterns, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

if (import.meta.main) await build()
