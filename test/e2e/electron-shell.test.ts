import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchApp, type LaunchedApp } from './support/electron.ts'

let launched: LaunchedApp

beforeAll(async () => {
  launched = await launchApp()
})
afterAll(() => launched.close())

it('opens a window from our own scheme', () => {
  expect(launched.page.url()).toBe('packbench://app/')
})
