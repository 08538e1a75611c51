import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from '#scripts/build.ts'
import { findRuntime, launchSwitches } from '#scripts/electron-runtime.ts'
import { ensureSystemPackages } from '#scripts/system-packages.ts'

export const root = join(import.meta.dirname, '../..')

/** Everything that a real window needs: system packages, a runtime, the built app, a display of its own. */
export async function prepareWindows(): Promise<{
  open(app: string, args?: readonly string[]): Promise<OpenWindow>
  close(): void
}> {
  ensureSystemPackages(['electron'])
  await build()
  const runtime = await findRuntime()
  const display = process.platform === 'linux' ? await openDisplay() : null
  return {
    open: (app, args = []) => openApp(app, args, runtime.binary, display?.name),
    close: () => display?.close(),
  }
}

async function openDisplay(): Promise<{ name: string; close(): void }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const told = server.stdio[3] as Readable // Xvfb writes the number when it accepts clients
  const [number] = (await once(told, 'data')) as [Buffer]
  return { name: `:${number.toString().trim()}`, close: () => void server.kill() }
}

export interface OpenWindow {
  readonly pid: number
  /** Wall clock when the process was started, in milliseconds with fractions. */
  readonly startedAt: number
  /** What an expression in the page gives; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>
  send(method: string, parameters?: object): Promise<unknown>
  /** Types text and Enter as a keyboard does: key by key, through the browser's own input. */
  type(text: string): Promise<void>
  key(name: string): Promise<void>
  close(): Promise<void>
}

/**
 * Starts an Electron app and speaks to its first page over the browser's debugging port. Nothing in the start waits
 * for this connection, as it would for a test driver's.
 */
async function openApp(
  app: string,
  args: readonly string[],
  binary: string,
  display: string | undefined,
): Promise<OpenWindow> {
  const profile = mkdtempSync(join(tmpdir(), 'packbench-bench-profile-'))
  const startedAt = wallClock()
  const child = spawn(
    binary,
    [...launchSwitches(true), '--remote-debugging-port=0', `--user-data-dir=${profile}`, app, ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PACKBENCH_NODE: process.execPath, ...(display && { DISPLAY: display }) },
    },
  )
  const port = await debuggingPort(child)
  const page = await connectPage(port)
  return {
    ...page,
    pid: child.pid ?? 0,
    startedAt,
    async close() {
      page.disconnect()
      const ended = once(child, 'exit')
      child.kill()
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

export const wallClock = (): number => performance.timeOrigin + performance.now()

async function debuggingPort(child: ChildProcess): Promise<number> {
  let said = ''
  for await (const piece of child.stderr ?? []) {
    said += String(piece)
    const port = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said)?.[1]
    if (port !== undefined) {
      child.stderr?.resume()
      return Number(port)
    }
  }
  throw new Error(`the app ended before it opened a window: ${said.slice(-500)}`)
}

interface Evaluated<T> {
  readonly result: { readonly value: { readonly value: T } | { readonly early: true } }
  readonly exceptionDetails?: {
    readonly text: string
    readonly exception?: { readonly description?: string }
  }
}

async function connectPage(port: number) {
  const socket = new WebSocket(await pageAddress(port))
  await once(socket, 'open')
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as {
      id?: number
      result?: unknown
      error?: { message: string }
    }
    const call = id === undefined ? undefined : waiting.get(id)
    if (call === undefined || id === undefined) return
    waiting.delete(id)
    if (error === undefined) call.resolve(result)
    else call.reject(new Error(error.message))
  })
  socket.addEventListener('close', () => {
    for (const call of waiting.values()) call.reject(new Error('the page is gone'))
  })
  const send = (method: string, parameters: object = {}): Promise<unknown> => {
    const id = (last += 1)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.set(id, { resolve, reject })
    socket.send(JSON.stringify({ id, method, params: parameters }))
    return promise
  }
  const press = async (key: string, text: string | undefined) => {
    const code = /^[A-Z]$/i.test(key)
      ? `Key${key.toUpperCase()}`
      : /^\d$/.test(key)
        ? `Digit${key}`
        : key === '-'
          ? 'Minus'
          : key
    const about = { key, code, ...(text !== undefined && { text }) }
    await send('Input.dispatchKeyEvent', { type: text === undefined ? 'rawKeyDown' : 'keyDown', ...about })
    await send('Input.dispatchKeyEvent', { type: 'keyUp', key, code })
  }
  return {
    send,
    async evaluate<T>(expression: string): Promise<T> {
      for (;;) {
        try {
          const answer = (await send('Runtime.evaluate', {
            // A window is empty for a moment before its page comes.
            expression: `location.protocol === 'about:' ? { early: true } : Promise.resolve(${expression}).then((value) => ({ value }))`,
            awaitPromise: true,
            returnByValue: true,
          })) as Evaluated<T>
          const { exceptionDetails: wrong } = answer
          if (wrong !== undefined) throw new Error(wrong.exception?.description ?? wrong.text)
          const { value } = answer.result
          if (!('early' in value)) return value.value
        } catch (error) {
          if (!/context was destroyed|Cannot find|navigated/.test(String(error))) throw error
        }
        await sleep(2)
      }
    },
    async type(text: string): Promise<void> {
      for (const char of text) await press(char, char)
      await press('Enter', '\r')
    },
    key: (name: string) => press(name, undefined),
    disconnect: () => socket.close(),
  }
}

async function pageAddress(port: number): Promise<string> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const targets = await fetch(`http://127.0.0.1:${port}/json/list`)
      .then((answer) => answer.json() as Promise<{ type: string; webSocketDebuggerUrl: string }[]>)
      .catch(() => [])
    const page = targets.find((target) => target.type === 'page')
    if (page !== undefined) return page.webSocketDebuggerUrl
    await sleep(5)
  }
  throw new Error('the app opened no window')
}

/** Memory of a process and all that it started, in bytes: shared pages count for each by its part (PSS). */
export function memoryOfTree(pid: number): number {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1]
    if (parent !== undefined) {
      children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)])
    }
  }
  let sum = 0
  for (const queue = [pid]; queue.length > 0;) {
    const one = queue.pop() ?? 0
    sum += Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0) * 1024
    queue.push(...(children.get(one) ?? []))
  }
  return sum
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it ended meanwhile
  }
}
