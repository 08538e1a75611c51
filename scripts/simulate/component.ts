/**
 * A marketplace's print component for people and tests: speaks the platform's messages over a WebSocket, fails on
 * request, and keeps a ledger of what it really put out. Shares no code with the adapters.
 */
import { type WebSocket, WebSocketServer } from 'ws'
import {
  type Json,
  type Order,
  type SpokenPlatform,
  speeches,
  type Standing,
  type Step,
} from './component-speech.ts'

export const componentFaults = [
  'refusePrinter',
  'failAccept',
  'failRender',
  'failPrint',
  'printThenFail',
  'printThenFailRender',
  'silent',
  'printSilently',
  'silentAfterAccept',
  'dropBeforeAccept',
  'dropAfterAccept',
  'dropAfterPrint',
  'crash',
  'duplicateNotify',
  'foreignNotify',
  'foreignDocument',
  'late',
  'garbage',
  'huge',
  'slow',
] as const
export type ComponentFault = (typeof componentFaults)[number]

export interface ComponentOptions {
  readonly platform: SpokenPlatform
  /** 0: any free one. The platform's usual one when undefined. */
  readonly port?: number
  readonly printers?: readonly string[]
  /** Milliseconds from one step of a task to the next. */
  readonly pace?: number
  /** Milliseconds by which a late label is late. */
  readonly late?: number
  /** What happens to the next task. */
  readonly fault?: () => ComponentFault | undefined
  readonly say?: (line: string) => void
}

export interface SimulatedComponent {
  readonly url: string
  /** What really came out, in order. */
  readonly printed: readonly { readonly task: string; readonly document: string; readonly printer: string }[]
  /** Every task that came in, also one that was refused. */
  readonly received: readonly Json[]
  /** Tasks that came before the one before them was over. */
  readonly overlaps: number
  /** Connections that are open now. */
  readonly clients: number
  close(): Promise<void>
}

export async function startComponent(options: ComponentOptions): Promise<SimulatedComponent> {
  const speech = speeches[options.platform]
  const names = options.printers ?? ['面单机', '备用 停用']
  const pace = options.pace ?? 300
  const say = options.say ?? (() => undefined)
  const printed: { task: string; document: string; printer: string }[] = []
  const received: Json[] = []
  const standing = new Map<string, readonly [Order, Standing]>()
  let underWay = 0
  let overlaps = 0

  /** Comes back when the message has left: a connection that is dropped next does not swallow it. */
  const tell = (socket: WebSocket, message: Json | undefined) =>
    new Promise<void>((resolve) => {
      if (message === undefined || socket.readyState !== socket.OPEN) resolve()
      else socket.send(JSON.stringify(message), () => resolve())
    })
  const stand = (order: Order, as: Standing) => standing.set(order.task, [order, as])
  const putOut = (order: Order) => {
    printed.push({ task: order.task, document: order.document, printer: order.printer })
    stand(order, 'success')
    say(`printed ${order.document || order.task} on ${order.printer}`)
  }

  async function work(socket: WebSocket, order: Order, fault: ComponentFault | undefined): Promise<void> {
    const step = (name: Step, document = order.document) =>
      tell(socket, speech.step({ ...order, document }, name))
    const wait = () => sleep(fault === 'slow' ? pace * 10 + 30 : pace)
    const refusal = refusalOf(order, fault)
    const jdFailsLate = options.platform === 'jd' && (fault === 'failPrint' || fault === 'printThenFail')
    stand(order, 'pending')
    if (fault === 'silent') return
    if (fault === 'dropBeforeAccept') return socket.terminate()
    if (fault === 'garbage') for (const frame of garbage) socket.send(frame)
    if (fault === 'huge') socket.send(JSON.stringify({ cmd: 'print', msg: 'x'.repeat(3_000_000) }))
    await wait()
    if (fault !== 'printSilently' && !jdFailsLate) await tell(socket, speech.taken(order, refusal))
    if (refusal !== undefined) return void stand(order, 'failed')
    if (fault === 'crash') {
      standing.delete(order.task)
      return socket.terminate()
    }
    if (fault === 'silentAfterAccept') return
    if (fault === 'dropAfterAccept') socket.terminate()
    await wait()
    if (fault === 'foreignNotify') {
      for (const other of ['rendered', 'printed', 'failed'] as const)
        await tell(socket, speech.step({ ...order, request: 'another', task: 'another' }, other))
      return
    }
    if (fault === 'foreignDocument') return step('printed', 'another')
    if (fault === 'failRender') {
      stand(order, 'failed')
      return step('renderFailed')
    }
    if (fault !== 'printSilently') await step('rendered')
    await wait()
    if (fault === 'late') await sleep(options.late ?? 60_000)
    if (fault !== 'failPrint') putOut(order)
    if (fault === 'failPrint' || fault === 'printThenFail') {
      stand(order, 'failed')
      return step('failed')
    }
    if (fault === 'printThenFailRender') return step('renderFailed')
    if (fault === 'dropAfterPrint') return socket.terminate()
    if (fault === 'printSilently') return
    await step('printed')
    if (fault === 'duplicateNotify') await step('printed')
  }

  function refusalOf(order: Order, fault: ComponentFault | undefined): string | undefined {
    if (fault === 'refusePrinter' || !names.includes(order.printer)) return '打印机不存在'
    if (order.documents !== 1) return 'one document a task'
    return fault === 'failAccept' ? '任务格式有误' : order.fault
  }

  const server = new WebSocketServer({ port: options.port ?? speech.port, path: speech.path })
  server.on('connection', (socket) => {
    socket.on('error', () => undefined) // a client that hangs up is told by its 'close'
    socket.on('message', (data: Buffer) => {
      const message = readJson(data.toString('utf8'))
      const heard = message === undefined ? undefined : speech.hear(message)
      if (heard?.kind === 'printers') void tell(socket, speech.printers(heard.request, names))
      if (heard?.kind === 'status') {
        const known = heard.tasks.map((task) => standing.get(task)).filter((one) => one !== undefined)
        void tell(socket, speech.status(heard.request, known))
      }
      if (message === undefined || heard?.kind !== 'print') return
      received.push(message)
      if (underWay > 0) overlaps += 1
      underWay += 1
      void work(socket, heard.order, options.fault?.()).finally(() => {
        underWay -= 1
      })
    })
  })
  await new Promise((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : options.port
  return {
    url: `ws://127.0.0.1:${port}${speech.path}`,
    printed,
    received,
    get clients() {
      return server.clients.size
    },
    get overlaps() {
      return overlaps
    },
    close() {
      for (const client of server.clients) client.terminate()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const garbage: readonly (string | Buffer)[] = [
  '',
  'null',
  '[]',
  '42',
  '{"cmd":',
  '[[[['.repeat(50_000),
  '{"cmd":"print","status":"maybe"}',
  '{"cmd":"print","requestID":{},"taskID":[],"status":"failed"}',
  '{"cmd":"notifyPrintResult","taskID":null,"taskStatus":"printed","printStatus":7}',
  '{"cmd":"PrintResultNotify","taskStatus":"printed"}',
  '{"cmd":"getTaskStatus","printStatus":[null,{"taskID":"x","detailStatus":"success"}]}',
  '{"key":"x","code":2,"success":"yes","detailinfo":null}',
  '{"__proto__":{"taskID":"x"},"constructor":1}',
  Buffer.from([0, 1, 2, 255]),
]
