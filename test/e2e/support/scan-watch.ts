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

    const raw: string[] = []
    ;(globalThis as unknown as { raw: string[] }).raw = raw
    for (const type of ['keydown', 'keyup', 'compositionstart', 'compositionend'])
      addEventListener(
        type,
        (event) => {
          const { key, code } = event as KeyboardEvent
          raw.push(
            `${type} ${key} ${code} ${event.timeStamp.toFixed(1)} ${performance.now().toFixed(1)} ${(event.target as Element).tagName}`,
          )
          if (raw.length > 90) raw.shift()
        },
        true,
      )
    const seen = (element: Element) =>
      element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden'
    const room = () => [...document.querySelectorAll('[role=dialog]')].filter(seen).at(-1) ?? document.body
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

/** What of this page can be focused, in order; inside the uppermost dialog only, where there is one. */
export const focusables = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as Watched).watch.find())

/** Focuses the n-th of them, or nothing at all for -1, and forgets what was heard until now. */
export async function focusOn(page: Page, index: number): Promise<boolean> {
  const there = await page.evaluate((n) => {
    const { list } = (globalThis as Watched).watch
    if (n < 0) {
      ;(document.activeElement as HTMLElement | null)?.blur()
      return true
    }
    const element = list[n]
    if (element?.isConnected !== true) return false
    element.focus()
    return document.activeElement === element
  }, index)
  await page.waitForTimeout(40) // the input method follows the focus
  return there
}

export const sightOf = (page: Page): Promise<Sight> =>
  page.evaluate(() => {
    const { watch } = globalThis as Watched
    watch.calls.length = 0
    watch.codes.length = 0
    return watch.sight()
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
      const until = performance.now() + patienceMs
      const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
      while (watch.codes.length < count && performance.now() < until) await frame()
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
