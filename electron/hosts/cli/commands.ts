import { randomUUID } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { CallName, Input, Output } from '#shared/contract/index.ts'
import type { HeldFile } from '#shared/contract/entry.ts'
import type { ImportKind, ImportResult } from '#shared/contract/orders.ts'
import { waveName } from '#shared/domain/packing/codes.ts'
import { type Invocation, language, number, oneOf, optional, text, type Values, word } from './arguments.ts'
import { openCore } from './core.ts'
import { deviceCommands } from './device-commands.ts'
import { Refused, WrongUsage } from './outcome.ts'
import { scanLines } from './scan-lines.ts'

const usage = `packbench --data DIR [--json] COMMAND
  init                                        make the data folder
  demo [--orders N]                           fill an empty folder with a made-up day
  import FILE… --shop NAME [--preset P] [--map FIELD=HEADER]… [--encoding E]
  imports list | imports rejects ID [--out FILE] | imports retry ID
                                              rows that were not taken: see them, take them as a workbook, try again
  catalog import FILE | kits import FILE | stock import FILE
  layout import FILE | layout check           shelves, or the floor that they stand on; what is wrong with it
  waybills import FILE --courier NAME
  devices find                                what is plugged in or installed, with the addresses to add it by
  printer add NAME --transport tcp|serial|usbLp|usb|spooler|cups|component|simulated --address A --language zpl|tspl|epl|cpcl|escpos|driver
          [--size 100x150] [--dpi 203] [--media gap|mark|continuous] [--profile ID] [--spare NAME] [--component-printer NAME]
  printer list | printer test NAME | printer remove NAME
  scanner add NAME --way serial|hidPos|keyboard --address A [--role any|item|label] [--bench NAME] [--baud N]
  scale add NAME --way serial|hidScale --address A [--protocol toledo|cas|request] --bench NAME [--baud N]
  scanner list | scanner remove NAME | scale list | scale remove NAME
  waves plan [--strategy NAME] [--slots N] [--units N] [--no-singles] [--shop NAME] [--before TIME]
  waves plan --compare [--strategy NAME]…      tries strategies side by side and makes nothing
  waves replan ID [--list NUMBER --picked STOPS] [--short LOCATION,SKU,FOUND]…
  waves join ID --order NUMBER --reason TEXT | waves list | waves strategies
  waves pick-list ID… --out FILE [--paper A4|80mm] [--part N/OF] [--reversed]
  waves slips ID --out FILE [--paper A5|A6|80mm] | waves labels ID --bench NAME [--reversed]
  commands --out FILE                         the sheet of command barcodes
  pack --bench NAME | handover --bench NAME   one scan a line on stdin, one JSON object a line on stdout
  export shipments --day YYYY-MM-DD --format csv|xlsx|pdf --out FILE [--encoding utf-8-bom|gbk] [--courier NAME]
  export units --day YYYY-MM-DD --format csv|xlsx --out FILE      their lots, dates and serial numbers, options as above
  doctor | backup FILE
Common: --language zh-CN|en.  Ctrl-C cancels an import, a plan or a paper.  Exit codes: 0 done, 1 refused (the reason on stderr), 2 wrong usage.`

type Command = (at: Invocation) => Promise<void>

