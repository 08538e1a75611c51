import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { en } from '#renderer/app/i18n/en.ts'
import { zhCN } from '#renderer/app/i18n/zh-CN.ts'
import { labelReason } from '#renderer/ui/label-reason.ts'
import { heldReasons } from '#shared/domain/labels/held.ts'

type Tree = { readonly [key: string]: string | Tree }

function flat(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') found.set(here, value)
    else for (const [inner, text] of flat(value, here)) found.set(inner, text)
  }
  return found
}

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort()

describe('texts', () => {
  const chinese = flat(zhCN)
  const english = flat(en)

  it('both languages have the same keys and none is empty', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('')
  })

  it('a translation fills the same holes', () => {
    for (const [key, text] of chinese) {
      // "1 label left" may leave its number out; the others may not.
      if (key.endsWith('_one')) continue
      expect(holes(english.get(key) ?? ''), key).toEqual(holes(text))
    }
  })

  it('no Chinese character is left in the English texts', () => {
    for (const [key, text] of english) expect(/\p{Script=Han}/u.test(text), key).toBe(false)
  })
})

describe('what the ledger says of a label', () => {
  it.each<readonly [string, RegExp]>([
    ...heldReasons.map((reason) => [reason, /./] as const),
    ['waits in the queue of 标签机 2', /标签机 2/],
    ['refused: noFreshParams', /抖店|Douyin/],
    ['192.0.2.8:9100: no connection within 3000 ms', /^没有回应$|^it does not answer$/],
    ['refused: the print data of this waybill names no template', /重新导入|import it again/],
    ['render: out of memory', /out of memory/],
    ['incomplete: receiver.name receiver.address', /收件人.*收件地址|receiver, .*address/],
  ])('%s', async (reason, named) => {
    const i18n = createInstance()
    const { t } = i18n
    await i18n.init({ resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } } })
    for (const language of ['zh-CN', 'en']) {
      await i18n.changeLanguage(language)
      const words = labelReason(reason, t)
      expect(words).toMatch(named)
      expect(words).not.toContain(reason)
      expect(words).not.toContain('label.why')
    }
  })
})
