import { watchUsb } from '#electron/devices/print/find/usb-devices.ts'

/** Milliseconds between looks, for whatever the system does not tell by itself. */
const usualPause = 5000

/** Calls when the system tells of a plug, and when a look finds something else than the one before. */
export function lookAgain(find: () => Promise<unknown>, changed: () => void, pause = usualPause): () => void {
  let known: string | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  // One look at a time: the next pause begins when this one is over.
  const look = async () => {
    const now = JSON.stringify(await find())
    if (stopped) return
    if (known !== undefined && now !== known) changed()
    known = now
    timer = setTimeout(look, pause)
    timer.unref()
  }
  void look()
  const stopUsb = watchUsb(changed)
  return () => {
    stopped = true
    clearTimeout(timer)
    stopUsb()
  }
}
