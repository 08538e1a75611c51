/** Draws the pages of PDF files as pictures, for systems whose printers take no PDF. */
export interface PdfPages {
  /** Rejects where the file is no PDF. Close it in any case: it holds memory. */
  open(pdf: Uint8Array): Promise<OpenPdf>
}

export interface OpenPdf {
  readonly pages: number
  /** Rejects where the page cannot be drawn. */
  draw(index: number, dpi: number): Promise<GreyPage>
  close(): void
}

/** Rows from the top, one byte a dot: 0 is black, 255 is paper. */
export interface GreyPage {
  /** Dots. */
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}
