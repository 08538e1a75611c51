import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** A kernel and the modules that the guest needs, taken out of Debian's package. */
export interface Kernel {
  readonly image: string
  /** Module files in the order in which they can be loaded. */
  readonly modules: readonly string[]
}

/**
 * What the guest loads: its folders (9p, overlay), the kernel's own device makers (uhid, uinput, dummy_hcd with the
 * gadget functions) and the drivers that a station's kernel would bind to the devices.
 */
const wanted = `
  virtio_pci 9p 9pnet_virtio overlay
  uhid uinput dummy_hcd libcomposite usb_f_hid usb_f_acm usb_f_printer
  evdev hid_generic usbhid cdc_acm usblp`
  .trim()
  .split(/\s+/)

/**
 * Debian's stock kernel, kept in `cacheDir` from the first run on; none of it is ever installed. Throws when the
 * package cannot be fetched.
 */
export function findKernel(cacheDir: string, say: (line: string) => void): Kernel {
  // The digest changes with the list, so that an old cache is not taken for a new one.
  const digest = createHash('sha256').update(wanted.join()).digest('hex').slice(0, 8)
  const dir = join(cacheDir, `kernel-${digest}`)
  if (!existsSync(dir)) {
    say("fetching Debian's kernel (once, about 70 MB)")
    mkdirSync(cacheDir, { recursive: true })
    const workshop = mkdtempSync(join(tmpdir(), 'packbench-kernel-'))
    const kept = mkdtempSync(join(cacheDir, 'new-'))
    try {
      unpackKernel(workshop, kept)
      renameSync(kept, dir)
    } finally {
      rmSync(workshop, { recursive: true, force: true })
      rmSync(kept, { recursive: true, force: true })
    }
  }
  const modules = join(dir, 'modules')
  return {
    image: join(dir, 'vmlinuz'),
    modules: readdirSync(modules)
      .sort()
      .map((name) => join(modules, name)),
  }
}

function unpackKernel(workshop: string, kept: string): void {
  // The lists may be older than the kernel that the archive has now, or may never have been fetched.
  if (process.getuid?.() === 0) output('apt-get', ['update', '-qq'], workshop)
  // linux-image-amd64 is empty and depends on the newest kernel, whose name carries its version.
  const name = /Depends: (linux-image-\S+)/.exec(
    output('apt-cache', ['depends', 'linux-image-amd64'], workshop),
  )?.[1]
  if (name === undefined) throw new Error('apt knows no linux-image-amd64')
  const release = name.replace('linux-image-', '')
  output('apt-get', ['download', '-qq', name], workshop)
  const archive = readdirSync(workshop).find((file) => file.endsWith('.deb'))
  if (archive === undefined) throw new Error(`apt-get download ${name} left no archive`)
  const tree = join(workshop, 'tree')
  output('dpkg-deb', ['-x', archive, tree], workshop)
  output('depmod', ['-b', tree, release], workshop)

  const modules = join(kept, 'modules')
  mkdirSync(modules)
  copyFileSync(join(tree, 'boot', `vmlinuz-${release}`), join(kept, 'vmlinuz'))
  const plan = output(
    'modprobe',
    ['-d', tree, '-S', release, '--dry-run', '--show-depends', '-a', ...wanted],
    workshop,
  )
  const files = new Set([...plan.matchAll(/^insmod (\S+)/gm)].map((match) => match[1] ?? ''))
  for (const [index, file] of [...files].entries())
    copyFileSync(file, join(modules, `${String(index).padStart(2, '0')}-${basename(file)}`))
}

function output(command: string, args: readonly string[], cwd: string): string {
  const done = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    // depmod and modprobe are root's tools, and not on everybody's path
    env: { ...process.env, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.stderr}`)
  return done.stdout
}
