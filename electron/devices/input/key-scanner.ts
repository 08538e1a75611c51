import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { OpenInput, ScannerListener } from '#electron/ports/scanner.ts'
import { splitAim } from '#shared/domain/devices/codes/aim.ts'
import { afterSilence } from './after-silence.ts'
import { findKeyDevice } from './key-devices.ts'
import { keepOpen, type NotOpened, type Opened, reasonOf } from './keep-open.ts'
import { createKeyReader } from './key-reader.ts'

export interface KeyScannerOptions {
  /** A binding or a path such as `/dev/input/event5`. */
  readonly address: string
  /** Takes the open device for us alone; rejects where that cannot be. */
  readonly grab?: (fd: number) => Promise<void>
  readonly pauses?: readonly number[]
}

/** Milliseconds between keys after which a scan without Enter is over: the slowest scanner seen types each 19 ms. */
const keySilence = 200

/** EVIOCGRAB of linux/input.h: _IOW('E', 0x90, int). */
const eviocgrab = 0x4004_4590

/**
 * A scanner that plays a keyboard, read from its Linux device and taken away from everything else: neither focus nor IME
 * nor a shortcut sees what it types.
 *
 * A child reads the device and hands it on through a pipe. A read in this process would hold a thread of the pool until
 * the next scan and could not be called off; the kernel forgets keys after about ten characters, so that polling loses
 * fast scans whenever this process is busy; the pipe keeps some hundred scans. The grab belongs to the open file, which
 * the child shares: it ends with the child.
 */
export function openKeyScanner(options: KeyScannerOptions, heard: ScannerListener): OpenInput {
  return keepOpen(
    async (lost) => {
      if (process.platform !== 'linux') {
        return { kind: 'absent', reason: 'keyboards can be told apart and taken on Linux only' }
      }
      const path = findKeyDevice(options.address)
      if (path === undefined) return { kind: 'absent', reason: 'not plugged in' }
      return await open(path, options.grab ?? grabAlone, heard, lost)
    },
    (state) => heard.link(state),
    options.pauses,
  )
}

async function open(
  path: string,
  grab: (fd: number) => Promise<void>,
  heard: ScannerListener,
  lost: (reason: string) => void,
): Promise<Opened | NotOpened> {
  const fd = openSync(path, 'r')
  try {
    await grab(fd)
    const child = spawn('cat', { stdio: [fd, 'pipe', 'ignore'] })
    const guard = endWithUs(child.pid)
    const reader = createKeyReader()
    const say = (text: string) => {
      const scan = splitAim(text)
      if (scan.text !== '') heard.scan(scan)
    }
    const quiet = afterSilence(keySilence, () => {
      const text = reader.silence()
      if (text !== undefined) say(text)
    })
    child.stdout?.on('data', (bytes: Buffer) => {
      for (const text of reader.push(bytes)) say(text)
      if (reader.open) quiet.heard()
      else quiet.stop()
    })
    const over = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        lost(reasonOf(error))
        resolve()
      })
      child.once('close', () => {
        lost('unplugged')
        resolve()
      })
    })
    void over.then(() => guard.kill('SIGKILL')) // before the reader's number can be another's
    return {
      kind: 'opened',
      async close() {
        quiet.stop()
        child.kill('SIGKILL')
        await over
      },
    }
  } finally {
    closeSync(fd) // the child has its own
  }
}

/**
 * Ends a reader when this process ends, however it ends: its pipe is closed then. A reader that outlived a core that was
 * killed would keep the grab up to the next key, and let the rest of that scan loose on the page: a code without its first
 * sign.
 */
function endWithUs(pid: number | undefined): ChildProcess {
  const guard = spawn('sh', ['-c', 'read -r _; kill -9 "$0"', `${pid ?? ''}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.on('error', () => undefined) // without it the reader ends at its next key
  guard.stdin?.on('error', () => undefined) // nothing is ever written there
  return guard
}

async function grabAlone(fd: number): Promise<void> {
  const { default: koffi } = await import('koffi')
  const ioctl = koffi.load('libc.so.6').func('int ioctl(int fd, unsigned long request, int on)')
  if (Number(ioctl(fd, eviocgrab, 1)) !== 0) {
    throw new Error(`cannot be taken for Packbench alone (error ${koffi.errno()})`)
  }
}
