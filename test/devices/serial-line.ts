import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SerialLine {
  /** A device file, for as long as the line is plugged in. */
  readonly path: string
  /** Leads to this TCP port from now on. */
  plug(port: number): Promise<void>
  unplug(): Promise<void>
}

/** A pseudo terminal that socat joins to a TCP port: what a driver of serial ports takes for one. */
export function createSerialLine(): SerialLine {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-line-'))
  const path = join(folder, 'port')
  let socat: ChildProcess | undefined
  let held: number | undefined
  const unplug = async () => {
    if (held !== undefined) closeSync(held)
    held = undefined
    if (socat !== undefined && socat.exitCode === null && socat.signalCode === null) {
      const over = new Promise((resolve) => socat?.once('exit', resolve))
      socat.kill()
      await over
    }
    socat = undefined
    rmSync(path, { force: true })
  }
  return {
    path,
    async plug(port) {
      await unplug()
      const joined = spawn(
        'socat',
        ['-dd', '-t0.01', `PTY,link=${path},raw,echo=0`, `TCP:127.0.0.1:${port}`],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      )
      socat = joined
      // The link is there before the terminal has left its ways of a keyboard, which change bytes.
      await new Promise<void>((resolve, reject) => {
        joined.stderr.on('data', (text: Buffer) => {
          if (text.includes('starting data transfer loop')) resolve()
        })
        joined.once('error', reject)
        joined.once('exit', () => reject(new Error('socat ended before it had joined the line')))
      })
      // While nobody has it open, socat takes the terminal for hung up.
      held = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
    },
    async unplug() {
      await unplug()
    },
  }
}
