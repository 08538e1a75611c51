import type { Page } from 'playwright-core'
import { contract, isCallName } from '#shared/contract/index.ts'

/** What a page shows that no scan may touch. */
export interface Sight {
  readonly place: string
  /** Every text field and tick box with what is in it. */
  readonly fields: readonly string[]
  /** What is open, ticked or chosen. */
  readonly marks: readonly string[]
  readonly dialogs: number
}

export interface Call {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

interface InPage {
  readonly calls: Call[]
  readonly codes: string[]
  list: HTMLElement[]
  /** What can be focused now, into `list`; names each so that it is known again after it was drawn anew. */
  find(): string[]
  sight(): Sight
}
type Watched = typeof globalThis & { watch: InPage }

/** Puts an observer into the page, below the product: what leaves for the core, what can be focused, what is shown. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const calls: Call[] = []
    const codes: string[] = []
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (this: MessagePort, ...sent: [unknown]) {
      const [message] = sent
      if (typeof message === 'object' && message !== null && 'name' in message && 'input' in message) {
        const call = message as Call
        calls.push(call)
        // The three ways in which a screen asks the core about a scan.
        const { code, find, badge, limit } = call.input
        if (call.name === 'packing.scan') codes.push(String(code))
        if (call.name === 'operators.byBadge') codes.push(String(badge))
        if (call.name === 'orders.list' && limit === 2) codes.push(String(find))
      }
      post.apply(this, sent)
    } as typeof post

    const seen = (element: Element) =>
      element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true })
    const room = () =>
      [...document.querySelectorAll('[role=dialog], [role=menu]')].filter(seen).at(-1) ?? document.body
    // Numbers in names count down and up, and rows of a list move under one's eyes, while the element stays what it is.
    const textOf = (element: HTMLElement) =>
      element.matches('[role=row]') ? '' : (element.getAttribute('aria-label') ?? element.textContent)
    const describe = (element: HTMLElement) =>
      [
        element.tagName.toLowerCase(),
        element.getAttribute('role') ?? element.getAttribute('type') ?? '',
        textOf(element).trim().replaceAll(/\d+/g, '#').slice(0, 30),
        element.closest('nav, aside, main, [role=dialog], [role=menu]')?.tagName.toLowerCase() ?? 'body',
      ].join(' ')
    const numbered = (names: readonly string[]) => {
      const before = new Map<string, number>()
      return names.map((name) => {
        const nth = (before.get(name) ?? 0) + 1
        before.set(name, nth)
        return nth === 1 ? name : `${name} (${nth})`
      })
    }
    const watch: InPage = {
      calls,
      codes,
      list: [],
      find() {
        const can = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]'
        watch.list = [...room().querySelectorAll<HTMLElement>(can)].filter(
          (element) =>
            seen(element) && !element.matches(':disabled') && element.getAttribute('type') !== 'hidden',
        )
        return numbered(watch.list.map(describe))
      },
      sight: () => ({
        place: location.href,
        fields: [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(
          (field) => `${field.value}|${field.checked}`,
        ),
        marks: [...document.querySelectorAll('[aria-expanded], [aria-pressed], [aria-checked], details')].map(
          (element) =>
            ['aria-expanded', 'aria-pressed', 'aria-checked', 'open']
              .map((name) => element.getAttribute(name))
              .join(),
        ),
        dialogs: [...document.querySelectorAll('[role=dialog], [role=menu]')].filter(seen).length,
      }),
    }
    ;(globalThis as Watched).watch = watch
  })
  await page.reload()
  await page.waitForLoadState()
}

/** What of this page can be focused, by name; inside the uppermost dialog or menu only, where there is one. */
export const focusables = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as Watched).watch.find())

/** The name of the first that can be focused and matches; a field in which a code was just typed does a moment later. */
export const focusableAt = (page: Page, selector: string): Promise<string> =>
  page.evaluate(async (wanted) => {
    const { watch } = globalThis as Watched
    for (let tries = 0; tries < 50; tries += 1) {
      const names = watch.find()
      const name = names[watch.list.findIndex((element) => element.matches(wanted))]
      if (name !== undefined) return name
      await new Promise((later) => setTimeout(later, 20))
    }
    return `no ${wanted}`
  }, selector)

/** Stands for no focus at all. */
export const nothing = 'nothing'

/**
 * Focuses what has this name now, lets the input method follow, and forgets what was heard until then. Null where it
 * is gone or does not take the focus.
 */
export const focusOn = (page: Page, name: string): Promise<Sight | null> =>
  page.evaluate(
    async ({ name, nothing }) => {
      const { watch } = globalThis as Watched
      const element = watch.list[watch.find().indexOf(name)]
      if (name === nothing) (document.activeElement as HTMLElement | null)?.blur()
      else element?.focus()
      if (name !== nothing && (element === undefined || document.activeElement !== element)) return null
      await new Promise((later) => setTimeout(later, 40))
      watch.calls.length = 0
      watch.codes.length = 0
      return watch.sight()
    },
    { name, nothing },
  )

/** Waits until what the page shows stays as it is. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { watch } = globalThis as Watched
    let before = ''
    for (let tries = 0; tries < 40; tries += 1) {
      const now = JSON.stringify(watch.sight())
      if (now === before) return
      before = now
      await new Promise((later) => setTimeout(later, 200))
    }
  })

export interface Heard {
  /** The codes that left for the core, in order. */
  readonly codes: readonly string[]
  /** Commands other than scans: a key that pressed something. */
  readonly commands: readonly string[]
  readonly sight: Sight
}

/** Waits until as many codes left for the core, or for so long. */
export async function heardBy(page: Page, count: number, patienceMs = 1500): Promise<Heard> {
  const { calls, ...rest } = await page.evaluate(
    async ({ count, patienceMs }) => {
      const { watch } = globalThis as Watched
      const pause = () => new Promise((later) => setTimeout(later, 5))
      const until = performance.now() + patienceMs
      while (watch.codes.length < count && performance.now() < until) await pause()
      await pause() // what the same key did besides
      return {
        codes: [...watch.codes],
        calls: watch.calls.map(({ name }) => ({ name })),
        sight: watch.sight(),
      }
    },
    { count, patienceMs },
  )
  const isCommand = ({ name }: { readonly name: string }) =>
    isCallName(name) && name !== 'packing.scan' && contract[name].kind === 'command'
  return { ...rest, commands: calls.filter(isCommand).map(({ name }) => name) }
}
