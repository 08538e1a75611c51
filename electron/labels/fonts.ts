import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import { canvas } from './canvas.ts'
import { readFontFile, type FontFile } from './font-file.ts'

export type Weight = 'regular' | 'bold'

/** One font file, known to the canvas under a name that no system font has. */
export interface Font extends FontFile {
  readonly family: string
}

/** For each weight the fonts to try in order. */
export type Fonts = Readonly<Record<Weight, readonly Font[]>>

interface Source {
  readonly family: string
  readonly file: string
  readonly module: string
}

const sources = {
  regular: {
    family: 'Packbench Label Regular',
    file: 'NotoSansSC_400Regular.ttf',
    module: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  },
  bold: {
    family: 'Packbench Label Bold',
    file: 'NotoSansSC_700Bold.ttf',
    module: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  },
  rare: {
    family: 'Packbench Label Rare',
    file: 'SourceHanSansSC-Regular.otf',
    module: 'node-source-han-sans-sc/SourceHanSansSC-Regular.otf',
  },
} as const satisfies Record<string, Source>

/**
 * Loads the label fonts from the first of `folders` that has them, else from their npm packages. Throws with the
 * file's name when one is missing: a label in another font would be another label.
 */
export function loadFonts(folders: readonly string[]): Fonts {
  const [regular, bold, rare] = [sources.regular, sources.bold, sources.rare].map((source) =>
    loadFont(source, folders),
  )
  if (regular === undefined || bold === undefined || rare === undefined) throw new Error('unreachable')
  return { regular: [regular, rare], bold: [bold, regular, rare] }
}

function loadFont(source: Source, folders: readonly string[]): Font {
  const path = folders.map((folder) => join(folder, source.file)).find((file) => existsSync(file))
  const found = path ?? packaged(source)
  const { GlobalFonts } = canvas()
  if (!GlobalFonts.has(source.family) && GlobalFonts.registerFromPath(found, source.family) === null) {
    throw new Error(`the canvas cannot read the font ${found}`)
  }
  return { ...readFontFile(found), family: source.family }
}

function packaged(source: Source): string {
  const require = createRequire(import.meta.url)
  const found = require.resolve(source.module)
  // The canvas reads files natively and cannot look into Electron's archive.
  return found.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
}
