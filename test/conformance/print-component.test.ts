import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createOpenComponent } from '#electron/devices/print-components/open-component.ts'
import type { SendOutcome } from '#electron/ports/label-printer.ts'
import type { ComponentPlatform } from '#shared/domain/devices/component-address.ts'
import { type ComponentFault, startComponent } from '#scripts/simulate/component.ts'
import { componentTask } from '#test/support/component-tasks.ts'

type Expected = readonly [outcome: SendOutcome['kind'], labelsOut: 0 | 1]

/** What a fault leaves behind, as the whole of Cainiao's family has it. */
const family: Readonly<Record<ComponentFault | 'none', Expected>> = {
  none: ['printed', 1],
  refusePrinter: ['notSent', 0],
  failAccept: ['notSent', 0],
  failRender: ['notSent', 0],
  failPrint: ['unknown', 0],
  printThenFail: ['unknown', 1],
  printThenFailRender: ['unknown', 1],
  silent: ['unknown', 0],
  printSilently: ['sent', 1], // asked for afterwards, which names no stage
  silentAfterAccept: ['unknown', 0],
  dropBeforeAccept: ['unknown', 0],
  dropAfterAccept: ['sent', 1], // asked for over a new connection
  dropAfterPrint: ['sent', 1],
  crash: ['unknown', 0],
  duplicateNotify: ['printed', 1],
  foreignNotify: ['unknown', 0],
  foreignDocument: ['unknown', 0],
  late: ['unknown', 1],
  garbage: ['printed', 1],
  huge: ['printed', 1],
  slow: ['printed', 1],
}

/** These two say of a task only that it failed: nobody knows when. */
const withoutStages: typeof family = { ...family, failRender: ['unknown', 0] }

/** JD says that it took a task, and there is nothing to ask afterwards. */
const jd: typeof family = {
  ...family,
  none: ['sent', 1],
  failRender: ['sent', 0],
  printSilently: ['unknown', 1],
  silentAfterAccept: ['sent', 0],
  dropAfterAccept: ['sent', 1],
  dropAfterPrint: ['sent', 1],
  crash: ['sent', 0],
  duplicateNotify: ['sent', 1],
  printThenFailRender: ['sent', 1],
  foreignNotify: ['sent', 0],
  foreignDocument: ['sent', 0],
  late: ['sent', 1],
  garbage: ['sent', 1],
  huge: ['sent', 1],
  slow: ['sent', 1],
}

const expected: Readonly<Record<ComponentPlatform, typeof family>> = {
  cainiao: family,
  douyin: family,
  pinduoduo: withoutStages,
  kuaishou: withoutStages,
  jd,
}

const times = { connect: 2000, answer: 800, finish: 800, settle: 400, retry: 20 }

/** A component that does `fault` to each task, and ours that speaks to it. */
async function start(platform: ComponentPlatform, fault?: ComponentFault) {
  const simulated = await startComponent({ platform, port: 0, pace: 1, late: 1500, fault: () => fault })
  const notes: string[] = []
  const open = createOpenComponent({ times, note: (text) => notes.push(text) })
  return { simulated, notes, open: () => open(platform, simulated.url) }
}

