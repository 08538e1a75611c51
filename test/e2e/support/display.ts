import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** Starts a virtual display of its own where there is none; windows of the tests never take the user's focus. */
export async function openDisplay(): Promise<{ name: string; close(): void }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  })
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${String(code)}`)))
    const told = server.stdio[3] as Readable // Xvfb writes the number when it accepts clients
    told.once('data', (data: Buffer) => resolve(data.toString().trim()))
  })
  return { name: `:${number}`, close: () => void server.kill() }
}
