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
      element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden'
    const room = () =>
      [...document.querySelectorAll('[role=dialog], [role=menu]')].filter(seen).at(-1) ?? document.body
    const describe = (element: HTMLElement) =>
      [
        element.tagName.toLowerCase(),
        element.getAttribute('role') ?? element.getAttribute('type') ?? '',
        element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30),
        element.closest('nav, aside, main, [role=dialog], [role=menu]')?.tagName.toLowerCase() ?? 'body',
      ].join(' ')
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
        return watch.list.map(describe)
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

/** How much of this page can be focused; inside the uppermost dialog or menu only, where there is one. */
export const focusables = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as Watched).watch.find().length)

/**
 * Focuses the n-th of what can be focused now, or nothing at all for -1, lets the input method follow, and forgets what
 * was heard until then. Null where that one does not take the focus.
 */
export const focusOn = (page: Page, index: number): Promise<{ name: string; sight: Sight } | null> =>
  page.evaluate(async (n) => {
    const { watch } = globalThis as Watched
    const name = watch.find()[n] ?? 'nothing'
    const element = watch.list[n]
    if (element === undefined) (document.activeElement as HTMLElement | null)?.blur()
    else element.focus()
    if (element !== undefined && document.activeElement !== element) return null
    await new Promise((later) => setTimeout(later, 40))
    watch.calls.length = 0
    watch.codes.length = 0
    return { name, sight: watch.sight() }
  }, index)

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
