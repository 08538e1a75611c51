import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** What goes wrong on the way from the device: own code, so that tests may believe it. */
export interface LineFaults {
  /** Each so-many-th byte is lost. */
  readonly drop?: number
  /** Milliseconds between two bytes. */
  readonly slow?: number
  /** The plug is pulled after so many bytes and put back three seconds later. */
  readonly disconnect?: number
  /** Random bytes between what is said. */
  readonly noise?: boolean
}

export const lineFaultUsage = 'drop=N|slow=MS|disconnect=N|noise'

/** Reads `--fault`, which may be given more than once; undefined when one is not understood. */
export function readLineFaults(texts: readonly string[]): LineFaults | undefined {
  let faults: LineFaults = {}
  for (const text of texts) {
    const [, name, number] = /^(drop|slow|disconnect)=([1-9]\d*)$/.exec(text) ?? []
    if (name !== undefined) faults = { ...faults, [name]: Number(number) }
    else if (text === 'noise') faults = { ...faults, noise: true }
    else return undefined
  }
  return faults
}

/** A serial line whose other end is a port of this machine, made by socat. */
export interface SerialLine {
  say(bytes: Uint8Array): Promise<void>
  plug(): Promise<void>
  unplug(): Promise<void>
}

/** `heard` gets what the app writes. */
export async function openLine(
  port: string,
  faults: LineFaults,
  heard: (bytes: Buffer) => void,
): Promise<SerialLine> {
  let socat: ChildProcess | undefined
  let said = 0

  const unplug = async () => {
    const running = socat
    socat = undefined
    if (running === undefined) return
    const over = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await over
    rmSync(port, { force: true })
  }
  const plug = async () => {
    if (socat !== undefined) return
    rmSync(port, { force: true })
    const running = spawn('socat', [`pty,raw,echo=0,link=${port}`, 'stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let failed = ''
    running.once('error', (error) => {
      failed = `socat cannot be started (${error.message}); it is a package of the system`
    })
    running.stdin.on('error', () => undefined) // a plug that is pulled is told by unplug
    running.stdout.on('data', heard)
    for (let tries = 0; !existsSync(port); tries += 1) {
      if (failed !== '' || tries > 500) throw new Error(failed === '' ? `socat made no port ${port}` : failed)
      await sleep(10)
    }
    socat = running
  }
  const put = async (byte: number) => {
    said += 1
    if (faults.drop !== undefined && said % faults.drop === 0) return
    if (faults.slow !== undefined) await sleep(faults.slow)
    socat?.stdin?.write(Uint8Array.of(byte))
    if (said === faults.disconnect) {
      await sleep(50) // what was said until then arrives
      await unplug()
      await sleep(3000)
      await plug()
    }
  }

  await plug()
  const end = () => void unplug().finally(() => process.exit())
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  return {
    plug,
    unplug,
    async say(bytes) {
      const noise =
        faults.noise === true ? Array.from({ length: 5 }, () => Math.floor(Math.random() * 256)) : []
      for (const byte of [...noise, ...bytes]) await put(byte)
    },
  }
}
