import type { DocumentPress } from '#electron/ports/document-press.ts'
import { createPress } from './press.ts'
import { pickList } from './pick-list.ts'

/** The papers as PDF files. Loads fonts and the PDF library with the first paper asked for. */
export function createDocumentPress(): DocumentPress {
  const press = createPress()
  return {
    pickList: (list, paper, language) => press((desk) => pickList(list, paper, language, desk), language),
    packingSlip: () => Promise.reject(new Error('The packing slip is not drawn yet')),
    manifest: () => Promise.reject(new Error('The manifest is not drawn yet')),
    commandSheet: () => Promise.reject(new Error('The command sheet is not drawn yet')),
  }
}
