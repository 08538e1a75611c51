/**
 * What each print component says, written from its documents alone: Cainiao (open.alitrip.com, articleId 107014),
 * Pinduoduo (as retold at coreui.cn/news/516213), JD (open.jdl.com, access-guide 157/54222), Kuaishou (as retold at
 * mynw.cn/news/272254), Douyin (public types of clients).
 */
export type SpokenPlatform = 'cainiao' | 'pinduoduo' | 'douyin' | 'jd' | 'kuaishou'

export type Json = Readonly<Record<string, unknown>>

/** A task as it came in, one document of it. */
export interface Order {
  readonly request: string
  readonly task: string
  readonly document: string
  readonly printer: string
  readonly documents: number
  /** What the component would not take in it. */
  readonly fault: string | undefined
}

export type Heard =
  | { readonly kind: 'printers'; readonly request: string }
  | { readonly kind: 'print'; readonly order: Order }
  | { readonly kind: 'status'; readonly request: string; readonly tasks: readonly string[] }

export type Step = 'rendered' | 'renderFailed' | 'printed' | 'failed'
export type Standing = 'success' | 'failed' | 'pending'

export interface Speech {
  readonly port: number
  readonly path: string
  /** Takes a task only when the one before is over. */
  readonly oneByOne: boolean
  hear(message: Json): Heard | undefined
  printers(request: string, names: readonly string[]): Json
  taken(order: Order, refusal: string | undefined): Json
  /** Undefined for a step that this component does not tell. */
  step(order: Order, step: Step): Json | undefined
  /** `standing` of each task that is remembered. */
  status(request: string, standing: readonly (readonly [Order, Standing])[]): Json | undefined
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function hearCommand(message: Json, fault: (document: Json) => string | undefined): Heard | undefined {
  const request = text(message.requestID)
  if (request === '' || message.version !== '1.0') return undefined
  if (message.cmd === 'getPrinters') return { kind: 'printers', request }
  if (message.cmd === 'getTaskStatus')
    return { kind: 'status', request, tasks: Array.isArray(message.taskID) ? message.taskID.map(text) : [] }
  if (message.cmd !== 'print') return undefined
  const task = object(message.task)
  const documents = list(task.documents)
  const first = documents[0] ?? {}
  return {
    kind: 'print',
    order: {
      request,
      task: text(task.taskID),
      document: text(first.documentID),
      printer: text(task.printer),
      documents: documents.length,
      fault: text(first.documentID) === '' ? 'no documentID' : fault(first),
    },
  }
}

const waybillOf = (document: Json): Json => list(document.contents)[0] ?? {}

const noTemplate = (document: Json): string | undefined =>
  text(waybillOf(document).templateURL) === '' ? 'no template' : undefined

const family = {
  path: '/',
  oneByOne: false,
  printers: (requestID: string, names: readonly string[]): Json => ({
    cmd: 'getPrinters',
    requestID,
    defaultPrinter: names[0] ?? '',
    printers: names.map((name) => ({ name, status: name.endsWith('停用') ? 'disable' : 'enable' })),
  }),
  taken: ({ request, task }: Order, refusal: string | undefined): Json => ({
    cmd: 'print',
    requestID: request,
    taskID: task,
    status: refusal === undefined ? 'success' : 'failed',
    msg: refusal ?? '',
  }),
  status: (requestID: string, standing: readonly (readonly [Order, Standing])[]): Json => ({
    cmd: 'getTaskStatus',
    requestID,
    printStatus: standing.map(([order, status]) => ({
      taskID: order.task,
      detailStatus: [{ documentID: order.document, status, msg: '', printer: order.printer }],
    })),
  }),
}

const result = (order: Order, step: Step): Json => {
  const bad = step === 'renderFailed' || step === 'failed'
  return {
    taskID: order.task,
    printer: order.printer,
    taskStatus: step === 'renderFailed' ? 'rendered' : step,
    printStatus: [
      {
        documentID: order.document,
        status: bad ? 'failed' : 'success',
        msg: bad ? '打印失败' : '',
        detail: '',
        printer: order.printer,
      },
    ],
  }
}

export const speeches: Readonly<Record<SpokenPlatform, Speech>> = {
  cainiao: {
    ...family,
    port: 13528,
    hear: (message) => hearCommand(message, noTemplate),
    step: (order, step) => ({
      cmd: 'notifyPrintResult',
      requestID: order.request,
      ...result(order, step),
    }),
  },
  pinduoduo: {
    ...family,
    port: 5000,
    hear: (message) =>
      hearCommand(message, (document) =>
        text(waybillOf(document).templateUrl) === '' ? noTemplate(document) : undefined,
      ),
    // No requestID, and nothing is said of rendering.
    step: (order, step) =>
      step === 'rendered'
        ? undefined
        : {
            cmd: 'PrintResultNotify',
            ...result(order, step === 'renderFailed' ? 'failed' : step),
            firstFailedDocSN: step === 'printed' ? 0 : 1,
          },
  },
  douyin: {
    ...family,
    port: 13888,
    hear: (message) =>
      hearCommand(message, (document) =>
        new URLSearchParams(text(waybillOf(document).params)).get('method') === 'logistics.getShopKey'
          ? noTemplate(document)
          : 'no token',
      ),
    step: (order, step) => ({
      cmd: 'notifyPrintResult',
      requestID: order.request,
      ...result(order, step),
    }),
  },
  kuaishou: {
    ...family,
    port: 16888,
    path: '/ks/printer',
    oneByOne: true,
    hear: (message) =>
      hearCommand(message, (document) =>
        text(document.waybillCode) === '' || typeof document.ksOrderFlag !== 'boolean'
          ? 'no waybillCode'
          : noTemplate(document),
      ),
    // `failed ` ends with a blank.
    step: (order, step) =>
      step === 'rendered'
        ? undefined
        : {
            cmd: 'notifyPrintResult',
            requestID: order.request,
            status: 'success',
            msg: '',
            ...result(order, step),
            taskStatus: step === 'printed' ? 'printed' : 'failed ',
          },
  },
  jd: {
    port: 9113,
    path: '/',
    oneByOne: false,
    hear(message) {
      const request = text(message.key)
      if (request === '') return undefined
      if (message.orderType === 'GET_Printers') return { kind: 'printers', request }
      if (message.orderType !== 'PRINT' || message.version !== '2') return undefined
      const { printName, contents } = object(message.parameters)
      const first = list(contents)[0] ?? {}
      const readable = text(first.tempUrl) !== '' && text(first.printData) !== ''
      return {
        kind: 'print',
        order: {
          request,
          task: request,
          document: '',
          printer: text(printName),
          documents: list(contents).length,
          fault: readable ? undefined : 'no data',
        },
      }
    },
    printers: (key, printers) => jdAnswer(key, '6', true, '500', { printers }),
    taken: ({ request }, refusal) =>
      jdAnswer(request, '2', refusal === undefined, refusal === undefined ? '500' : '502', {
        errors: refusal === undefined ? [] : [{ seq: '1', msg: refusal }],
      }),
    step: ({ request }, step) =>
      step === 'failed' ? jdAnswer(request, '2', false, '500', { errors: [] }) : undefined,
    status: () => undefined,
  },
}

const jdAnswer = (key: string, code: string, success: boolean, status: string, detailinfo: Json): Json => ({
  key,
  code,
  success: String(success),
  message: success ? '' : '打印失败',
  status,
  content: '',
  detailinfo,
})
