import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Caller,
  codes,
  importOrders,
  openStation,
  orderByNumber,
  scanAll,
  type Station,
  stockWarehouse,
  told,
} from '#test/support/station.ts'

let station: Station
let boss: { id: string; badge: string }
let packer: { id: string; badge: string }
beforeEach(async () => {
  station = await openStation()
  await stockWarehouse(station, 20)
  boss = await station.desk.call('operators.save', { name: 'Boss', role: 'supervisor', pin: '1234' })
  packer = await station.desk.call('operators.save', { name: 'Ann', role: 'packer', pin: '1111' })
  await importOrders(station, [{ number: 'O-1', lines: [['RED', 2]] }])
})
afterEach(() => station.close())

async function signedIn(name: string, pin: string): Promise<Caller> {
  const page = station.page()
  await page.call('operators.signIn', { operator: name, pin })
  return page
}
const code = async (asked: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string> => {
  const answer = await asked
  return answer.ok ? 'ok' : (answer.error?.code ?? '')
}

describe('roles', () => {
  it("nobody packs before signing in, and a packer does no supervisor's act", async () => {
    const { id } = await orderByNumber(station, 'O-1')
    const acts = (page: Caller) => [
      code(page.ask('packing.scan', { bench: 'B', mode: 'pack', gesture: randomUUID(), code: 'O-1' })),
      code(page.ask('orders.hold', { id, reason: 'x' })),
      code(page.ask('orders.release', { id, reason: 'x' })),
      code(page.ask('labels.void', { id: randomUUID(), reason: 'x' })),
      code(page.ask('waves.dissolve', { id: randomUUID() })),
      code(page.ask('operators.save', { name: 'Me', role: 'supervisor', pin: '9999' })),
      code(page.ask('settings.saveShop', { name: 'Shop', stalePolicy: 'allowFresh' })),
      code(page.ask('shipments.export', { format: 'csv' })),
      code(page.ask('backup.create', {})),
    ]
    const all = async (page: Caller) => {
      const answers: string[] = []
      for (const act of acts(page)) answers.push(await act)
      return answers
    }
    expect(new Set(await all(station.page()))).toEqual(new Set(['signInFirst']))
    expect(await all(await signedIn('Ann', '1111'))).toEqual([
      'ok',
      'ok',
      ...Array<string>(7).fill('supervisorOnly'),
    ])
    expect(await all(await signedIn('Boss', '1234'))).toEqual([
      'ok',
      'ok',
      'ok',
      'labelVoid',
      'waveUnknown',
      'ok',
      'ok',
      'ok',
      'ok',
    ])
  })

  it('end on every page when somebody is demoted, sent away or signs out', async () => {
    const other = await station.desk.call('operators.save', { name: 'Bea', role: 'supervisor', pin: '2222' })
    const page = await signedIn('Bea', '2222')
    expect(await code(page.ask('backup.create', {}))).toBe('ok')
    await station.desk.call('operators.save', { id: other.id, name: 'Bea', role: 'packer' })
    expect(await code(page.ask('backup.create', {}))).toBe('supervisorOnly')
    await station.desk.call('operators.save', { id: other.id, name: 'Bea', role: 'packer', active: false })
    expect(await code(page.ask('settings.set', { slots: 3 }))).toBe('signInFirst')
    expect(await page.call('operators.me', {})).toEqual({ operator: null })
    const ann = await signedIn('Ann', '1111')
    await ann.call('operators.signOut', {})
    expect(await code(ann.ask('settings.set', { slots: 3 }))).toBe('signInFirst')
  })

  it('keep the last supervisor', async () => {
    const answer = await station.desk.ask('operators.save', { id: boss.id, name: 'Boss', role: 'packer' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'lastSupervisor' } })
  })

  it('show badges to supervisors only: a badge acts without a PIN', async () => {
    const badges = async (page: Caller) =>
      (await page.call('operators.list', {})).operators.map((one) => one.badge)
    expect(await badges(station.page())).toEqual(['', ''])
    expect(await badges(await signedIn('Ann', '1111'))).toEqual(['', ''])
    expect(await badges(await signedIn('Boss', '1234'))).toEqual([packer.badge, boss.badge])
    const page = station.page()
    expect(await page.call('operators.byBadge', { badge: boss.badge })).toEqual({ name: 'Boss' })
    expect(await page.call('operators.byBadge', { badge: 'PB-BADGE-' })).toEqual({ name: null })
  })

  it('write the badge that signed in at the bench under the scans', async () => {
    await scanAll(station, [packer.badge, 'O-1', codes.red])
    expect(station.sql('SELECT operator_id FROM scan ORDER BY seq')).toEqual([
      { operator_id: null },
      { operator_id: packer.id },
      { operator_id: packer.id },
    ])
    const answers = await scanAll(station, ['PB-CMD-PARTIAL', packer.badge, boss.badge])
    expect(answers.map(told)).toEqual([
      'command scanSupervisorBadge',
      'wrongItem notASupervisor',
      'complete partial',
    ])
  })
})

describe('PINs', () => {
  const tryPin = (pin: string, operator = 'Ann') =>
    code(station.page().ask('operators.signIn', { operator, pin }))

  it('five wrong ones close the door for five minutes, the right one too', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await tryPin('0000')).toBe('pinWrong')
    expect(await tryPin('1111')).toBe('operatorLocked')
    station.clock.forward(6)
    expect(await tryPin('1111')).toBe('ok')
  })

  it('many tries side by side are many tries', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => tryPin(String(2000 + index))))
    expect(answers.filter((one) => one === 'pinWrong')).toHaveLength(5)
    expect(await tryPin('1111')).toBe('operatorLocked')
  })

  it('right ones in between start the count anew', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) await tryPin('0000')
      expect(await tryPin('1111')).toBe('ok')
    }
  })

  it('are asked for names that are not there in the same words', async () => {
    expect(await tryPin('0000', 'Nobody')).toBe('pinWrong')
  })
})
