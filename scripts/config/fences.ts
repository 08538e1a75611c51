/**
 * Who may import whom: the one table from which the lint bans are generated and which test/architecture
 * proves by planting a violation of every row. A later row wins over an earlier one for the same file.
 */
export interface Fence {
  /** Where the fence stands: a glob from the project's root. */
  readonly files: string
  /** `#…` prefixes (or whole modules) that code behind the fence may import. */
  readonly inside: readonly string[]
  /** Packages allowed: 'any', or a list of names. `node:` stands for Node's own modules. */
  readonly packages: 'any' | readonly string[]
  /** An import that this fence must refuse; test/architecture plants it. */
  readonly planted: string
}

export const areas = [
  'orders',
  'catalog',
  'waves',
  'packing',
  'labels',
  'shipments',
  'sync',
  'devices',
  'operators',
  'settings',
  'backup',
] as const

const everywhere = ['#shared/', '#electron/', '#renderer/', '#scripts/', '#resources/'] as const
const coreRooms = ['#shared/', '#electron/ports/'] as const

export const fences: readonly Fence[] = [
  {
    files: 'shared/support/**',
    inside: ['#shared/support/'],
    packages: [],
    planted: '#shared/contract/index.ts',
  },
  {
    files: 'shared/domain/**',
    inside: ['#shared/domain/', '#shared/support/'],
    packages: [],
    planted: 'zod',
  },
  {
    files: 'shared/contract/**',
    inside: ['#shared/contract/', '#shared/domain/', '#shared/support/'],
    packages: ['zod'],
    planted: '#electron/db/open.ts',
  },
  {
    files: 'shared/rpc/**',
    inside: ['#shared/'],
    packages: ['zod'],
    planted: '#electron/rpc/dispatcher.ts',
  },
  { files: 'electron/ports/**', inside: coreRooms, packages: [], planted: '#electron/db/open.ts' },
  {
    files: 'electron/db/**',
    inside: ['#shared/', '#electron/ports/', '#electron/db/'],
    packages: ['kysely', 'kysely/migration', 'better-sqlite3', 'node:'],
    planted: '#electron/features/orders/index.ts',
  },
  {
    files: 'electron/db/migrations/**',
    inside: [],
    packages: ['kysely', 'kysely/migration'],
    planted: '#electron/db/schema.ts',
  },
  ...areas.map((area) => ({
    files: `electron/features/${area}/**`,
    inside: [
      ...coreRooms,
      '#electron/db/',
      '#electron/features/area.ts',
      `#electron/features/${area}/`,
      ...areas.filter((other) => other !== area).map((other) => `#electron/features/${other}/index.ts`),
    ],
    packages: ['kysely', 'node:'],
    planted:
      area === 'orders' ? '#electron/features/packing/handlers.ts' : '#electron/features/orders/handlers.ts',
  })),
  {
    files: 'electron/labels/**',
    inside: [...coreRooms, '#electron/labels/', '#resources/labels/'],
    packages: ['@napi-rs/canvas', 'bwip-js/node', 'node:'],
    planted: '#electron/db/open.ts',
  },
  {
    files: 'electron/documents/**',
    inside: [...coreRooms, '#electron/documents/'],
    packages: ['pdfmake', 'bwip-js/node', '@hyzyla/pdfium', 'node:'],
    planted: '#electron/labels/index.ts',
  },
  {
    files: 'electron/tabular/**',
    inside: [...coreRooms, '#electron/tabular/'],
    packages: ['csv-parse', 'iconv-lite', 'yauzl', 'yazl', 'saxes', 'node:'],
    planted: '#electron/features/orders/index.ts',
  },
  {
    files: 'electron/devices/**',
    inside: [...coreRooms, '#electron/devices/'],
    packages: ['node-hid', 'serialport', 'usb', 'koffi', 'node:'],
    planted: '#electron/labels/index.ts',
  },
  {
    files: 'electron/planning/**',
    inside: ['#shared/', '#electron/ports/', '#electron/planning/', '#electron/app/threads.ts'],
    packages: ['highs', 'node:'],
    planted: '#electron/features/waves/index.ts',
  },
  {
    files: 'electron/rpc/**',
    inside: ['#shared/', '#electron/rpc/', '#electron/ports/'],
    packages: ['zod', 'node:'],
    planted: '#electron/db/open.ts',
  },
  {
    files: 'electron/app/**',
    inside: [
      '#shared/',
      ...[
        'app',
        'features',
        'db',
        'ports',
        'devices',
        'marketplaces',
        'documents',
        'labels',
        'tabular',
        'planning',
        'sync',
        'rpc',
      ].map((room) => `#electron/${room}/`),
    ],
    packages: ['pino', 'node:'],
    planted: 'electron',
  },
  ...['cli', 'loopback'].map((host) => ({
    files: `electron/hosts/${host}/**`,
    inside: ['#shared/', '#electron/app/', '#electron/rpc/', '#electron/ports/', `#electron/hosts/${host}/`],
    packages: ['node:'],
    planted: 'electron',
  })),
  {
    files: 'electron/hosts/desktop/**',
    inside: ['#shared/', '#electron/app/', '#electron/rpc/', '#electron/ports/', '#electron/hosts/desktop/'],
    packages: ['electron', 'node:'],
    planted: '#electron/db/open.ts',
  },
  {
    files: 'renderer/{ui,platform}/**',
    inside: ['#shared/', '#renderer/ui/', '#renderer/platform/'],
    packages: 'any',
    planted: '#renderer/features/orders/index.tsx',
  },
  ...areas.map((area) => ({
    files: `renderer/features/${area}/**`,
    inside: ['#shared/', '#renderer/ui/', '#renderer/platform/', `#renderer/features/${area}/`],
    packages: 'any' as const,
    planted: '#renderer/app/routes.tsx',
  })),
  {
    files: 'renderer/app/**',
    inside: ['#shared/', '#renderer/'],
    packages: 'any',
    planted: '#electron/app/create-app.ts',
  },
  { files: 'scripts/**', inside: everywhere, packages: 'any', planted: '../test/support/x.ts' },
  { files: 'test/**', inside: [...everywhere, '#test/'], packages: 'any', planted: '../../scripts/bench.ts' },
]

/** Packages that no page may import: they need Node or Electron. */
export const pageForbids = [
  'node:*',
  'electron',
  'better-sqlite3',
  'kysely',
  'pdfmake',
  '@hyzyla/pdfium',
  '@napi-rs/canvas',
  'node-hid',
  'serialport',
  'usb',
  'koffi',
  'pino',
]
