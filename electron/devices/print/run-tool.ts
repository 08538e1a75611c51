import { spawn } from 'node:child_process'

export type ToolOutcome =
  | { readonly kind: 'ended'; readonly code: number; readonly out: string; readonly err: string }
  /** The program is not there or may not be run. */
  | { readonly kind: 'missing'; readonly reason: string }
  /** Broken off, by us because it took too long or by a signal of another's: what it had done by then is not known. */
  | { readonly kind: 'late' }

/** Runs a program of the system, never through a shell, in the C locale; ends it after `milliseconds`. */
export function runTool(
  program: string,
  args: readonly string[],
  milliseconds: number,
  input: Uint8Array = new Uint8Array(),
): Promise<ToolOutcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', LANG: 'C' },
      windowsHide: true,
    })
    const timer = setTimeout(() => {
      resolve({ kind: 'late' })
      child.kill('SIGKILL')
    }, milliseconds)
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.stdin.on('error', () => undefined) // it ended before it had read everything: its exit code tells
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve({ kind: 'missing', reason: `${program}: ${error.message}` })
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(code === null ? { kind: 'late' } : { kind: 'ended', code, out, err: err.trim() })
    })
    child.stdin.end(input)
  })
}
