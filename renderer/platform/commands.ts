/** The barcodes that steer a bench, in the order of the command sheet. */
export const benchCommands = [
  'OK',
  'UNDO',
  'SHORT',
  'HOLD',
  'PARTIAL',
  'NEXT',
  'CANCEL',
  'PRINT',
  'REPRINT',
  'VOID',
] as const
export type BenchCommand = (typeof benchCommands)[number]

export const codeOf = (command: BenchCommand): string => `PB-CMD-${command}`
export const choiceCode = (choice: number): string => `PB-PICK-${choice}`
export const waveCode = (wave: number): string => `PB-W-${wave}`
