import { createRequire } from 'node:module'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

const root = join(import.meta.dirname, '../..')
const { version: electron } = createRequire(import.meta.url)('electron/package.json') as { version: string }
const production = { 'process.env.NODE_ENV': JSON.stringify('production') }

/**
 * Packages that stay in node_modules: they carry native code, fonts or data files that they find beside themselves, or
 * are loaded late because they are large.
 * electron-builder.yml packs what is named here.
 */
export const leftOutside = [
  'electron',
  'better-sqlite3',
  '@napi-rs/canvas',
  '@hyzyla/pdfium',
  'bwip-js',
  '@expo-google-fonts/noto-sans-sc',
  'node-source-han-sans-sc',
  'highs',
  'node-hid',
  'serialport',
  'usb',
  'koffi',
]

/** Code for Node: everything but `leftOutside` goes in; what is imported dynamically stays a file of its own. */
const nodeProgram = (
  name: string,
  target: string,
  format: 'cjs' | 'es',
  room = 'hosts/desktop',
): InlineConfig => ({
  root,
  configFile: false,
  logLevel: 'warn',
  define: { ...production, PRODUCT_ELECTRON: JSON.stringify(electron) },
  ssr: { target: 'node', noExternal: true, external: leftOutside },
  build: {
    ssr: true,
    target,
    outDir: join(root, 'dist/desktop'),
    emptyOutDir: false, // build.ts empties it once, before the programs
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { [name]: join(root, `electron/${room}/${name}.ts`) },
      output: {
        format,
        entryFileNames: '[name].cjs',
        chunkFileNames: `${name}-[name]-[hash].cjs`,
        // A sandboxed preload can load no second file, and main is small.
        ...(name === 'core' ? {} : { codeSplitting: false }),
      },
    },
  },
})

/** CommonJS, so that Electron 33 runs main and preload too. */
export const main = nodeProgram('main', 'node20', 'cjs')
export const preload = nodeProgram('preload', 'chrome130', 'cjs')
export const core = nodeProgram('core', 'node24', 'cjs')
/** A thread of the core is a program of its own, beside it. */
export const threads = [
  ['order-reader-thread', 'app'],
  ['document-thread', 'app'],
  ['pdf-pages-thread', 'app'],
  ['checkpoint-thread', 'app'],
  ['plan-desk-thread', 'app'],
  ['plan-worker', 'planning'],
].map(([name = '', room]) => nodeProgram(name, 'node24', 'cjs', room))

export const renderer: InlineConfig = {
  root: join(root, 'renderer'),
  configFile: false,
  logLevel: 'warn',
  define: production,
  plugins: [react()],
  // The host puts a fresh nonce in its place in every page that it serves.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'chrome130',
    outDir: join(root, 'dist/renderer'),
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0, // the page's policy allows no data: scripts, styles or fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000, // read from disk, not over a network
  },
}
