import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { PdfPages } from '#electron/ports/pdf-pages.ts'

/** Draws by PDFium, as WebAssembly: the same dots on every system. Loaded with the first file. */
export function createPdfPages(): PdfPages {
  return {
    async open(pdf) {
      const require = createRequire(import.meta.url)
      const { PDFiumLibrary } = require('@hyzyla/pdfium') as typeof import('@hyzyla/pdfium')
      // Handed over, because left alone the library would look for its programme by an address.
      const wasm = await readFile(require.resolve('@hyzyla/pdfium/pdfium.wasm'))
      const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
      const library = await PDFiumLibrary.init({ wasmBinary })
      try {
        const document = await library.loadDocument(pdf)
        return {
          pages: document.getPageCount(),
          async draw(index, dpi) {
            const page = document.getPage(index)
            const { originalWidth, originalHeight } = page.getOriginalSize()
            if (!(originalWidth > 0)) throw new Error(`there is no page ${index + 1}`)
            // Said in dots, because from a scale the library would count whole points and draw a page too small.
            const { width, height, data } = await page.render({
              width: Math.round((originalWidth * dpi) / 72),
              height: Math.round((originalHeight * dpi) / 72),
              scale: 1,
              colorSpace: 'Gray',
              render: async (picture) => picture.data,
            })
            return { width, height, data }
          },
          close() {
            document.destroy()
            library.destroy()
          },
        }
      } catch (error) {
        library.destroy()
        throw error
      }
    },
  }
}
