/** What a print queue or its driver says when it does not print, by the adapters' own words. */
const faults = [
  [/has no driver$/, 'noDriver'],
  [/the queue gave the job up$/, 'givenUp'],
  [/has no paper of /, 'noPaper'],
  [/its driver (?:cannot be used|takes no job|begins no page|draws no picture|did not take)/, 'driverFails'],
] as const

export type QueueFault = (typeof faults)[number][1]

export const queueFault = (reason: string): QueueFault | undefined =>
  faults.find(([words]) => words.test(reason))?.[1]
