import i18next from 'i18next'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { BenchState, ScanAnswer } from '#shared/contract/packing.ts'
import { keepBenchName } from '#renderer/platform/bench-name.ts'
import { ask, useCall, useClient } from '#renderer/platform/core.tsx'
import { createScanQueue } from '#renderer/platform/scan-queue.ts'
import { type Scan, useScan } from '#renderer/platform/scans.tsx'
import { play, say } from '#renderer/platform/sound.ts'
import { applied, benchView, hear, hearRefusal, isOff, nothingHeard } from './bench-view.ts'
import { verdictLooks } from './verdict-look.ts'

export type BenchMode = 'pack' | 'handover'

interface Queued extends Scan {
  readonly bench: string
  readonly mode: BenchMode
}

/** One bench on this screen: its state, what was just heard, and every scan on its way to the core. */
export function useBench(bench: string, mode: BenchMode) {
  const client = useClient()
  const queries = useQueryClient()
  const state = useCall('packing.bench', { bench }, { keep: true })
  const [heard, setHeard] = useState(nothingHeard)
  const [waiting, setWaiting] = useState(0)

  const queue = useMemo(
    () =>
      createScanQueue<Queued, ScanAnswer>({
        send: (scan) =>
          client.call('packing.scan', {
            bench: scan.bench,
            mode: scan.mode,
            gesture: scan.gesture,
            code: scan.code,
            role: scan.role,
            aim: scan.aim,
          }),
        // The event says when the core is back; the clock helps where a call failed and no event ever comes.
        back: () =>
          new Promise((done) => {
            const stop = client.subscribe((event) => {
              if (event.type === 'connection' && event.state === 'up') finish()
            })
            const timer = setTimeout(finish, 1500)
            function finish() {
              clearTimeout(timer)
              stop()
              done()
            }
          }),
        answered: (scan, result) => {
          if (!result.ok) {
            play('unknown')
            setHeard((before) => hearRefusal(before, result.error, scan.code))
            return
          }
          play(soundOf(result.value))
          // At once: a frame that is missed here is a frame later on the screen.
          flushSync(() => setHeard((before) => hear(before, result.value)))
          speak(result.value)
          // The answer is on the screen; the whole state follows it.
          void queries.fetchQuery({
            queryKey: ['packing.bench', { bench: scan.bench }],
            queryFn: () => ask(client, 'packing.bench', { bench: scan.bench }),
            staleTime: 0,
          })
        },
        changed: setWaiting,
      }),
    [client, queries],
  )

  const scan = useCallback(
    (one: Scan) => {
      keepBenchName(bench)
      queue.push({ ...one, bench, mode })
    },
    [queue, bench, mode],
  )
  useScan(scan, true)

  const answer = heard.last !== null && 'answer' in heard.last ? heard.last.answer : null
  const shown = useMemo(
    () => (state.data === undefined ? undefined : applied(state.data, answer)),
    [state.data, answer],
  )
  const view = useMemo(
    () => (shown === undefined ? undefined : benchView(shown, heard, mode)),
    [shown, heard, mode],
  )
  useLabelSound(shown)
  useOffSound(shown !== undefined && isOff(shown))
  useStopAlarm(view?.scene.kind === 'error' && view.scene.answer.verdict === 'stopped')

  return { bench: shown, view, heard, waiting, error: state.error, refetch: state.refetch }
}

/** A label that has left the printer since the last look is heard. */
function useLabelSound(bench: BenchState | undefined): void {
  const before = useRef<string | null>(null)
  const label = bench?.label ?? null
  const now = label === null ? null : `${label.id} ${label.state}`
  useEffect(() => {
    const out = label?.state === 'sent' || label?.state === 'printed'
    const was = before.current
    if (out && was !== null && was !== now && !/ (?:sent|printed)$/.test(was)) play('label')
    before.current = now ?? ''
  }, [label, now])
}

const soundOf = ({ verdict, warning }: ScanAnswer) =>
  warning === null ? verdictLooks[verdict].sound : 'weight'

/** The scale stopped the box, without anybody's scan. */
function useOffSound(off: boolean): void {
  useEffect(() => {
    if (off) play('weight')
  }, [off])
}

/** A stop is an alarm until somebody acknowledges it. */
function useStopAlarm(stopped: boolean): void {
  useEffect(() => {
    if (!stopped) return undefined
    const timer = setInterval(() => play('stopped'), 3000)
    return () => clearInterval(timer)
  }, [stopped])
}

/** The optional voice: the count left, the slot, the reason of a stop. */
function speak(answer: ScanAnswer): void {
  const { t, language } = i18next
  const words = () => {
    switch (answer.verdict) {
      case 'opened':
        return answer.order?.slot === null || answer.order === null
          ? t('bench.verdict.opened')
          : t('bench.say.slot', { slot: answer.order.slot })
      case 'right':
        return answer.remaining > 0 ? t('bench.say.left', { left: answer.remaining }) : ''
      case 'command':
      case 'handedOver':
        return ''
      default:
        return t(`bench.verdict.${answer.verdict}`)
    }
  }
  say(words(), language)
}
