import { watchUsb } from '#electron/devices/print/find/usb-devices.ts'

export interface LookAgainOptions {
  /** Milliseconds between looks, for whatever the system does not tell by itself. */
  readonly pause?: number
  /** Calls when the system tells of a plug; returns how to stop. */
  readonly watch?: (told: () => void) => () => void
}

/** Calls when the system tells of a plug, and when a look finds something else than the one before. */
export function lookAgain(
  find: () => Promise<unknown>,
  changed: () => void,
  { pause = 5000, watch = watchUsb }: LookAgainOptions = {},
): () => void {
  let known: string | undefined
  // The system may tell of a plug and not of the pull behind it: whoever listed in between holds what no look has seen,
  // so that the next whole look is news whatever it finds.
  let wasTold = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  // One look at a time: the next pause begins when this one is over.
  const look = async () => {
    const isNews = wasTold
    wasTold = false
    const now = JSON.stringify(await find())
    if (stopped) return
    if (known !== undefined && (isNews || now !== known)) changed()
    known = now
    timer = setTimeout(look, pause)
    timer.unref()
  }
  void look()
  const stopWatch = watch(() => {
    wasTold = true
    changed()
  })
  return () => {
    stopped = true
    clearTimeout(timer)
    stopWatch()
  }
}
