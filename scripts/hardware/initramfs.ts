import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Kernel } from './kernel.ts'

/** The names under which QEMU offers its two folders. */
export const hostFolder = 'host'
export const resultsFolder = 'results'

export interface GuestProgramme {
  /** The command with its arguments; paths are those of this machine. */
  readonly command: readonly string[]
  /** Seconds after which the guest switches itself off, whatever it is doing and whoever still waits for it. */
  readonly lifetime: number
}

/** Where the guest programme finds the folder that this machine reads. */
export const resultsInGuest = '/run/results'

/** Builds the archive with the guest's first programme: `file` is what the kernel unpacks and starts. */
export function buildInitramfs(
  kernel: Kernel,
  programme: GuestProgramme,
  workDir: string,
  file: string,
): void {
  const tree = join(workDir, 'initramfs')
  for (const folder of ['bin', 'modules', 'proc', 'sys', 'dev', 'host', 'over', 'guest'])
    mkdirSync(join(tree, folder), { recursive: true })
  copyFileSync('/bin/busybox', join(tree, 'bin/busybox'))
  for (const module of kernel.modules) copyFileSync(module, join(tree, 'modules', basename(module)))
  writeFileSync(join(tree, 'init'), init(kernel, programme))
  chmodSync(join(tree, 'init'), 0o755)
  const packed = spawnSync('sh', ['-c', 'find . | cpio --quiet -o -H newc > "$0"', file], { cwd: tree })
  if (packed.status !== 0) throw new Error(`cpio failed:\n${String(packed.stderr)}`)
  rmSync(tree, { recursive: true })
}

/** USB sockets of the guest, each taking one device. */
const sockets = 8

/**
 * Mounts this machine's root read-only with a layer in memory over it, so that the guest has the project's own
 * Node and packages and can change nothing, and runs the programme in there beside a udevd, as a station has one.
 */
const init = (kernel: Kernel, { command, lifetime }: GuestProgramme) => `#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
(sleep ${lifetime}; poweroff -f) &
${kernel.modules.map((file) => `insmod /modules/${basename(file)}${parameters(file)}`).join('\n')}
mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose ${hostFolder} /host
mount -t tmpfs over /over
mkdir /over/upper /over/work
mount -t overlay -o lowerdir=/host,upperdir=/over/upper,workdir=/over/work guest /guest
mount -t proc proc /guest/proc
mount -t sysfs sys /guest/sys
mount -t configfs config /guest/sys/kernel/config
mount -t devtmpfs dev /guest/dev
mount -t tmpfs run /guest/run
mkdir /guest${resultsInGuest}
mount -t 9p -o trans=virtio,version=9p2000.L ${resultsFolder} /guest${resultsInGuest}
chroot /guest /lib/systemd/systemd-udevd --daemon
chroot /guest /usr/bin/udevadm trigger --action=add
chroot /guest /usr/bin/udevadm settle
chroot /guest /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root ${command.map((word) => `'${word}'`).join(' ')}
echo $? > /guest${resultsInGuest}/exit
sync
poweroff -f
`

const parameters = (file: string) => (file.endsWith('-dummy_hcd.ko') ? ` num=${sockets}` : '')