export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parse(argv)
  if (values.help === true || positionals.length === 0) {
    if (values.help === true) return void process.stdout.write(`${usage}\n`)
    throw new WrongUsage(usage)
  }
  const command = find(positionals)
  if (command === null) throw new WrongUsage(`There is no command «${positionals.join(' ')}».\n${usage}`)
  if (typeof values.data !== 'string') throw new WrongUsage('Say where the data is: --data DIR')
  const dataDir = resolve(values.data)
  if (command.words[0] !== 'init' && command.words[0] !== 'demo' && !existsSync(dataDir)) {
    throw new Refused(`There is no data folder ${dataDir}; make one with init`)
  }
  const core = await openCore(dataDir)
  const json = values.json === true
  try {
    await command.run({
      core,
      words: positionals.slice(command.words.length),
      values,
      print: (human, value) => void process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${human}\n`),
    })
  } finally {
    await core.close()
  }
}

const options = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  language: { type: 'string' },
  orders: { type: 'string' },
  shop: { type: 'string' },
  preset: { type: 'string' },
  map: { type: 'string', multiple: true },
  encoding: { type: 'string' },
  courier: { type: 'string' },
  transport: { type: 'string' },
  address: { type: 'string' },
  size: { type: 'string' },
  dpi: { type: 'string' },
  media: { type: 'string' },
  profile: { type: 'string' },
  spare: { type: 'string' },
  'component-printer': { type: 'string' },
  way: { type: 'string' },
  role: { type: 'string' },
  protocol: { type: 'string' },
  baud: { type: 'string' },
  slots: { type: 'string' },
  units: { type: 'string' },
  'no-singles': { type: 'boolean' },
  strategy: { type: 'string', multiple: true },
  compare: { type: 'boolean' },
  picked: { type: 'string' },
  list: { type: 'string' },
  short: { type: 'string', multiple: true },
  order: { type: 'string' },
  reason: { type: 'string' },
  part: { type: 'string' },
  reversed: { type: 'boolean' },
  before: { type: 'string' },
  paper: { type: 'string' },
  out: { type: 'string' },
  bench: { type: 'string' },
  day: { type: 'string' },
  format: { type: 'string' },
} as const

function parse(argv: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    throw new WrongUsage(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

const commands: readonly { readonly words: readonly string[]; readonly run: Command }[] = [
  { words: ['init'], run: init },
  { words: ['demo'], run: demo },
  { words: ['import'], run: (at) => importFiles(at, 'orders') },
  { words: ['imports', 'list'], run: listImports },
  { words: ['imports', 'rejects'], run: listRejects },
  { words: ['imports', 'retry'], run: retryImport },
  { words: ['catalog', 'import'], run: (at) => importFiles(at, 'catalog') },
  { words: ['kits', 'import'], run: (at) => importFiles(at, 'kits') },
  { words: ['layout', 'import'], run: (at) => importFiles(at, 'layout') },
  { words: ['layout', 'check'], run: checkLayout },
  { words: ['stock', 'import'], run: (at) => importFiles(at, 'stock') },
  { words: ['waybills', 'import'], run: (at) => importFiles(at, 'waybills') },
  ...deviceCommands,
  { words: ['waves', 'plan'], run: planWaves },
  { words: ['waves', 'replan'], run: replanWave },
  { words: ['waves', 'join'], run: joinWave },
  { words: ['waves', 'strategies'], run: listStrategies },
  { words: ['waves', 'list'], run: listWaves },
  { words: ['waves', 'pick-list'], run: pickList },
  { words: ['waves', 'slips'], run: packingSlips },
  { words: ['waves', 'labels'], run: printLabels },
  { words: ['commands'], run: commandSheet },
  { words: ['pack'], run: (at) => scanLines(at.core, 'pack', text(at, 'bench')) },
  { words: ['handover'], run: (at) => scanLines(at.core, 'handover', text(at, 'bench')) },
  { words: ['export', 'shipments'], run: exportShipments },
  { words: ['export', 'units'], run: exportUnits },
  { words: ['doctor'], run: doctor },
  { words: ['backup'], run: backup },
]

const find = (words: readonly string[]) =>
  commands.find((command) => command.words.every((word, index) => words[index] === word)) ?? null

/** Calls that take a job: they tell how far they are, and end when they are cancelled. */
type LongCall = {
  [N in CallName]: Input<N> extends { readonly job?: string | undefined } ? N : never
}[CallName]

/** Shows progress on a terminal. Ctrl-C cancels the job, in whichever process it runs; a second one ends this one. */
async function longCall<N extends LongCall>(
  { core }: Invocation,
  name: N,
  input: Omit<Input<N>, 'job'>,
): Promise<Output<N>> {
  const job = randomUUID()
  let told = false
  if (process.stderr.isTTY) {
    core.onProgress(({ phase, done, total }) => {
      told = true
      process.stderr.write(`\r${phase} ${total > 0 ? `${done}/${total}` : done}   `)
    })
  }
  // A core that has gone since has nothing left to cancel.
  const cancel = () => void core.call('app.cancel', { job }).catch(() => undefined)
  process.once('SIGINT', cancel)
  try {
    return await core.call(name, { ...input, job } as Input<N>)
  } finally {
    process.off('SIGINT', cancel)
    if (told) process.stderr.write('\n')
  }
}

// --- commands --------------------------------------------------------------------------------------------------

async function init(at: Invocation): Promise<void> {
  const info = await at.core.call('app.info', {})
  at.print(`ready: ${info.dataDir}`, { dataDir: info.dataDir, version: info.version })
}

async function demo(at: Invocation): Promise<void> {
  const done = await longCall(at, 'app.demo', { orders: number(at, 'orders') ?? 120 })
  at.print(`${done.orders} orders`, done)
}

async function importFiles(at: Invocation, kind: ImportKind): Promise<void> {
  if (at.words.length === 0) throw new WrongUsage('Name the file to import')
  if (kind === 'orders') text(at, 'shop')
  if (kind === 'waybills') text(at, 'courier')
  const encoding = optional(at, 'encoding')
  const shop = optional(at, 'shop')
  const courier = optional(at, 'courier')
  const preset = optional(at, 'preset')
  const mapping = mappingOf(at)
  const result = await longCall(at, 'imports.run', {
    kind,
    files: at.words.map((file) => ({ path: resolve(file) })),
    ...(shop !== undefined && { shop }),
    ...(courier !== undefined && { courier }),
    ...(preset !== undefined && { preset }),
    ...(mapping !== undefined && { mapping }),
    ...(encoding !== undefined && {
      encoding: oneOf(encoding, ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'shift_jis'], '--encoding'),
    }),
  })
  printImport(at, kind, result)
}

async function listImports(at: Invocation): Promise<void> {
  const { imports } = await at.core.call('imports.list', {})
  at.print(
    imports
      .map(
        (one) =>
          `${one.id}  ${one.at}  ${one.kind}  ${one.file}  ${one.created} new  ${one.rejected} rejected`,
      )
      .join('\n'),
    imports,
  )
}

async function listRejects(at: Invocation): Promise<void> {
  const importId = importIdOf(at)
  const { rows } = await at.core.call('imports.rejects', { importId })
  const out = optional(at, 'out')
  if (out === undefined) {
    const shown = rows.map(({ again, ...row }) => ({ ...rowText(row), value: row.value, again }))
    at.print(
      shown
        .map((row) => `${row.file} row ${row.row} ${row.column}: ${row.reason}  «${row.value ?? ''}»`)
        .join('\n'),
      shown,
    )
    return
  }
  const files = [...new Set(rows.filter((row) => row.again).map((row) => row.file))]
  const [file] = files
  if (file === undefined) throw new Refused('No rows of this import are kept that could be tried again')
  if (files.length > 1)
    throw new Refused(`The rows are of ${files.length} files: try them again, or save them in the app`)
  await saveFile(at, await at.core.call('imports.rejectsFile', { importId, file }), out)
}

async function retryImport(at: Invocation): Promise<void> {
  printImport(at, 'orders', await longCall(at, 'imports.retry', { importId: importIdOf(at), mended: [] }))
}

function importIdOf(at: Invocation): string {
  const id = word(at, 0, "The import's id (imports list)")
  if (!/^[0-9a-f-]{36}$/i.test(id)) throw new WrongUsage('An import has an id like those of imports list')
  return id
}

function printImport(at: Invocation, kind: ImportKind, result: ImportResult): void {
  const { created, updated, unchanged, held } = result
  const rejected = result.rejected.map(rowText)
  const notes = result.notes.map(rowText)
  const lines = [...rejected.slice(0, 20), ...notes.slice(0, 20)].map(
    (row) => `  ${row.file} row ${row.row} ${row.column}: ${row.reason}`,
  )
  const exploded = kind === 'kits' ? `, waiting orders exploded ${result.exploded}` : ''
  at.print(
    [
      `created ${created}, updated ${updated}, unchanged ${unchanged}, held ${held}, rejected ${rejected.length}${exploded}`,
      ...lines,
    ].join('\n'),
    {
      created,
      updated,
      unchanged,
      held,
      rejected,
      ...(kind === 'kits' && { exploded: result.exploded, notes }),
    },
  )
  // Shelves come row by row, a floor whole or not at all.
  if (kind === 'layout' && rejected.length > 0 && created + updated + unchanged === 0)
    throw new Refused(
      `Nothing of the file was taken over: ${rejected.length} rows are wrong; what was here stays`,
    )
}

function mappingOf({ values }: Invocation): Record<string, string> | undefined {
  const pairs = values.map
  if (!Array.isArray(pairs)) return undefined
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new WrongUsage('--map takes FIELD=HEADER')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

const rowText = ({ file, row, column, reason }: ImportResult['rejected'][number]) => ({
  file,
  row,
  column,
  reason: reasonText(reason),
})

function reasonText({ code, params }: ImportResult['rejected'][number]['reason']): string {
  const words = Object.entries(params ?? {}).map(([name, value]) => `${name}=${value}`)
  return words.length === 0 ? code : `${code} (${words.join(', ')})`
}

async function checkLayout(at: Invocation): Promise<void> {
  const { plan, source, findings } = await at.core.call('waves.floor', {})
  const size =
    plan === null
      ? 'no floor is known: lists follow the shelf codes'
      : `${source}: ${plan.aisles.length} aisles, ${plan.crossAisles.length} cross aisles, ${plan.depots.length} depots`
  const lines = findings.map(
    ({ severity, code, about, count }) =>
      `${severity} ${code} (${count})${about.length === 0 ? '' : `: ${about.join(', ')}`}`,
  )
  at.print([size, ...lines].join('\n'), { source, plan, findings })
  if (findings.some(({ severity }) => severity === 'error'))
    throw new Refused('The layout has errors, see above')
}

/** Names given with --strategy, in their order. */
const strategiesOf = ({ values }: Invocation): string[] =>
  Array.isArray(values.strategy) ? values.strategy : []

async function planWaves(at: Invocation): Promise<void> {
  const slots = number(at, 'slots')
  const units = number(at, 'units')
  const shop = optional(at, 'shop')
  const before = optional(at, 'before')
  const among = { ...(shop !== undefined && { shop }), ...(before !== undefined && { before }) }
  if (at.values.compare === true) {
    if (slots !== undefined || units !== undefined || at.values['no-singles'] === true)
      throw new WrongUsage(
        '--compare tries strategies as they are: it goes without --slots, --units, --no-singles',
      )
    return compareStrategies(at, among)
  }
  const [strategy, another] = strategiesOf(at)
  if (another !== undefined) throw new WrongUsage('Waves are made with one strategy; --compare tries several')
  const plan = await longCall(at, 'waves.plan', {
    ...among,
    ...(strategy !== undefined && { strategy }),
    ...(at.values['no-singles'] === true && { singles: false }),
    ...(slots !== undefined && { slots }),
    ...(units !== undefined && { units }),
  })
  at.print(
    [
      ...plan.waves.map(waveLine),
      ...plan.leftOut.map((one) => `left out ${one.order}: ${reasonText(one.reason)}`),
    ].join('\n'),
    plan,
  )
}

async function compareStrategies(
  at: Invocation,
  among: { readonly shop?: string; readonly before?: string },
): Promise<void> {
  const named = strategiesOf(at)
  const known = (await at.core.call('waves.strategies', {})).strategies.map(({ name }) => name)
  const strategies = named.length > 0 ? named : known.slice(0, 8)
  const { plans } = await longCall(at, 'waves.compare', { ...among, strategies })
  const rows = plans.map((plan) => [
    plan.strategy,
    `${plan.waves.length} waves`,
    `${plan.orders} orders`,
    plan.distanceMm === null ? 'metres unknown' : `${Math.round(plan.distanceMm / 1000)} m`,
    `${Math.round(plan.workSeconds / 60)} min work`,
    `done in ${Math.round(plan.doneSeconds / 60)} min`,
    `${plan.late} late (${plan.lateMinutes} min)`,
    `${plan.leftOutCount} left out`,
  ])
  at.print(rows.map((row) => row.join('  ')).join('\n'), plans)
}

async function replanWave(at: Invocation): Promise<void> {
  const shorts = (Array.isArray(at.values.short) ? at.values.short : []).map((text) => {
    const [location = '', sku = '', found = ''] = text.split(',')
    if (location === '' || sku === '' || !/^\d{1,9}$/.test(found))
      throw new WrongUsage('--short takes LOCATION,SKU,FOUND')
    return { location, sku, found: Number(found) }
  })
  const picked = number(at, 'picked') ?? 0
  const list = number(at, 'list')
  if (picked > 0 && list === undefined)
    throw new WrongUsage('--picked is counted on a list: say --list NUMBER')
  const done = await at.core.call('waves.replan', {
    id: word(at, 0, "The wave's number"),
    picked,
    ...(list !== undefined && { revision: list }),
    shorts,
  })
  at.print(
    [
      `list ${done.revision}: ${done.stops} stops left, ${done.moved} moved to other shelves`,
      ...done.left.map((one) => `nothing more for ${one.order}: ${reasonText(one.reason)}`),
    ].join('\n'),
    done,
  )
}

async function joinWave(at: Invocation): Promise<void> {
  const id = word(at, 0, "The wave's number")
  const joined = await at.core.call('waves.join', {
    id,
    order: text(at, 'order'),
    reason: text(at, 'reason'),
  })
  const slot = joined.slot === null ? '' : `, slot ${joined.slot}`
  at.print(`joined${slot}; the list to print is number ${joined.revision}`, joined)
}

async function printLabels(at: Invocation): Promise<void> {
  const done = await longCall(at, 'packing.printWave', {
    wave: word(at, 0, "The wave's number"),
    bench: text(at, 'bench'),
    reversed: at.values.reversed === true,
  })
  const left = done.left.map(({ order, reason }) => `no label for ${order}: ${reasonText(reason)}`)
  at.print([`${done.printed} labels`, ...left].join('\n'), done)
}

async function listStrategies(at: Invocation): Promise<void> {
  const { strategies } = await at.core.call('waves.strategies', {})
  at.print(strategies.map(({ name, builtIn }) => `${name}${builtIn ? '' : '  (own)'}`).join('\n'), strategies)
}

async function listWaves(at: Invocation): Promise<void> {
  const { waves } = await at.core.call('waves.list', {})
  at.print(waves.map(waveLine).join('\n'), waves)
}

const waveLine = (wave: {
  number: number
  kind: string
  state: string
  orders: number
  packed: number
  units: number
  distanceMm: number | null
}) =>
  [
    waveName(wave.number),
    wave.kind,
    wave.state,
    `${wave.packed}/${wave.orders} orders`,
    `${wave.units} units`,
    ...(wave.distanceMm === null ? [] : [`${Math.round(wave.distanceMm / 1000)} m`]),
  ].join('  ')

async function pickList(at: Invocation): Promise<void> {
  const out = text(at, 'out')
  if (at.words.length > 1 && optional(at, 'part') !== undefined)
    throw new WrongUsage('--part is a part of one wave: name one')
  const split = /^(\d{1,2})\/(\d{1,2})$/.exec(optional(at, 'part') ?? '1/1')
  if (split === null) throw new WrongUsage('--part takes N/OF, for example 1/2')
  const how = {
    paper: oneOf(optional(at, 'paper') ?? 'A4', ['A4', '80mm'], '--paper'),
    reversed: at.values.reversed === true,
    language: language(at),
  }
  const id = word(at, 0, "The wave's number")
  const file =
    at.words.length > 1
      ? await longCall(at, 'waves.pickLists', { ids: [...at.words], ...how })
      : await longCall(at, 'waves.pickList', {
          id,
          part: Number(split[1]),
          parts: Number(split[2]),
          ...how,
        })
  await saveFile(at, file, out)
}

async function packingSlips(at: Invocation): Promise<void> {
  const out = text(at, 'out')
  const file = await longCall(at, 'waves.packingSlips', {
    id: word(at, 0, "The wave's number"),
    paper: oneOf(optional(at, 'paper') ?? 'A5', ['A5', 'A6', '80mm'], '--paper'),
    language: language(at),
  })
  await saveFile(at, file, out)
}

async function commandSheet(at: Invocation): Promise<void> {
  const out = text(at, 'out')
  await saveFile(at, await at.core.call('waves.commandSheet', { language: language(at) }), out)
}

/** A day that a calendar has: not 2026-02-31. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  new Date(Date.parse(`${text}T00:00:00Z`) || 0).toISOString().startsWith(text)

/** What every export of a day takes beside its format. */
function dayToExport(at: Invocation) {
  const day = text(at, 'day')
  if (!isDay(day)) throw new WrongUsage('--day takes YYYY-MM-DD')
  const courier = optional(at, 'courier')
  return {
    day,
    encoding: oneOf(optional(at, 'encoding') ?? 'utf-8-bom', ['utf-8-bom', 'gbk'], '--encoding'),
    language: language(at),
    ...(courier !== undefined && { courier }),
  }
}

async function exportShipments(at: Invocation): Promise<void> {
  const out = text(at, 'out')
  const format = oneOf(text(at, 'format'), ['csv', 'xlsx', 'pdf'], '--format')
  await saveFile(at, await longCall(at, 'shipments.export', { format, ...dayToExport(at) }), out)
}

async function exportUnits(at: Invocation): Promise<void> {
  const out = text(at, 'out')
  const format = oneOf(text(at, 'format'), ['csv', 'xlsx'], '--format')
  await saveFile(at, await longCall(at, 'shipments.exportUnits', { format, ...dayToExport(at) }), out)
}

/** Fetches a held file piece by piece and writes it where the caller wants it. */
async function saveFile(at: Invocation, file: HeldFile, out: string): Promise<void> {
  const pieces: Buffer[] = []
  for (let offset = 0; offset < file.size;) {
    const piece = await at.core.call('files.read', { id: file.id, offset, length: 1_000_000 })
    const bytes = Buffer.from(piece.base64, 'base64')
    if (bytes.length === 0) break
    pieces.push(bytes)
    offset += bytes.length
  }
  const path = resolve(out)
  try {
    writeFileSync(path, Buffer.concat(pieces))
  } catch (error) {
    throw new Refused(
      `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  at.print(path, { file: path, size: file.size })
}

async function doctor(at: Invocation): Promise<void> {
  const { checks } = await at.core.call('files.doctor', {})
  at.print(checks.map((check) => `${check.ok ? 'ok ' : 'NO '} ${check.id} ${check.detail}`).join('\n'), {
    checks,
  })
  if (checks.some((check) => !check.ok && check.id !== 'backup'))
    throw new Refused('Something is wrong, see above')
}

async function backup(at: Invocation): Promise<void> {
  const target = resolve(word(at, 0, 'The file to write'))
  if (existsSync(target)) throw new Refused(`${target} is there already; a backup never overwrites`)
  const made = await at.core.call('backup.create', { target })
  at.print(made.file, made)
}
