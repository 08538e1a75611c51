/** What the programme in Wine is asked to do with the real adapter; its answers come in the same order. */
export type Errand =
  | { readonly ask: 'find' }
  | { readonly ask: 'status'; readonly queue: string }
  /** What the driver of a queue has: its papers, and what it makes of one of this size. */
  | { readonly ask: 'sheet'; readonly queue: string; readonly widthMm: number; readonly heightMm: number }
  | {
      readonly ask: 'send'
      /** The job is for the queue's driver. */
      readonly driver?: true
      readonly queue: string
      /** A file of this machine with the job. */
      readonly file: string
      readonly name: string
      /** While the adapter works, memory is collected and used again as fast as that goes. */
      readonly scarce?: true
    }

/** A path of this machine as Wine knows it. */
export const inWine = (path: string) => `Z:${path}`
