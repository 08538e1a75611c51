/** Moves the log into the database when told to, over a connection of its own. `workerData` is the database file. */
import { parentPort, workerData } from 'node:worker_threads'
import { checkpoint, openDatabase } from '#electron/db/open.ts'
import { giveWay } from './threads.ts'

giveWay()

const db = openDatabase(String(workerData))

parentPort?.on('message', (message: 'checkpoint' | 'close') => {
  if (message === 'checkpoint') {
    checkpoint(db)
    return
  }
  db.close()
  parentPort?.close()
})
