import { type CallName, contract, isCallName, type Output, type ParsedInput } from '#shared/contract/index.ts'
import { fail, type Result } from '#shared/support/result.ts'

/** A handler with its types taken off; the table of them is typed where it is made. */
export type AnyHandler<Call> = (input: never, call: Call) => Result<unknown> | Promise<Result<unknown>>

export interface DispatchOptions<Call> {
  readonly handlers: Readonly<Record<CallName, AnyHandler<Call>>>
  /** Null lets the call through; a failure is the answer. */
  readonly mayCall: (name: CallName, call: Call) => Result<never> | null
  readonly onBug: (name: string, error: unknown) => void
  /** Parses answers too: tests and development. */
  readonly checkAnswers: boolean
}

export type Dispatch<Call> = (name: string, input: unknown, call: Call) => Promise<Result<unknown>>

/**
 * The core's edge: every call is known, allowed and of the contract's shape before a handler sees it. Never rejects:
 * a bug inside becomes `core.bug`, and its cause goes to the log, not to the caller.
 */
export function createDispatcher<Call>(options: DispatchOptions<Call>): Dispatch<Call> {
  return async (name, input, call) => {
    if (!isCallName(name)) return fail('rpc.unknown', `There is no call ${name.slice(0, 100)}`)
    const refused = options.mayCall(name, call)
    if (refused !== null) return refused
    const parsed = contract[name].input.safeParse(input)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const where = issue?.path.join('.') ?? ''
      return fail('rpc.input', `${name} ${where}: ${issue?.message ?? 'not of the right shape'}`, {
        field: where,
      })
    }
    try {
      const handler = options.handlers[name] as (
        input: ParsedInput<CallName>,
        call: Call,
      ) => Result<Output<CallName>> | Promise<Result<Output<CallName>>>
      const result = await handler(parsed.data, call)
      if (result.ok && options.checkAnswers) {
        const answer = contract[name].output.safeParse(result.value)
        if (!answer.success) throw new Error(`answer of ${name}: ${answer.error.message}`)
      }
      return result
    } catch (error) {
      options.onBug(name, error)
      return fail('core.bug', 'Something went wrong inside; nothing of this call was saved')
    }
  }
}
