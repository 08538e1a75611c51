/**
 * The name, or the first with a number behind it that is free, at most `longest` characters: two things of one name are
 * two things. The empty name stays empty.
 */
export function freeName(name: string, taken: readonly string[], longest = 60): string {
  if (name === '') return name
  const numbered = (n: number) => {
    const tail = n === 1 ? '' : ` ${n}`
    // Half of a character that takes two is none.
    return `${name
      .slice(0, longest - tail.length)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trimEnd()}${tail}`
  }
  let n = 1
  while (taken.includes(numbered(n))) n += 1
  return numbered(n)
}
