/** Codes of 8–30 characters of every kind that a label carries, each different, from a seed. */
export function* uniqueCodes(seed: number): Generator<string, never> {
  const characters =
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./+*$%:_#@!()[]{}<>?=&,;\'"\\|^~`'
  let state = seed
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let serial = 1; ; serial += 1) {
    const number = serial.toString(36).padStart(3, '0')
    // Most labels are short, and each length from 8 to 30 is there.
    const filling = 5 + Math.min(random(23), random(23), random(23))
    const text = Array.from({ length: filling }, () => characters[random(characters.length)]).join('')
    const place = random(filling + 1)
    yield text.slice(0, place) + number + text.slice(place)
  }
}
