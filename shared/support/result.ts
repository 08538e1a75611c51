/** An expected outcome: either a value or an error that is part of the contract. Exceptions are for bugs. */
export type Result<T, E = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

/** What a user is told: `code` names the text in both languages, `params` fill it, `message` is plain English for logs. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly params?: Readonly<Record<string, string | number>>
}

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })

export const fail = (
  code: string,
  message: string,
  params?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly error: Failure } => ({
  ok: false,
  error: params === undefined ? { code, message } : { code, message, params },
})
