/** What is told of one thing, in order, for one who waits for it. */
export interface Mailbox<T> {
  put(news: T): void
  /** The next news, also one that came before it was asked for; undefined when none came in time. */
  next(milliseconds: number): Promise<T | undefined>
}

export function createMailbox<T>(): Mailbox<T> {
  const kept: T[] = []
  let wake: (() => void) | undefined
  return {
    put(news) {
      kept.push(news)
      wake?.()
    },
    async next(milliseconds) {
      if (kept.length === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, milliseconds))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = undefined
      }
      return kept.shift()
    },
  }
}
