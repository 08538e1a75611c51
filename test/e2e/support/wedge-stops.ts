import type { Page } from 'playwright-core'
import { settingsTabs } from '#renderer/app/SettingsPage.tsx'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'
import type { Scene } from '#renderer/features/packing/bench-view.ts'
import { addressOf, type Place } from '#renderer/platform/router.ts'
import { commandCode } from '#shared/domain/packing/codes.ts'

/** A screen, and where something opens on it: how, and which file draws it. */
export interface Stop {
  readonly hash: string
  readonly draws?: string
  readonly open?: (page: Page) => Promise<void>
  /** It closes when nothing has the focus. */
  readonly menu?: true
  /** What the bench is to show before each scan. */
  readonly scene?: Scene['kind']
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()
const shown = async (page: Page, role: 'dialog' | 'menu') => {
  await page.getByRole(role).first().waitFor()
  await page.waitForTimeout(250) // it grows into its place, and takes the focus then
}

const { settings, strategy, shipments, imports, word, devices, layouts } = zhCN

const adding = (tab: string, draws: string, add: string): Stop => ({
  hash: `#/settings/${tab}`,
  draws,
  async open(page) {
    await press(page, add)
    await shown(page, 'dialog')
  },
})

/** What the planner tries is there only a moment later. */
const tried = (page: Page) => page.locator('button[aria-pressed]').first().waitFor()

/** The planner draws its table again with each plan that it has tried; what was open there then closes. */
async function strategyMenu(page: Page): Promise<void> {
  await tried(page)
  const menu = page.getByRole('menu').first()
  for (let tries = 0; tries < 10 && !(await menu.isVisible()); tries += 1) {
    await page.locator('button[aria-haspopup=menu]').first().click()
    await menu.waitFor({ timeout: 2000 }).catch(() => undefined)
  }
  await shown(page, 'menu')
}

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
    open: strategyMenu,
  },
  {
    hash: '#/waves/plan',
    draws: 'waves/planner/StrategyDialog.tsx',
    async open(page) {
      await strategyMenu(page)
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

/** Scenes of the bench in the order in which one leads to the next, or why a walk by scans does not come there. */
const scenes: Readonly<Record<Scene['kind'], true | string>> = {
  idle: true,
  wave: true,
  order: true,
  error: true,
  label: true,
  reason: true,
  badge: true,
  choice: true,
  weight: true,
  countdown: 'ends by itself; its buttons are those of a whole order',
  release: 'needs a supervisor’s badge, and with it people who sign in; the question for a reason',
  refused: 'nothing to focus',
}
/** From another scene, with one more scan. */
export const asides: Partial<Record<Scene['kind'], { readonly from: Scene['kind']; readonly code: string }>> =
  {
    error: { from: 'order', code: 'an-error' },
    reason: { from: 'label', code: commandCode('REPRINT') },
    badge: { from: 'label', code: commandCode('VOID') },
  }

/** Every place that there is. */
export function screens(wave: string, order: string): readonly Stop[] {
  const places: { readonly [K in Place['at']]: readonly Extract<Place, { at: K }>[] } = {
    bench: [{ at: 'bench', mode: 'handover' }],
    today: [{ at: 'today' }],
    waves: [{ at: 'waves' }],
    wave: [{ at: 'wave', id: wave }],
    plan: [{ at: 'plan' }],
    orders: [{ at: 'orders', only: null, find: '' }],
    order: [{ at: 'order', id: order }],
    imports: [{ at: 'imports' }],
    shipments: [{ at: 'shipments' }],
    settings: settingsTabs.map((tab) => ({ at: 'settings', tab })),
  }
  const bench = Object.keys(scenes) as Scene['kind'][]
  return [
    ...bench
      .filter((scene) => scenes[scene] === true)
      .map((scene) => ({ hash: addressOf({ at: 'bench', mode: 'pack' }), scene })),
    ...Object.values(places)
      .flat()
      .map((place) => ({
        hash: addressOf(place),
        ...(place.at === 'plan' && { open: tried }),
      })),
  ]
}
