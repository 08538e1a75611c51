/** `packbench`: the core's calls as commands, for automation. `npm run -s packbench -- --help` lists them. */
import { DataFolderInUseError } from '#electron/app/create-app.ts'
import { run } from './commands.ts'
import { Refused, WrongUsage } from './outcome.ts'

try {
  await run(process.argv.slice(2))
} catch (error) {
  if (error instanceof WrongUsage) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else if (error instanceof Refused || error instanceof DataFolderInUseError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
