/**
 * Calls `silent` when nothing was heard for `milliseconds`. A timer of a process that was busy comes late, and what
 * arrived meanwhile has not been read yet: then it waits once more, so that being busy is not taken for silence. One
 * that is hardly late lets what has arrived be read first.
 */
export function afterSilence(milliseconds: number, silent: () => void) {
  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Immediate | undefined
  const stop = () => {
    clearTimeout(timer)
    clearImmediate(soon)
  }
  const wait = (due: number) => {
    timer = setTimeout(
      () => {
        const late = performance.now() - due
        if (late > milliseconds / 4) wait(performance.now() + milliseconds)
        else soon = setImmediate(silent)
      },
      Math.max(0, due - performance.now()),
    )
  }
  return {
    heard() {
      stop()
      wait(performance.now() + milliseconds)
    },
    stop,
  }
}
