import type { ComponentTask } from '#electron/ports/print-component.ts'
import { type Fields, fieldsIn, idIn, reasonIn, wordIn } from './fields.ts'
import type { Asked, Platform, Saying } from './platform.ts'

const version = '2'

/** What JD's answers are about, told by `code`. */
const codes = { print: '2', printers: '6' } as const
/** The statuses of data that could not be read: such a task is never printed. */
const unreadable: readonly string[] = ['502', '503']

/**
 * JD's component, protocol 2 (open.jdl.com, access-guide 157/54222). One answer a request, found by its `key`; it does
 * not tell whether a label is out, and there is nothing to ask afterwards. Truth is written as text.
 */
export const jd: Platform = {
  usualAddress: 'ws://localhost:9113',
  oneTaskAt: 'printer',
  askPrinters: (key) => ({ key, orderType: 'GET_Printers', version, parameters: {} }),
  askPrint,
  read(message) {
    const about = idIn(message.key)
    if (about === undefined) return []
    const code = idIn(message.code)
    if (code === codes.printers) return [{ about, says: readPrinters(message) }]
    return code === codes.print ? [{ about, says: readPrint(message) }] : []
  },
}

function askPrint({ id, printer, printData, custom }: ComponentTask): Asked {
  if (wordIn(printData.tempUrl) === '' || wordIn(printData.printData) === '')
    return { ok: false, reason: "JD's print data needs tempUrl and printData, both as text" }
  const area = custom === undefined ? {} : { customTempUrl: custom.templateUrl, customData: custom.data }
  return {
    ok: true,
    message: {
      key: id,
      orderType: 'PRINT',
      version,
      parameters: { printName: printer, contents: [{ ...printData, ...area }] },
    },
  }
}

function readPrinters(message: Fields): Saying {
  const printers = detail(message).printers
  if (!isTrue(message.success) || !Array.isArray(printers))
    return { kind: 'noPrinters', reason: reasonIn(message.message) }
  return {
    kind: 'printers',
    printers: printers
      .filter((name) => typeof name === 'string')
      .map((name) => ({ name, enabled: true, isDefault: false })),
  }
}

function readPrint(message: Fields): Saying {
  const status = idIn(message.status)
  const errors = fieldsIn(detail(message).errors)
  const unread = status !== undefined && unreadable.includes(status)
  if (isTrue(message.success) && !unread && errors.length === 0) return { kind: 'taken' }
  return {
    kind: 'failed',
    paper: unread && !isTrue(message.success) ? 'none' : 'maybe',
    reason: reasonIn(errors[0]?.msg, message.message),
  }
}

const detail = (message: Fields): Fields => fieldsIn([message.detailinfo])[0] ?? {}

/** `"false"` is a text like any other: only the word itself is true. */
const isTrue = (value: unknown): boolean => value === true || wordIn(value).toLowerCase() === 'true'
