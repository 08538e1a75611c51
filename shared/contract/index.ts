import type { z } from 'zod'
import { app } from './app.ts'
import { catalog } from './catalog.ts'
import { devices } from './devices.ts'
import { labels } from './labels.ts'
import { layouts } from './layouts.ts'
import { orders } from './orders.ts'
import { packing } from './packing.ts'
import { settings } from './settings.ts'
import { shipments } from './shipments.ts'
import { waves } from './waves.ts'
import { weights } from './weights.ts'

/** Every call that the core answers. Contract data is JSON: ISO texts, integers, no dates, no bytes. */
export const contract = {
  ...app,
  ...orders,
  ...catalog,
  ...waves,
  ...packing,
  ...weights,
  ...labels,
  ...layouts,
  ...shipments,
  ...settings,
  ...devices,
} as const

export type Contract = typeof contract
export type CallName = keyof Contract
export type Input<N extends CallName> = z.input<Contract[N]['input']>
export type ParsedInput<N extends CallName> = z.output<Contract[N]['input']>
export type Output<N extends CallName> = z.output<Contract[N]['output']>

export const isCallName = (name: string): name is CallName => Object.hasOwn(contract, name)
