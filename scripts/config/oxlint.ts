import { fences, pageForbids, type Fence } from './fences.ts'

interface Pattern {
  readonly group?: readonly string[]
  readonly regex?: string
  readonly message: string
}

// The lint reads groups as gitignore lines, where a leading # is a comment unless it is escaped.
const asGroup = (prefix: string) => `\\${prefix}${prefix.endsWith('/') ? '**' : ''}`

function bans(fence: Fence): Pattern[] {
  const patterns: Pattern[] = [
    { regex: '^\\.\\./', message: 'Leave a folder through its #alias, so that the fences see it.' },
    {
      group: ['\\#*/**', ...fence.inside.map((prefix) => `!${asGroup(prefix)}`)],
      message: `Code in ${fence.files} may not import this (scripts/config/fences.ts).`,
    },
  ]
  if (fence.packages !== 'any') {
    patterns.push({
      group: ['*', '!\\#*', '!./**', '!.', ...fence.packages.flatMap((name) => allowed(name))],
      message: `Code in ${fence.files} may not use this package (scripts/config/fences.ts).`,
    })
  } else if (fence.files.startsWith('renderer/')) {
    patterns.push({
      group: pageForbids,
      message: 'The page is sandboxed: ask the core through the contract.',
    })
  }
  return patterns
}

const allowed = (name: string) =>
  name === 'node:' ? ['!node:*', '!node:*/**'] : [`!${name}`, `!${name.split('/')[0] ?? name}`]

/** The whole lint configuration: correctness for all, and the fences. */
export function oxlintConfig() {
  return {
    plugins: ['typescript', 'import', 'react', 'unicorn', 'promise', 'oxc'],
    categories: { correctness: 'error', suspicious: 'error' },
    ignorePatterns: ['dist/**', 'release/**', '.cache/**', 'test/fixtures/**'],
    rules: {
      'typescript/no-explicit-any': 'error',
      'typescript/no-non-null-assertion': 'error',
      'typescript/ban-ts-comment': 'error',
      'no-console': 'off',
      eqeqeq: 'error',
      'no-shadow': 'off',
      'react/react-in-jsx-scope': 'off',
      'import/no-unassigned-import': 'off',
      'import/no-named-as-default': 'off',
      'import/no-named-as-default-member': 'off',
      'unicorn/consistent-function-scoping': 'off',
      'unicorn/no-array-sort': 'off',
      'unicorn/prefer-add-event-listener': 'off',
      'promise/always-return': 'off',
    },
    overrides: fences.map((fence) => ({
      files: [fence.files],
      rules: { 'no-restricted-imports': ['error', { patterns: bans(fence) }] },
    })),
  }
}
