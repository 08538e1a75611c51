import type { DocumentPress } from '#electron/ports/document-press.ts'
import { commandSheet } from './command-sheet.ts'
import { manifests } from './manifest.ts'
import { packingSlip } from './packing-slip.ts'
import { createPress } from './press.ts'
import { pickList } from './pick-list.ts'
import type { Paper } from './sheet.ts'

/** The papers as PDF files. Loads fonts and the PDF library with the first paper asked for. */
export function createDocumentPress(): DocumentPress {
  const press = createPress()
  return {
    pickList: (list, paper, language, work) =>
      press((desk) => pickList(list, paper, language, desk), language, work),
    pickLists: (lists, paper, language, work) =>
      press((desk) => bind(lists.map((list) => pickList(list, paper, language, desk))), language, work),
    packingSlip: (slips, paper, language, work) =>
      press((desk) => packingSlip(slips, paper, language, desk), language, work),
    manifest: (documents, language, work) =>
      press((desk) => manifests(documents, language, desk), language, work),
    commandSheet: (commands, language) => press((desk) => commandSheet(commands, language, desk), language),
  }
}

/** Several papers as one file; its name is that of the first and the last. */
function bind(papers: readonly Paper[]): Paper {
  const titles = [papers[0]?.title ?? '', papers.at(-1)?.title ?? '']
  return { title: [...new Set(titles)].join(' – '), sheets: papers.flatMap(({ sheets }) => sheets) }
}
