export { ensureCourier } from './couriers.ts'
export { general, saveSetting, type General } from './general.ts'
export { settingsHandlers } from './handlers.ts'
export { ensureShop } from './shops.ts'
