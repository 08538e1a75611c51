/** Devices for people without hardware: `npm run simulate -- DEVICE [OPTIONS]`. */
interface Command {
  readonly usage: string
  /** False when the arguments were not understood. */
  run(args: readonly string[]): Promise<boolean>
}

const devices: Readonly<Record<string, () => Promise<Command>>> = {
  printer: () => import('./simulate/printer-command.ts'),
  component: () => import('./simulate/component-command.ts'),
  scanner: () => import('./simulate/scanner.ts'),
  scale: () => import('./simulate/scale.ts'),
}

const [device = '', ...args] = process.argv.slice(2)
const wanted = await devices[device]?.()
const understood = await wanted?.run(args).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return false
})
if (understood !== true) {
  const all =
    wanted === undefined ? await Promise.all(Object.values(devices).map((load) => load())) : [wanted]
  console.error(`usage:\n${all.map(({ usage }) => usage).join('\n')}`)
  process.exit(2)
}
