/**
 * The entry of the core process: what it runs, it keeps compiled in the data folder, so that it starts in half the time
 * from the second start on. Its arguments are the data folder and the app's version.
 */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(process.argv[2] ?? '', 'browser', 'core-code'))
void import('./core-program.ts')
// A core that is killed writes nothing at its end.
setTimeout(flushCompileCache, 10_000).unref()
