import type { PrinterStatus, PrinterTrouble } from '#shared/domain/devices/printer-status.ts'
import { unique } from './dialect.ts'

/**
 * What `lpstat -l -p QUEUE` says in the C locale: "printer Q is idle.", "now printing Q-1." or "disabled since", and
 * "Alerts:" with IPP `printer-state-reasons` (RFC 8011 §5.4.12); the socket backend says in
 * words of its own when nobody is there. A raw queue that is idle says nothing of its printer.
 */
export function readCupsQueue(text: string): PrinterStatus {
  const [, state = ''] = /^printer \S+ (is idle|now printing|disabled|waiting)/m.exec(text) ?? []
  if (state === '') return { kind: 'absent', reason: 'there is no such queue' }
  const [, alerts = ''] = /^\s+Alerts: (.*)$/m.exec(text) ?? []
  const reasons = alerts.split(/[\s,]+/).map((reason) => reason.replace(/-(report|warning|error)$/, ''))
  if (reasons.some((reason) => gone.has(reason)) || /may not exist or is unavailable/.test(text)) {
    return { kind: 'absent', reason: 'the queue cannot reach its printer' }
  }
  const troubles = unique(reasons.flatMap((reason) => words[reason] ?? []))
  if (troubles.length > 0) return { kind: 'trouble', troubles }
  if (state === 'disabled') return { kind: 'trouble', troubles: ['paused'] }
  return { kind: state === 'now printing' ? 'busy' : 'unasked' }
}

const gone: ReadonlySet<string> = new Set(['connecting-to-device', 'offline', 'timed-out'])

const words: Readonly<Record<string, PrinterTrouble>> = {
  'media-empty': 'paperOut',
  'media-needed': 'paperOut',
  'media-jam': 'jam',
  'cover-open': 'headOpen',
  'door-open': 'headOpen',
  'interlock-open': 'headOpen',
  'marker-supply-empty': 'ribbonOut',
  'toner-empty': 'ribbonOut',
  'cutter-jam': 'cutter',
  paused: 'paused',
  'moving-to-paused': 'paused',
  other: 'other',
  'spool-area-full': 'memory',
}

/**
 * The driver in what `lpoptions -p QUEUE` says (`printer-make-and-model`, in quotes where it has spaces); empty where it
 * says none.
 */
export function readDriver(text: string): string {
  const [, quoted, plain] = /printer-make-and-model=(?:'((?:[^'\\]|\\.)*)'|(\S+))/.exec(text) ?? []
  return (quoted ?? plain ?? '').replaceAll(/\\(.)/g, '$1').trim()
}

/** CUPS calls a queue that hands bytes on as they are by this name. */
export const hasDriver = (driver: string): boolean => driver !== '' && !/^Local Raw Printer$/i.test(driver)

/** Whether `lpstat -l -o QUEUE` says of a job that it was broken off ("Alerts:", RFC 8011 §5.3.8). */
export function isGivenUp(text: string, id: string): boolean {
  const own = text.split(/^(?=\S)/m).find((job) => job.split(/\s/)[0] === id)
  return own !== undefined && /^\s+Alerts:.*(?:aborted|canceled|with-errors)/m.test(own)
}

/** Whether a job is still in the list that `lpstat -o QUEUE` gives: its lines begin with the job's id. */
export const isListed = (text: string, id: string): boolean =>
  text.split('\n').some((line) => line.split(/\s/)[0] === id)
