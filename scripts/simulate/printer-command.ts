import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { faultUsage } from './printer-faults.ts'
import { speeches, type Language } from './printer-languages.ts'
import { startSimulatedPrinter } from './printer.ts'

export const usage = [
  'npm run simulate -- printer [--port 9100] [--language raw|zpl|tspl|escpos] [--out DIR] [--label-ms 600]',
  '                            [--answers-in-trouble] [--fault FAULT]',
  `  FAULT, also as lines on standard input while it runs: ${faultUsage}`,
  '  A serial printer: socat PTY,link=/tmp/printer,raw,echo=0 TCP:127.0.0.1:9100',
].join('\n')

/** Runs until it is killed; false when the arguments were not understood. */
export async function run(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '9100' },
      host: { type: 'string', default: '0.0.0.0' },
      language: { type: 'string', default: 'raw' },
      out: { type: 'string', default: '.cache/printed' },
      'label-ms': { type: 'string', default: '600' },
      'answers-in-trouble': { type: 'boolean', default: false },
      fault: { type: 'string', default: 'ok' },
    },
  })
  const isLanguage = (text: string): text is Language => Object.hasOwn(speeches, text)
  const [port, labelMs] = [Number(values.port), Number(values['label-ms'])]
  if (!isLanguage(values.language) || !Number.isInteger(port) || !(labelMs >= 0)) return false
  const printer = await startSimulatedPrinter({
    port,
    labelMs,
    host: values.host,
    language: values.language,
    out: values.out,
    muteInTrouble: !values['answers-in-trouble'],
    say: (line) => console.log(line),
  })
  if (!(await printer.fault(values.fault))) {
    await printer.close()
    return false
  }
  console.log(
    `printer: listening on port ${printer.port}, speaks ${values.language}, labels go to ${values.out}`,
  )
  for await (const line of createInterface(process.stdin)) {
    console.log((await printer.fault(line)) ? `fault: ${line.trim()}` : `unknown: ${line}\n  ${faultUsage}`)
  }
  return true
}
