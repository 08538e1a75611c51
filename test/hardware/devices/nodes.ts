import { readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eventually, textOf } from './wait.ts'

/**
 * The device file that the guest's kernel, as a station's would, made for a device: the entry of /sys/class whose
 * device, or one that it hangs on, has this text in this attribute.
 */
export function nodeOf(
  kind: 'hidraw' | 'tty' | 'usbmisc' | 'input',
  attribute: 'serial' | 'name' | 'uevent',
  text: string,
): string | undefined {
  const classFolder = `/sys/class/${kind}`
  for (const entry of entriesOf(classFolder)) {
    if (kind === 'input' && !entry.startsWith('event')) continue
    for (const folder of upwards(join(classFolder, entry, 'device')))
      if (textOf(join(folder, attribute))?.split('\n').includes(text)) return deviceFile(classFolder, entry)
  }
  return undefined
}

/** Waits for `nodeOf`, and for udev to have made the file. */
export const nodeFor = (...which: Parameters<typeof nodeOf>): Promise<string> =>
  eventually(`a ${which[0]} device whose ${which[1]} is ${which[2]}`, () => nodeOf(...which))

/** Waits until the kernel has taken the device file away. */
export const nodeGone = (...which: Parameters<typeof nodeOf>): Promise<true> =>
  eventually(`the ${which[0]} device whose ${which[1]} is ${which[2]} to go`, () =>
    nodeOf(...which) === undefined ? true : undefined,
  )

function deviceFile(classFolder: string, entry: string): string | undefined {
  const name = /^DEVNAME=(\S+)$/m.exec(textOf(join(classFolder, entry, 'uevent')) ?? '')?.[1]
  return name === undefined ? undefined : `/dev/${name}`
}

function upwards(link: string): string[] {
  const folders: string[] = []
  try {
    for (let at = realpathSync(link); at !== '/sys/devices' && at !== '/'; at = dirname(at)) folders.push(at)
  } catch {
    // no device behind it, or it has just gone
  }
  return folders
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // the first device of a class makes its folder
  }
}
