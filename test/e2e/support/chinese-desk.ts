import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDisplay } from './display.ts'
import { eventually } from './electron.ts'

export interface ChineseDesk {
  /** What an app needs to stand on this desk. */
  readonly env: Record<string, string>
  readonly display: string
  /** Whether typing in the focused window is Chinese now. */
  isChinese(): boolean
  close(): void
}

const profile = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
`

/** Every window is Chinese from its first key on, as at a desk where nobody ever switches. */
const behaviour = `[Behavior]
ActiveByDefault=True
ShareInputState=All
`

/** A desktop of its own: display, window manager, message bus, and fcitx5 with pinyin, on. */
export async function openChineseDesk(): Promise<ChineseDesk> {
  const home = mkdtempSync(join(tmpdir(), 'packbench-desk-'))
  mkdirSync(join(home, 'fcitx5'))
  writeFileSync(join(home, 'fcitx5/profile'), profile)
  writeFileSync(join(home, 'fcitx5/config'), behaviour)
  const display = await openDisplay()
  const children: ChildProcess[] = []
  const env: Record<string, string> = {
    DISPLAY: display.name,
    XDG_CONFIG_HOME: home,
    GTK_IM_MODULE: 'fcitx',
    XMODIFIERS: '@im=fcitx',
    LANG: 'C.UTF-8',
  }
  const start = (command: string, ...args: string[]) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(child)
    return child
  }
  const bus = start('dbus-daemon', '--session', '--nofork', '--print-address=1')
  const [address] = (await once(bus.stdout ?? bus, 'data')) as [Buffer]
  env.DBUS_SESSION_BUS_ADDRESS = address.toString().trim()
  start('openbox')
  // Its cloud would ask a network, and nothing here may.
  start('fcitx5', '--disable=cloudpinyin,notifications')
  const remote = (...args: string[]) =>
    spawnSync('fcitx5-remote', args, { env: { ...process.env, ...env }, encoding: 'utf8' }).stdout.trim()
  await eventually(
    () => remote('-n'),
    (name) => name !== '',
  )
  return {
    env,
    display: display.name,
    isChinese: () => remote() === '2' && remote('-n') === 'pinyin',
    close() {
      for (const child of children.toReversed()) child.kill()
      display.close()
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) // what ends still writes
    },
  }
}
