/** Words at the end of a courier's name that people leave out or exchange. */
const endings = /(?:速运|速递|快递|快运|物流|包裹|集团|有限公司|express)+$/i

/** Names that mean one courier have one key: 顺丰, 顺丰速运 and ` 顺丰 快递 `. */
export function courierKey(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[\s()（）·._-]/g, '')
  const stem = plain.replace(endings, '')
  return stem === '' ? plain : stem
}

const known = new Set(
  '顺丰 圆通 中通 申通 韵达 极兔 百世 德邦 京东 邮政 中国邮政 ems 丰网 菜鸟 菜鸟裹裹 安能 跨越 优速 天天 宅急送 sf'.split(
    ' ',
  ),
)

/**
 * Whether a word of an order file names a courier, as it then promises one. Columns of shipping methods hold other words
 * too (`快递`, `Standard Shipping`), which promise none.
 */
export const namesCourier = (word: string): boolean => {
  const key = courierKey(word)
  return (
    known.has(key) || (endings.test(word.trim()) && !endings.test(key) && key.length > 1 && key !== '普通')
  )
}
