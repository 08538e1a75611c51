import type { TestEvent } from 'node:test/reporters'

/**
 * Writes each check, and each figure that it measured, as one line of JSON the moment it is known (`Line` in
 * scripts/hardware/main.ts reads it). Checks stand in a `describe`; what has no group is the runner's own summary.
 */
export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const groups: string[] = []
  for await (const { type, data } of events) {
    if (type === 'test:start') groups[data.nesting] = data.name
    if (type === 'test:diagnostic' && data.nesting > 0) yield line({ kind: 'note', text: data.message })
    if (type !== 'test:pass' && type !== 'test:fail') continue
    // A group's own line says something only when what it sets up failed, which its checks then do not say.
    if (data.details.type === 'suite' && (type === 'test:pass' || isOfChecks(data.details.error))) continue
    const left = data.skip !== undefined || data.todo !== undefined
    yield line({
      kind: 'check',
      name: [...groups.slice(0, data.nesting), data.name].join(': '),
      passed: type === 'test:pass' && !left,
      milliseconds: data.details.duration_ms,
      ...(left ? { fault: 'left out' } : {}),
      ...(type === 'test:fail' ? { fault: told(data.details.error) } : {}),
    })
  }
}

const line = (content: object) => `${JSON.stringify(content)}\n`

/** Node wraps what a test threw. */
const told = (error: Error) => {
  const cause: unknown = error.cause ?? error
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}

const isOfChecks = (error: Error) => 'failureType' in error && error.failureType === 'subtestsFailed'
