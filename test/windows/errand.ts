/** What the programme in Wine is asked to do with the real adapter; its answers come in the same order. */
export type Errand =
  | { readonly ask: 'find' }
  | { readonly ask: 'status'; readonly queue: string }
  | {
      readonly ask: 'paper'
      readonly queue: string
      /** A PDF of this machine. */
      readonly file: string
      readonly widthMm: number
      readonly heightMm: number
      /** Cancelled when so many pages are done. */
      readonly cancelAt?: number
    }
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
