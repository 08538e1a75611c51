import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { createOpenComponent } from '#electron/devices/print-components/open-component.ts'
import { run } from '#scripts/simulate/component-command.ts'
import { componentTask } from '#test/support/component-tasks.ts'

const command = join(import.meta.dirname, '../../scripts/simulate/component-command.ts')

it('the simulated component of the command line prints, and says a line for each label', async () => {
  const args = ['--platform', 'pinduoduo', '--port', '0', '--fault', 'duplicateNotify']
  const program = `import(${JSON.stringify(command)}).then(({ run }) => run(${JSON.stringify(args)}))`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const lines: string[] = []
    const reader = createInterface(child.stdout).on('line', (line) => lines.push(line))
    await once(reader, 'line')
    const address = /ws:\S+\d\//.exec(lines[0] ?? '')?.[0] ?? ''
    const component = createOpenComponent()('pinduoduo', address)
    expect(await component.print(componentTask('pinduoduo', 't1'))).toEqual({ kind: 'printed' })
    component.close()
    await expect.poll(() => lines.slice(1)).toEqual(['printed WB-t1 on 面单机'])
  } finally {
    child.kill()
  }
})

it.each([
  ['--platform', 'nobody'],
  ['--fault', 'nothing'],
  ['--port', 'x'],
])('%s %s is not understood', async (...args) => {
  expect(await run(args)).toBe(false)
})
