import { describe, expect, it } from 'vitest'
import { ensureSystemPackages, type Machine } from '#scripts/system-packages.ts'

const electron = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'fonts-noto-cjk']

function machine(facts: { has?: string[]; offers?: string[]; isRoot?: boolean; isDebian?: boolean }) {
  const installs: string[][] = []
  const lines: string[] = []
  const which = (list: readonly string[] | undefined) => (names: readonly string[]) =>
    new Set(names.filter((name) => list?.includes(name)))
  const made: Machine = {
    isDebian: facts.isDebian ?? true,
    isRoot: facts.isRoot ?? true,
    installed: which(facts.has),
    available: which(
      facts.offers ?? [...electron, 'xvfb', 'xauth', 'zbar-tools', 'poppler-utils', 'xz-utils', 'cups'],
    ),
    install: (names) => void installs.push([...names]),
    say: (line) => void lines.push(line),
  }
  return { made, installs, lines }
}

describe('ensureSystemPackages', () => {
  it('says and does nothing when all is there', () => {
    const { made, installs, lines } = machine({ has: electron })
    ensureSystemPackages(['electron'], made)
    expect({ installs, lines }).toEqual({ installs: [], lines: [] })
  })

  it('installs only what is missing, as root, with one line', () => {
    const { made, installs, lines } = machine({ has: electron.slice(1) })
    ensureSystemPackages(['electron', 'test'], made)
    expect(installs).toEqual([
      [
        'libgtk-3-0',
        'xvfb',
        'xauth',
        'zbar-tools',
        'poppler-utils',
        'xz-utils',
        'cups',
        'ghostscript',
        'cups-filters-core-drivers',
        'socat',
      ],
    ])
    expect(lines).toHaveLength(1)
  })

  it('knows the names of newer Debians', () => {
    const newer = electron.map((name) => (/gtk|asound/.test(name) ? `${name}t64` : name))
    const { made, installs } = machine({ has: newer.slice(1), offers: newer })
    ensureSystemPackages(['electron'], made)
    expect(installs).toEqual([['libgtk-3-0t64']])
  })

  it('prints the one command where it may not install', () => {
    const { made, installs } = machine({ has: electron.slice(2), isRoot: false })
    expect(() => ensureSystemPackages(['electron'], made)).toThrow('sudo apt-get install libgtk-3-0 libnss3')
    expect(installs).toEqual([])
  })

  it('leaves other systems alone', () => {
    const { made, installs } = machine({ isDebian: false })
    ensureSystemPackages(['electron', 'test'], made)
    expect(installs).toEqual([])
  })
})
