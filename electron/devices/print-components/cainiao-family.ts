import type { ComponentTask } from '#electron/ports/print-component.ts'
import { type Fields, fieldsIn, idIn, reasonIn, wordIn } from './fields.ts'
import type { Answer, Asked, Paper, Platform, Saying, WaybillOf } from './platform.ts'

/** In what one component of the family differs from the others. */
export interface Dialect {
  readonly usualAddress: string
  readonly oneTaskAt: Platform['oneTaskAt']
  /** The command of the message that says how a task went. */
  readonly notify: string
  /** What a failed task says about paper, where the failure is not one of drawing. */
  readonly failure: Paper
  /** Why a task could not be printed, beside what all of the family want. */
  readonly refuses?: (task: ComponentTask) => string | undefined
  readonly taskFields?: Fields
  readonly documentFields?: (task: ComponentTask) => Fields
  readonly waybillFields?: (task: ComponentTask) => Fields
  /** What the data of the area under the waybill is called. */
  readonly customData: string
}

const version = '1.0'

/**
 * The protocol that most components took over from Cainiao's (open.alitrip.com, articleId 107014): every message has
 * `cmd` and `requestID`, a task has a `taskID`, the answer to `print` means taken and no more, and a later message
 * says how the task went, document by document. One document a task, as that document advises: nothing else is printed
 * again with it. What is said of another document is no word about ours.
 */
export function cainiaoFamily(dialect: Dialect): Platform {
  return {
    usualAddress: dialect.usualAddress,
    oneTaskAt: dialect.oneTaskAt,
    askPrinters: (requestID) => ({ cmd: 'getPrinters', requestID, version }),
    askPrint: (task) => askPrint(dialect, task),
    askStatus: (requestID, task) => ({ cmd: 'getTaskStatus', requestID, version, taskID: [task] }),
    read(message, waybillOf) {
      if (message.cmd === 'getPrinters') return about(idIn(message.requestID), readPrinters(message))
      if (message.cmd === 'print')
        return about(idIn(message.taskID) ?? idIn(message.requestID), readTaken(message))
      if (message.cmd === 'getTaskStatus')
        return fieldsIn(message.printStatus).flatMap((one) => aboutTask(one, waybillOf, readStatus))
      if (message.cmd === dialect.notify)
        return aboutTask(message, waybillOf, (task, waybill) => readResult(task, waybill, dialect))
      return []
    },
  }
}

const about = (id: string | undefined, says: Saying | undefined): readonly Answer[] =>
  id === undefined || says === undefined ? [] : [{ about: id, says }]

function aboutTask(
  task: Fields,
  waybillOf: WaybillOf,
  read: (task: Fields, waybill: string | undefined) => Saying | undefined,
): readonly Answer[] {
  const id = idIn(task.taskID)
  return id === undefined ? [] : about(id, read(task, waybillOf(id)))
}

function askPrint(dialect: Dialect, task: ComponentTask): Asked {
  const { printData, custom } = task
  if (wordIn(printData.templateURL) === '' && wordIn(printData.templateUrl) === '')
    return { ok: false, reason: 'the print data of this waybill names no template' }
  const refusal = dialect.refuses?.(task)
  if (refusal !== undefined) return { ok: false, reason: refusal }
  const contents: Fields[] = [{ ...printData, ...dialect.waybillFields?.(task) }]
  if (custom !== undefined)
    contents.push({ [dialect.customData]: custom.data, templateURL: custom.templateUrl })
  return {
    ok: true,
    message: {
      cmd: 'print',
      requestID: task.id,
      version,
      task: {
        taskID: task.id,
        preview: false,
        printer: task.printer,
        ...dialect.taskFields,
        documents: [{ documentID: task.waybill, ...dialect.documentFields?.(task), contents }],
      },
    },
  }
}

function readPrinters(message: Fields): Saying {
  if (message.status === 'failed' || !Array.isArray(message.printers))
    return { kind: 'noPrinters', reason: reasonIn(message.msg) }
  return {
    kind: 'printers',
    printers: fieldsIn(message.printers).flatMap(({ name, status }) =>
      typeof name === 'string'
        ? [{ name, enabled: status !== 'disable', isDefault: name === message.defaultPrinter }]
        : [],
    ),
  }
}

function readTaken(message: Fields): Saying | undefined {
  const status = wordIn(message.status)
  if (status === 'success') return { kind: 'accepted' }
  return status === 'failed' ? { kind: 'failed', paper: 'none', reason: reasonIn(message.msg) } : undefined
}

function readResult(message: Fields, waybill: string | undefined, dialect: Dialect): Saying | undefined {
  const { ours, others } = documentsOf(message.printStatus, waybill)
  const fault = ours.find(isFault)
  const failed = (paper: Paper): Saying => ({
    kind: 'failed',
    paper,
    reason: reasonIn(fault?.msg, fault?.detail, message.msg, ours[0]?.msg, others.find(isFault)?.msg),
  })
  switch (wordIn(message.taskStatus)) {
    case 'rendered': // a label that could not be drawn is never heard of again
      return fault === undefined ? { kind: 'rendered' } : failed('none')
    case 'printed':
      if (fault !== undefined) return failed('maybe')
      return isSuccess(ours) ? { kind: 'printed' } : { kind: 'failed', paper: 'maybe', reason: notNamed }
    case 'partPrinted':
      return failed('maybe')
    case 'failed':
      return failed(dialect.failure)
    default:
      return undefined
  }
}

const notNamed = 'the print component does not say that this label is out'

/**
 * The answer names no stage, so that a failure says nothing about paper, and success only that the component is through
 * with the label; a task that is still under way says nothing.
 */
function readStatus(task: Fields, waybill: string | undefined): Saying | undefined {
  const { ours } = documentsOf(task.detailStatus, waybill)
  const fault = ours.find(isFault)
  if (fault !== undefined)
    return { kind: 'failed', paper: 'maybe', reason: reasonIn(fault.msg, fault.detail) }
  return isSuccess(ours) ? { kind: 'taken' } : undefined
}

function documentsOf(list: unknown, waybill: string | undefined) {
  const documents = fieldsIn(list)
  const isOurs = ({ documentID }: Fields) => waybill !== undefined && idIn(documentID) === waybill
  return { ours: documents.filter(isOurs), others: documents.filter((one) => !isOurs(one)) }
}

const isSuccess = (documents: readonly Fields[]): boolean =>
  documents.length > 0 && documents.every(({ status }) => wordIn(status) === 'success')

const isFault = ({ status, failCount }: Fields): boolean =>
  ['failed', 'canceled'].includes(wordIn(status)) || Number(failCount ?? 0) > 0
