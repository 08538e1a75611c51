import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { csv, openStation, type Station } from '#test/support/station.ts'

let station: Station
let folder: string
const picture = PNG.sync.write(new PNG({ width: 2, height: 2 }))
const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex')
const addressOf = (bytes: Buffer, kind: string) =>
  `/pictures/${createHash('sha256').update(bytes).digest('hex')}.${kind}`

beforeEach(async () => {
  station = await openStation()
  folder = join(station.dataDir, 'catalogue')
  mkdirSync(join(folder, '图片'), { recursive: true })
  writeFileSync(join(folder, 'red.png'), picture)
  writeFileSync(join(folder, '图片', 'tea.jpeg'), jpeg)
  writeFileSync(join(station.dataDir, 'secret.png'), picture)
  writeFileSync(join(folder, 'large.png'), Buffer.concat([picture, Buffer.alloc(5 * 1024 * 1024)]))
  writeFileSync(join(folder, 'words.png'), '<svg onload="alert(1)"/>')
  symlinkSync(join(station.dataDir, 'secret.png'), join(folder, 'link.png'))
  symlinkSync(station.dataDir, join(folder, 'up'))
})
afterEach(() => station.close())

const files = (pictures: readonly string[]) => {
  const path = join(folder, 'goods.csv')
  writeFileSync(path, csv([['sku', 'picture'], ...pictures.map((one, index) => [`P-${index}`, one])]))
  return { kind: 'catalog' as const, files: [{ path }] }
}
const run = (pictures: readonly string[]) =>
  station.desk.call('imports.run', { ...files(pictures), job: randomUUID() })
const saved = async () =>
  (await station.desk.call('catalog.list', { offset: 0, limit: 100 })).rows.map((row) => row.picture)
const kept = () =>
  existsSync(join(station.dataDir, 'pictures'))
    ? readdirSync(join(station.dataDir, 'pictures')).map((name) => `/pictures/${name}`)
    : []

describe('pictures that a catalogue names by their path', () => {
  it('are copied from beside the file, each once, whatever way the path is written', async () => {
    const done = await run(['red.png', './red.png', '图片/tea.jpeg', '图片\\tea.jpeg', '图片/../red.png'])
    expect(done).toMatchObject({ created: 5, rejectedCount: 0, notes: [] })
    const [red, tea] = [addressOf(picture, 'png'), addressOf(jpeg, 'jpg')]
    expect(await saved()).toEqual([red, red, tea, tea, red])
    expect(kept().toSorted()).toEqual([red, tea].toSorted())
    expect(readFileSync(join(station.dataDir, red))).toEqual(picture)
    // What was copied does not need its source again.
    rmSync(join(folder, 'red.png'))
    expect((await run([red])).notes).toEqual([])
    expect((await saved())[0]).toBe(red)
  })

  it('are looked at by a preview, and not copied', async () => {
    const seen = await station.desk.call('imports.preview', {
      ...files(['red.png', 'none.png']),
      job: randomUUID(),
    })
    expect(seen.notes).toMatchObject([{ row: 3, reason: { code: 'pictureMissing' } }])
    expect(kept()).toEqual([])
  })

  it.each([
    ['../secret.png', 'pictureOutside'],
    ['图片/../../secret.png', 'pictureOutside'],
    ['..\\secret.png', 'pictureOutside'],
    ['图片/..\\../secret.png', 'pictureOutside'],
    ['../catalogue-other/red.png', 'pictureOutside'],
    ['/etc/hostname', 'pictureOutside'],
    ['C:\\Windows\\win.ini', 'pictureOutside'],
    ['c:red.png', 'pictureOutside'],
    ['\\\\host\\share\\x.png', 'pictureOutside'],
    ['//host/share/x.png', 'pictureOutside'],
    ['file:///etc/hostname', 'pictureMissing'],
    ['link.png', 'pictureOutside'],
    ['up/secret.png', 'pictureOutside'],
    ['up/packbench.sqlite', 'pictureOutside'],
    ['.', 'pictureOutside'],
    ['..', 'pictureOutside'],
    ['图片', 'pictureMissing'],
    ['none.png', 'pictureMissing'],
    ['%2e%2e/secret.png', 'pictureMissing'],
    ['red.png/../../secret.png', 'pictureOutside'],
    ['large.png', 'pictureTooLarge'],
    ['words.png', 'pictureUnknown'],
    ['goods.csv', 'pictureUnknown'],
    ['/pictures/../packbench.sqlite', 'pictureOutside'],
  ])('%s is told with its row, and the import goes on', async (path, code) => {
    const done = await run(['red.png', path, 'red.png'])
    expect(done).toMatchObject({ created: 3, rejectedCount: 0 })
    expect(done.notes).toMatchObject([
      { file: 'goods.csv', row: 3, column: 'picture', reason: { code, params: { path } } },
    ])
    const red = addressOf(picture, 'png')
    expect(await saved()).toEqual([red, null, red])
    expect(kept()).toEqual([red])
  })

  it('stay as they were when the new one cannot be read', async () => {
    await run(['red.png'])
    expect((await run(['none.png'])).notes).toHaveLength(1)
    expect(await saved()).toEqual([addressOf(picture, 'png')])
  })

  it('are not looked for beside a file that a page sent', async () => {
    const upload = randomUUID()
    const content = Buffer.from('sku,picture\nP-0,red.png\nP-1,https://example.com/x.png\n')
    const sent = { id: upload, name: 'goods.csv', offset: 0, base64: content.toString('base64') }
    await station.desk.call('files.write', sent)
    const job = randomUUID()
    const done = await station.desk.call('imports.run', { job, kind: 'catalog', files: [{ upload }] })
    expect(done.notes).toMatchObject([{ row: 2, reason: { code: 'pictureAlone' } }])
    expect(await saved()).toEqual([null, 'https://example.com/x.png'])
  })
})
