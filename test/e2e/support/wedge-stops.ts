import type { Page } from 'playwright-core'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'

/** A screen, and where something opens on it: how, and which file draws it. */
export interface Stop {
  readonly hash: string
  readonly draws?: string
  readonly open?: (page: Page) => Promise<void>
  /** It closes when nothing has the focus. */
  readonly menu?: true
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()
const shown = async (page: Page, role: 'dialog' | 'menu') => {
  await page.getByRole(role).first().waitFor()
  await page.waitForTimeout(250) // it grows into its place, and takes the focus then
}

const settingsTabs = [
  'general',
  'bench',
  'shops',
  'couriers',
  'floor',
  'printers',
  'labels',
  'operators',
  'backup',
]

const { settings, strategy, shipments, imports, word, devices, layouts } = zhCN

const adding = (tab: string, draws: string, add: string): Stop => ({
  hash: `#/settings/${tab}`,
  draws,
  async open(page) {
    await press(page, add)
    await shown(page, 'dialog')
  },
})

/** A layout that can be changed: the first copy that was made, or a new one. */
async function ownLayout(page: Page): Promise<void> {
  const copy = page.getByRole('button', { name: copyName }).first()
  await page.getByRole('button', { name: layouts.ready['courier-100x150'] }).first().waitFor()
  if ((await copy.count()) > 0) await copy.click()
  else await press(page, layouts.duplicateReady)
  await page.getByRole('button', { name: layouts.remove }).first().waitFor()
}
const copyName = layouts.copyOf.replace('{{name}}', layouts.ready['courier-100x150'])

export const dialogs: readonly Stop[] = [
  adding('shops', 'settings/ShopSettings.tsx', settings.shop.add),
  adding('couriers', 'settings/CourierSettings.tsx', settings.courier.add),
  adding('printers', 'devices/DeviceSettings.tsx', devices.printers.add),
  adding('operators', 'operators/OperatorSettings.tsx', settings.operator.add),
  {
    hash: '#/settings/labels',
    draws: 'labels/LayoutEditor.tsx',
    menu: true,
    async open(page) {
      await ownLayout(page)
      await press(page, layouts.add)
      await shown(page, 'menu')
    },
  },
  {
    hash: '#/settings/labels',
    draws: 'labels/LayoutDesk.tsx',
    async open(page) {
      await ownLayout(page)
      await press(page, layouts.remove)
      await shown(page, 'dialog')
    },
  },
  {
    hash: '#/waves/plan',
    draws: 'waves/planner/CompareTable.tsx',
    menu: true,
    async open(page) {
      await page.locator('button[aria-haspopup=menu]').first().click()
      await shown(page, 'menu')
    },
  },
  {
    hash: '#/waves/plan',
    draws: 'waves/planner/StrategyDialog.tsx',
    async open(page) {
      await page.locator('button[aria-haspopup=menu]').first().click()
      await page.getByRole('menuitem', { name: strategy.edit }).click()
      await shown(page, 'dialog')
    },
  },
  {
    hash: '#/shipments',
    draws: 'shipments/ShipmentsPage.tsx',
    menu: true,
    async open(page) {
      await press(page, shipments.export)
      await shown(page, 'menu')
    },
  },
  {
    hash: '#/imports',
    draws: 'orders/ImportsPage.tsx',
    async open(page) {
      await page.getByRole('combobox', { name: word.shop }).click()
      await page.getByRole('option', { name: imports.newShop }).click()
      await shown(page, 'dialog')
    },
  },
  {
    hash: '#/imports',
    draws: 'orders/ImportHistory.tsx',
    async open(page) {
      await page.locator('main table').getByRole('button').first().click()
      await shown(page, 'dialog')
    },
  },
]

export const screens = (wave: string, order: string): readonly Stop[] =>
  [
    '/bench',
    '/bench/handover',
    '/today',
    '/waves',
    `/waves/${wave}`,
    '/waves/plan',
    '/orders',
    `/orders/${order}`,
    '/imports',
    '/shipments',
    ...settingsTabs.map((tab) => `/settings/${tab}`),
  ].map((path) => ({
    hash: `#${path}`,
    // What the planner tries is there only a moment later.
    ...(path === '/waves/plan' && {
      open: (page: Page) => page.locator('button[aria-pressed]').first().waitFor(),
    }),
  }))
