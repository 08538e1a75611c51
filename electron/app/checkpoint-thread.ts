/** Moves the log into the database when told to, over a connection of its own. `workerData` is the database file. */
import { parentPort, workerData } from 'node:worker_threads'
import { checkpoint, logState, openDatabase } from '#electron/db/open.ts'
import { giveWay } from './threads.ts'

export type LogState = ReturnType<typeof logState>

giveWay()
const db = openDatabase(String(workerData))

parentPort?.on('message', (message: 'look' | 'checkpoint' | 'close') => {
  if (message === 'close') {
    db.close()
    parentPort?.close()
    return
  }
  if (message === 'checkpoint') checkpoint(db)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(logState(db))
})
