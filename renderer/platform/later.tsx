import { type ComponentType, lazy, useState } from 'react'

const waiting: (() => Promise<unknown>)[] = []

/**
 * A screen that comes in a file of its own. Once its file is here it is drawn at once: a screen that has to be waited
 * for, however briefly, is held back by React for another third of a second.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null
  const fetch = async () => {
    loaded = await load()
    return { default: loaded }
  }
  const Late = lazy(fetch)
  waiting.push(fetch)
  return function Screen(props: P) {
    // What a screen began with it keeps: another type would begin it anew.
    const [Shown] = useState<ComponentType<P>>(() => loaded ?? Late)
    return <Shown {...props} />
  }
}

/** Fetches what is not here yet, for a moment when nothing else is to be done. */
export function fetchLater(): void {
  for (const fetch of waiting.splice(0)) void fetch().catch(() => undefined) // asked for again when it is needed
}
