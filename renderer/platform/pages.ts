import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { ask, useClient } from './core.tsx'

type PagedCall = 'orders.list' | 'weights.list'

const pageRows = 200

/**
 * A long list that the core gives in pages: only the pages in sight are asked for, and the answer is one array of
 * the whole length in which rows that are still on their way are null.
 */
export function usePages<T>(name: PagedCall, filter: Readonly<Record<string, unknown>>) {
  const client = useClient()
  const [pages, setPages] = useState<readonly number[]>([0])
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: [name, { ...filter, page }],
      queryFn: async () =>
        (await ask(client, name, { ...filter, offset: page * pageRows, limit: pageRows })) as unknown as {
          rows: readonly T[]
          total: number
        },
    })),
  })
  const total = answers.find((answer) => answer.data !== undefined)?.data?.total ?? 0
  const loaded = answers.map((answer) => answer.data)
  const rows = useMemo(() => {
    const all = Array.from<T | null>({ length: total }).fill(null)
    for (const [index, page] of pages.entries()) {
      for (const [at, row] of (loaded[index]?.rows ?? []).entries()) {
        if (page * pageRows + at < total) all[page * pageRows + at] = row
      }
    }
    return all
    // oxlint-disable-next-line react/exhaustive-deps -- the array of answers is new on each render; its parts are not
  }, [total, pages, ...loaded])
  const see = useCallback((first: number, last: number) => {
    const wanted: number[] = []
    for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page += 1)
      wanted.push(page)
    setPages((now) => (now.join() === wanted.join() ? now : wanted))
  }, [])
  return {
    rows,
    total,
    see,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
    waiting: answers.every((answer) => answer.data === undefined && answer.error === null),
  }
}
