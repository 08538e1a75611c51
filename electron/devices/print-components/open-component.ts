import type { ComponentPlatform } from '#shared/domain/devices/component-address.ts'
import type { OpenComponent, PrintComponent } from '#electron/ports/print-component.ts'
import { cainiao } from './cainiao.ts'
import { douyin } from './douyin.ts'
import { jd } from './jd.ts'
import { kuaishou } from './kuaishou.ts'
import { pinduoduo } from './pinduoduo.ts'
import type { Platform } from './platform.ts'
import { type ComponentTimes, createPrintComponent } from './print-component.ts'

export interface OpenComponentOptions {
  readonly times?: Partial<ComponentTimes>
  /** Told of every message that was ignored: never its text, which may hold a person's data. */
  readonly note?: (text: string) => void
  /** Closes them all when it is aborted: an open connection keeps the process alive. */
  readonly signal?: AbortSignal
}

const usualTimes: ComponentTimes = {
  connect: 3000,
  answer: 10_000,
  finish: 30_000,
  settle: 5000,
  retry: 300,
}

const platforms: Readonly<Record<ComponentPlatform, Platform>> = { cainiao, pinduoduo, douyin, jd, kuaishou }

/** The same platform at the same address is the same connection, whoever opens it, until it is closed. */
export function createOpenComponent(options: OpenComponentOptions = {}): OpenComponent {
  const opened = new Map<string, PrintComponent>()
  options.signal?.addEventListener('abort', () => {
    for (const component of opened.values()) component.close()
  })
  return (name, address) => {
    const platform = platforms[name]
    const at = address.trim() === '' ? platform.usualAddress : address.trim()
    const key = `${name} ${at}`
    const known = opened.get(key)
    if (known !== undefined) return known
    const component = createPrintComponent(
      platform,
      at,
      { ...usualTimes, ...options.times },
      options.note ?? (() => undefined),
    )
    const closing = {
      ...component,
      close() {
        if (opened.get(key) === closing) opened.delete(key)
        component.close()
      },
    }
    opened.set(key, closing)
    return closing
  }
}
