import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A cable between two serial ports that can be plugged and unplugged: socat, run for us. */
export interface Cable {
  /** The port that the app opens. It is there while the cable is plugged. */
  readonly port: string
  /** Writes from the device's side. */
  say(bytes: Uint8Array | string): void
  /** What the app has written, so far. */
  readonly answered: () => Buffer
  plug(): Promise<void>
  unplug(): Promise<void>
  drop(): Promise<void>
}

export async function createCable(): Promise<Cable> {
  const folder = mkdtempSync(join(tmpdir(), 'pty-'))
  const port = join(folder, 'port')
  let socat: ChildProcess | undefined
  let answers: Buffer[] = []
  const unplug = async () => {
    const running = socat
    socat = undefined
    if (running === undefined || running.exitCode !== null) return
    const over = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL') // as sudden as a pulled plug
    await over
    rmSync(port, { force: true })
  }
  const cable: Cable = {
    port,
    say: (bytes) => void socat?.stdin?.write(bytes),
    answered: () => Buffer.concat(answers),
    async plug() {
      answers = []
      socat = spawn('socat', [`pty,raw,echo=0,link=${port}`, 'stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
      socat.stdin?.on('error', () => undefined)
      socat.stdout?.on('data', (bytes: Buffer) => answers.push(bytes))
      for (let tries = 0; !existsSync(port); tries += 1) {
        if (tries > 500) throw new Error('socat made no port')
        await sleep(10)
      }
    },
    unplug,
    async drop() {
      await unplug()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await cable.plug()
  return cable
}
