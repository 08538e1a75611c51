import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createOpenComponent } from '#electron/devices/print-components/open-component.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import type { ComponentPlatform } from '#shared/domain/devices/component-address.ts'
import { componentFaults, startComponent } from '#scripts/simulate/component.ts'
import { createSeeded } from '#shared/support/seeded.ts'
import { componentTask } from '#test/support/component-tasks.ts'

const platforms: readonly ComponentPlatform[] = ['cainiao', 'pinduoduo', 'douyin', 'jd', 'kuaishou']
const benches = 10
const tasksPerBench = 50
const printers = ['面单机', '二号机']
const late = 1200
const times = { connect: 2000, answer: 500, finish: 500, settle: 300, retry: 20 }

/** One component with its printers, at which every other task meets a fault. */
async function bench(platform: ComponentPlatform, seed: number) {
  const random = createSeeded(seed)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const simulated = await startComponent({
    platform,
    port: 0,
    pace: 1,
    late,
    printers,
    fault: () => (random() < 0.5 ? pick(componentFaults) : undefined),
  })
  const component = createOpenComponent({ times })(platform, simulated.url)
  const outcomes = await Promise.all(
    Array.from({ length: tasksPerBench }, async (_, number) => {
      const task = componentTask(platform, `${platform}-${seed}-${number}`, pick(printers))
      return { id: task.id, outcome: await component.print(task) }
    }),
  )
  await sleep(late + 100) // what comes out late has come out
  component.close()
  await simulated.close()
  const count = (list: readonly string[]) => (id: string) => list.filter((one) => one === id).length
  const labelsOut = count(simulated.printed.map(({ task }) => task))
  const received = count(simulated.received.map(idOf))
  return outcomes.map(({ id, outcome }) => ({
    id,
    platform,
    kind: outcome.kind,
    labelsOut: labelsOut(id),
    received: received(id),
  }))
}

function idOf(message: Readonly<Record<string, unknown>>): string {
  const { key, requestID } = message
  return typeof key === 'string' ? key : String(requestID)
}

it('of thousands of tasks with random faults none is printed twice, and none is lost without being told', async () => {
  const seed = Number(process.env['COMPONENT_SEED'] ?? 1)
  const ended = (
    await Promise.all(
      platforms.flatMap((platform, at) =>
        Array.from({ length: benches }, (_, number) => bench(platform, seed * 1000 + at * 100 + number)),
      ),
    )
  ).flat()
  expect(ended).toHaveLength(platforms.length * benches * tasksPerBench)
  expect(ended.filter(({ labelsOut, received }) => labelsOut > 1 || received > 1)).toEqual([])

  const of = (kind: SendOutcome['kind']) => ended.filter((one) => one.kind === kind)
  expect(of('printed').filter(({ labelsOut }) => labelsOut !== 1)).toEqual([])
  expect(of('notSent').filter(({ labelsOut }) => labelsOut !== 0)).toEqual([])
  // What is said to be out although nothing came out is at JD alone, which says no more than that it took the task.
  expect(of('sent').filter(({ platform, labelsOut }) => platform !== 'jd' && labelsOut !== 1)).toEqual([])
  // A test in which nothing happens proves nothing.
  for (const kind of ['printed', 'sent', 'notSent', 'unknown'] as const)
    expect(of(kind).length).toBeGreaterThan(100)
  expect(of('unknown').some(({ labelsOut }) => labelsOut === 1)).toBe(true)
  expect(of('unknown').some(({ labelsOut }) => labelsOut === 0)).toBe(true)
}, 60_000)
