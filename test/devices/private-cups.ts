import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface PrivateCups {
  /** What the clients of CUPS find their server by: goes into `CUPS_SERVER`. */
  readonly server: string
  /** A queue that leads to a TCP port of this machine: raw, or with the driver that a PPD describes. */
  addQueue(name: string, port: number, ppd?: string): void
  disable(queue: string): void
  enable(queue: string): void
  /** Takes all jobs out of a queue. */
  forget(queue: string): void
  close(): Promise<void>
}

/** A scheduler of CUPS with its own folder and socket, which nobody else sees. */
export async function startPrivateCups(): Promise<PrivateCups> {
  const root = mkdtempSync(join(tmpdir(), 'packbench-cups-'))
  const at = (name: string) => join(root, name)
  chmodSync(root, 0o755)
  const socket = at('run/cups.sock')
  const user = process.getuid?.() === 0 ? 'lp' : undefined
  for (const name of ['conf', 'spool', 'cache', 'run', 'log']) {
    mkdirSync(at(name))
    // The scheduler gives up its rights and must still own its folders.
    if (user !== undefined) chownSync(at(name), idOf('-u', user), idOf('-g', user))
  }
  writeFileSync(
    at('cupsd.conf'),
    `Listen ${socket}\nDefaultAuthType None\nBrowsing Off\n<Location />\nAllow all\n</Location>\n` +
      '<Policy default>\n<Limit All>\nAllow all\n</Limit>\n</Policy>\n',
  )
  writeFileSync(
    at('cups-files.conf'),
    `ServerRoot ${at('conf')}\nRequestRoot ${at('spool')}\nCacheDir ${at('cache')}\nStateDir ${at('run')}\n` +
      `TempDir ${at('spool')}\nErrorLog ${at('log/error')}\nAccessLog ${at('log/access')}\nPageLog ${at('log/page')}\n` +
      `Sandboxing relaxed\n${user === undefined ? '' : `User ${user}\nGroup ${user}\n`}`,
  )
  const cupsd: ChildProcess = spawn(
    '/usr/sbin/cupsd',
    ['-f', '-c', at('cupsd.conf'), '-s', at('cups-files.conf')],
    { stdio: 'ignore' },
  )
  for (let tries = 0; tries < 500 && !existsSync(socket); tries += 1) await sleep(20)
  const run = (program: string, args: readonly string[]) =>
    void execFileSync(program, args, { env: { ...process.env, CUPS_SERVER: socket }, stdio: 'ignore' })
  return {
    server: socket,
    addQueue(name, port, ppd) {
      const file = at('driver.ppd')
      if (ppd !== undefined) writeFileSync(file, ppd)
      const driver = ppd === undefined ? ['-m', 'raw'] : ['-P', file]
      run('/usr/sbin/lpadmin', ['-p', name, '-E', '-v', `socket://127.0.0.1:${port}`, ...driver])
    },
    disable: (queue) => run('/usr/sbin/cupsdisable', [queue]),
    forget: (queue) => run('/usr/bin/cancel', ['-a', queue]),
    enable: (queue) => run('/usr/sbin/cupsenable', [queue]),
    async close() {
      if (cupsd.exitCode === null && cupsd.signalCode === null) {
        const over = new Promise((resolve) => cupsd.once('exit', resolve))
        cupsd.kill()
        await over
      }
      rmSync(root, { recursive: true, force: true })
    },
  }
}

const idOf = (kind: '-u' | '-g', user: string) =>
  Number(execFileSync('id', [kind, user], { encoding: 'utf8' }))
