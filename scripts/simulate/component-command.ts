import { parseArgs } from 'node:util'
import { speeches, type SpokenPlatform } from './component-speech.ts'
import { type ComponentFault, componentFaults, startComponent } from './component.ts'

export const usage = `component --platform ${Object.keys(speeches).join('|')} [--port N] [--fault ${componentFaults.join('|')}]`

/** A print component for people, at the platform's usual port; false when the options are not understood. */
export async function run(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      platform: { type: 'string', default: 'cainiao' },
      port: { type: 'string' },
      fault: { type: 'string' },
    },
  })
  const { platform, fault } = values
  const port = values.port === undefined ? undefined : Number(values.port)
  if (!isPlatform(platform) || (fault !== undefined && !isFault(fault))) return false
  if (port !== undefined && !Number.isInteger(port)) return false
  const component = await startComponent({
    platform,
    ...(port === undefined ? {} : { port }),
    fault: () => fault,
    say: console.log,
  })
  console.log(`component: ${platform} listens at ${component.url}, fault: ${fault ?? 'none'}`)
  return true
}

const isPlatform = (name: string): name is SpokenPlatform => Object.hasOwn(speeches, name)
const isFault = (name: string): name is ComponentFault => componentFaults.some((one) => one === name)
