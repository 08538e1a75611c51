import type { DocumentPrinter } from '#electron/ports/document-printer.ts'
import { giveToCups } from './cups-printer.ts'
import { paperOptions } from './media.ts'

/**
 * PDF through CUPS. Windows' spooler takes no PDF: somebody has to draw it, which this process cannot, and so it says
 * that nothing was sent. A document is sent when its queue has it: a driver draws for as long as it likes.
 */
export function createDocumentPrinter(platform: NodeJS.Platform = process.platform): DocumentPrinter {
  return {
    async print(pdf, { queue, name, widthMm, heightMm, copies = 1 }) {
      if (platform === 'win32') {
        return { kind: 'notSent', reason: `${queue}: Windows takes no PDF; print it from the window` }
      }
      const options = paperOptions(widthMm, heightMm)
      const given = await giveToCups({ queue, name, bytes: pdf, options: [...options, `copies=${copies}`] })
      return given.kind === 'given' ? { kind: 'sent' } : given
    },
  }
}
