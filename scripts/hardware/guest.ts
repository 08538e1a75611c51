import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostFolder, resultsFolder } from './initramfs.ts'

export interface Guest {
  readonly image: string
  readonly initramfs: string
  /** The folder of this machine that the guest writes to. */
  readonly results: string
  /** Where everything goes that the guest says on its console. */
  readonly console: string
}

/** Milliseconds between two looks at what the guest has written. */
const lookEvery = 250

/**
 * Runs the guest until it switches itself off. `line` gets each line of `checks` in the results folder as it comes.
 * Stops it after `limit` milliseconds, and when this process is told to stop. Resolves with the exit code of the
 * guest's programme, or with what went wrong with the guest.
 */
export async function runGuest(
  guest: Guest,
  checks: string,
  line: (text: string) => void,
  limit: number,
): Promise<number | string> {
  // kvm hangs on machines that are guests themselves; the emulated processor works everywhere. A plain one: with all that
  // QEMU can emulate, V8's book-keeping of compiled code ended the process in one boot of four, with this in one of twenty.
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      ...'-machine q35,accel=tcg -cpu Nehalem -smp 2 -m 2048'.split(' '),
      ...'-nodefaults -display none -no-reboot'.split(' '),
      ...folder(hostFolder, '/', ',readonly=on'),
      ...folder(resultsFolder, guest.results, ''),
      '-serial',
      `file:${guest.console}`,
      '-kernel',
      guest.image,
      '-initrd',
      guest.initramfs,
      '-append',
      'console=ttyS0 quiet panic=-1',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  let stopped: string | undefined
  const stop = (why: string) => {
    stopped = why
    qemu.kill('SIGKILL')
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const limiter = setTimeout(() => stop(`more than ${limit / 1000} s`), limit)

  let told = 0
  const tell = () => {
    const file = join(guest.results, checks)
    const whole = (existsSync(file) ? readFileSync(file, 'utf8') : '').split('\n').slice(0, -1)
    whole.slice(told).forEach(line)
    told = whole.length
  }
  const looking = setInterval(tell, lookEvery)
  try {
    const fault = await new Promise<Error | undefined>((resolve) => {
      qemu.once('error', resolve)
      qemu.once('exit', () => resolve(undefined))
    })
    if (fault !== undefined) return `QEMU did not start: ${fault.message}`
  } finally {
    clearInterval(looking)
    clearTimeout(limiter)
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
  tell()
  if (stopped !== undefined) return `the guest was stopped: ${stopped}`
  const exit = join(guest.results, 'exit')
  return existsSync(exit)
    ? Number(readFileSync(exit, 'utf8'))
    : 'the guest went off before its programme ended'
}

const folder = (name: string, path: string, more: string) => [
  '-fsdev',
  `local,id=${name},path=${path},security_model=none,multidevs=remap${more}`,
  '-device',
  `virtio-9p-pci,fsdev=${name},mount_tag=${name}`,
]
