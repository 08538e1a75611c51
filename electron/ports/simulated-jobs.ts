import type { PrinterAddress } from './label-printer.ts'

/** What came out of the simulated printers: there is no paper to look at. */
export interface SimulatedJobs {
  /** The newest jobs of one printer, newest first, with the very bytes that reached it. */
  newest(address: PrinterAddress['address'], limit: number): readonly SimulatedJob[]
}

export interface SimulatedJob {
  /** Its number among the jobs of its printer. */
  readonly number: number
  /** When it came out, ISO-8601 UTC. */
  readonly at: string
  /** The name that the job was sent under; empty if it had none. */
  readonly name: string
  readonly bytes: Uint8Array
}
