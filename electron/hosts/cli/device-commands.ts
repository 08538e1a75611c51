import { inputDevice, inputWay, printer, scaleProtocol, scannerRole } from '#shared/contract/devices.ts'
import { type Invocation, number, oneOf, optional, text, word } from './arguments.ts'
import { Refused, WrongUsage } from './outcome.ts'

/** Printers, scanners and scales on the command line. */
export const deviceCommands = [
  { words: ['devices', 'find'], run: findDevices },
  { words: ['printer', 'add'], run: addPrinter },
  { words: ['printer', 'list'], run: listPrinters },
  { words: ['printer', 'test'], run: testPrinter },
  { words: ['printer', 'remove'], run: removePrinter },
  ...inputDevice.shape.kind.options.flatMap((kind) => [
    { words: [kind, 'add'], run: (at: Invocation) => addInput(at, kind) },
    { words: [kind, 'list'], run: (at: Invocation) => listInputs(at, kind) },
    { words: [kind, 'remove'], run: (at: Invocation) => removeInput(at, kind) },
  ]),
] as const

type InputKind = (typeof inputDevice.shape.kind.options)[number]

async function findDevices(at: Invocation): Promise<void> {
  const { found } = await at.core.call('devices.find', {})
  const lines = found.map(({ kind, name, way, address, guesses, known }) =>
    [
      `${kind}  ${name}  ${way} ${address}`,
      ...(guesses.length === 0 ? [] : [guesses.map(({ language }) => language).join(' ')]),
      ...(known === null ? [] : [`set up as ${known}`]),
    ].join('  '),
  )
  at.print(lines.length === 0 ? 'nothing was found' : lines.join('\n'), found)
}

async function addPrinter(at: Invocation): Promise<void> {
  const { transport, language, media } = printer.shape
  const name = word(at, 0, "The printer's name")
  // The name of one that is there means that one: what is not said of it stays.
  const { printers } = await at.core.call('devices.printers', {})
  const known = printers.find((one) => one.name === name)
  const said = optional(at, 'size')
  const size = /^(\d{2,3})x(\d{2,3})$/.exec(said ?? '')
  if (said !== undefined && size === null) throw new WrongUsage('--size takes WIDTHxHEIGHT in millimetres')
  const dots = optional(at, 'dpi')
  const dpi = dots === undefined ? (known?.dpi ?? 203) : oneOf(dots, ['203', '300'], '--dpi')
  const [spare, profile] = [optional(at, 'spare'), optional(at, 'profile')]
  const [given, componentPrinter] = [optional(at, 'media'), optional(at, 'component-printer')]
  const spoken = optional(at, 'language')
  const way = oneOf(text(at, 'transport'), transport.options, '--transport')
  // A component draws by itself.
  if (spoken === undefined && way !== 'component') throw new WrongUsage('--language is needed')
  const saved = await at.core.call('devices.savePrinter', {
    name,
    transport: way,
    address: text(at, 'address'),
    language: oneOf(spoken ?? 'zpl', language.options, '--language'),
    widthMm: size === null ? (known?.widthMm ?? 100) : Number(size[1]),
    heightMm: size === null ? (known?.heightMm ?? 150) : Number(size[2]),
    dpi: Number(dpi) === 300 ? 300 : 203,
    ...(given !== undefined && { media: oneOf(given, media.unwrap().options, '--media') }),
    ...(profile !== undefined && { profile }),
    ...(componentPrinter !== undefined && { componentPrinter }),
    ...(spare !== undefined && { spare: (await printerNamed(at, spare)).id }),
  })
  at.print(`printer ${saved.name}`, saved)
}

async function listPrinters(at: Invocation): Promise<void> {
  const { printers } = await at.core.call('devices.printers', {})
  at.print(
    printers.map((one) => `${one.name}  ${one.transport} ${one.address}  ${one.language}`).join('\n'),
    printers,
  )
}

async function testPrinter(at: Invocation): Promise<void> {
  const { id, name } = await printerNamed(at, word(at, 0, "The printer's name"))
  const answer = await at.core.call('devices.testPrint', { id })
  at.print(`${name}: ${answer.outcome} ${answer.reason}`.trim(), answer)
  if (answer.outcome === 'notSent') throw new Refused(`The test page did not reach ${name}: ${answer.reason}`)
}

async function removePrinter(at: Invocation): Promise<void> {
  const { id, name } = await printerNamed(at, word(at, 0, "The printer's name"))
  await at.core.call('devices.removePrinter', { id })
  at.print(`removed printer ${name}`, { id })
}

async function printerNamed(at: Invocation, name: string) {
  const { printers } = await at.core.call('devices.printers', {})
  const found = printers.find((one) => one.name === name)
  if (found === undefined) throw new Refused(`There is no printer ${name}`)
  return found
}

async function addInput(at: Invocation, kind: InputKind): Promise<void> {
  const [role, protocol, baud] = [optional(at, 'role'), optional(at, 'protocol'), number(at, 'baud')]
  const way = oneOf(text(at, 'way'), inputWay.options, '--way')
  if ((way === 'hidScale') !== (kind === 'scale') && way !== 'serial')
    throw new WrongUsage(`--way ${way} is none of a ${kind}`)
  const name = word(at, 0, `The ${kind}'s name`)
  const { id } = await at.core.call('devices.saveInput', {
    name,
    kind,
    way,
    address: text(at, 'address'),
    // A scanner without one is heard at every bench; a scale stands at one.
    bench: kind === 'scale' ? text(at, 'bench') : (optional(at, 'bench') ?? null),
    ...(role !== undefined && { role: oneOf(role, scannerRole.options, '--role') }),
    settings: {
      ...(protocol !== undefined && { protocol: oneOf(protocol, scaleProtocol.options, '--protocol') }),
      ...(baud !== undefined && { serial: { baud } }),
    },
  })
  at.print(`${kind} ${name}`, { id, name })
}

async function listInputs(at: Invocation, kind: InputKind): Promise<void> {
  const inputs = await inputsOf(at, kind)
  at.print(inputs.map((one) => `${one.name}  ${one.way} ${one.address}  ${one.link.kind}`).join('\n'), inputs)
}

async function removeInput(at: Invocation, kind: InputKind): Promise<void> {
  const name = word(at, 0, `The ${kind}'s name`)
  const found = (await inputsOf(at, kind)).find((one) => one.name === name)
  if (found === undefined) throw new Refused(`There is no ${kind} ${name}`)
  await at.core.call('devices.removeInput', { id: found.id })
  at.print(`removed ${kind} ${name}`, { id: found.id })
}

const inputsOf = async (at: Invocation, kind: InputKind) =>
  (await at.core.call('devices.inputs', {})).inputs.filter((one) => one.kind === kind)