describe.each(Object.entries(expected) as [ComponentPlatform, typeof family][])(
  'a print component: %s',
  (platform, outcomes) => {
    it.concurrent.for(Object.entries(outcomes) as [ComponentFault | 'none', Expected][])(
      'with the fault %s, a task ends as %j',
      async ([fault, [kind, labelsOut]], { expect }) => {
        const { simulated, notes, open } = await start(platform, fault === 'none' ? undefined : fault)
        let accepted = 0
        const task = componentTask(platform, 'task-1')
        const outcome = await open().print(task, () => {
          accepted += 1
        })
        expect(outcome.kind).toBe(kind)
        if (outcome.kind === 'notSent') expect(outcome.refused).toBe(true)
        if ('reason' in outcome) expect(outcome.reason).toMatch(/\p{L}{3}/u)
        // What is only asked for afterwards was never heard to be taken.
        if (kind === 'printed' || kind === 'sent') expect(accepted).toBe(fault === 'printSilently' ? 0 : 1)
        if (fault === 'foreignNotify' && platform !== 'jd') expect(notes.join()).toContain('something else')
        if (fault === 'garbage' || fault === 'huge') expect(notes.join()).toContain('ignored a message')
        await expect.poll(() => simulated.printed.length, { timeout: 3000 }).toBe(labelsOut)
        for (const label of simulated.printed) {
          expect(label.task).toBe(task.id)
          expect(label.printer).toBe(task.printer)
          expect(label.document).toBe(platform === 'jd' ? '' : task.waybill)
        }
        expect(simulated.received).toHaveLength(1)
        open().close()
        await simulated.close()
      },
    )

    it.concurrent('names its printers', async ({ expect }) => {
      const { simulated, open } = await start(platform)
      const known = platform !== 'jd' // JD names them, and no more
      expect(await open().printers()).toEqual({
        kind: 'printers',
        printers: [
          { name: '面单机', enabled: true, isDefault: known },
          { name: '备用 停用', enabled: !known, isDefault: false },
        ],
      })
      open().close()
      await simulated.close()
    })

    it.concurrent('prints task after task of a printer in order, whoever opened it', async ({ expect }) => {
      const { simulated, open } = await start(platform)
      const tasks = Array.from({ length: 12 }, (_, number) => componentTask(platform, `task-${number}`))
      const outcomes = await Promise.all(tasks.map((task) => open().print(task)))
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(
        new Set([platform === 'jd' ? 'sent' : 'printed']),
      )
      await expect.poll(() => simulated.printed.map(({ task }) => task)).toEqual(tasks.map(({ id }) => id))
      if (platform !== 'jd') expect(simulated.overlaps).toBe(0)
      open().close()
      await simulated.close()
    })

    it.concurrent('prints nothing where nobody listens, and again when somebody does', async ({ expect }) => {
      const { simulated, open } = await start(platform)
      const port = Number(new URL(simulated.url).port)
      await simulated.close()
      const outcome = await open().print(componentTask(platform, 'task-1'))
      expect(outcome).toEqual({ kind: 'notSent', reason: expect.stringContaining(simulated.url) as string })
      expect(await open().printers()).toMatchObject({ kind: 'absent' })
      const again = await startComponent({ platform, port, pace: 1 })
      expect(['printed', 'sent']).toContain((await open().print(componentTask(platform, 'task-2'))).kind)
      // The component starts anew between two tasks: the second goes over a new connection.
      await again.close()
      await sleep(50) // on one machine the end of a connection is heard at once, but not before it happened
      const third = await startComponent({ platform, port, pace: 1 })
      expect(['printed', 'sent']).toContain((await open().print(componentTask(platform, 'task-3'))).kind)
      open().close()
      await third.close()
    })

    it.concurrent('closing leaves the task under way unknown, and writes none of those behind it', async ({
      expect,
    }) => {
      const { simulated, open } = await start(platform, 'silent')
      const component = open()
      const outcomes = ['task-1', 'task-2'].map((id) => component.print(componentTask(platform, id)))
      await expect.poll(() => simulated.received.length).toBe(1)
      component.close()
      expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(['unknown', 'notSent'])
      expect(open()).not.toBe(component)
      expect(simulated.received).toHaveLength(1)
      open().close()
      await simulated.close()
    })
  },
)

it('all are closed with the app, so that nothing keeps it alive', async () => {
  const simulated = await startComponent({ platform: 'cainiao', port: 0, pace: 1, fault: () => 'silent' })
  const ending = new AbortController()
  const open = createOpenComponent({ times, signal: ending.signal })
  const outcome = open('cainiao', simulated.url).print(componentTask('cainiao', 'task-1'))
  await expect.poll(() => simulated.received.length).toBe(1)
  expect(simulated.clients).toBe(1)
  ending.abort()
  expect(await outcome).toMatchObject({ kind: 'unknown' })
  await expect.poll(() => simulated.clients).toBe(0)
  await simulated.close()
})
