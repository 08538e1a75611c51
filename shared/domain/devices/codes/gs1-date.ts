/**
 * `YYMMDD` as YYYY-MM-DD; undefined where there is no such day. Day 00 is the last of its month. The century is the one
 * that brings the year closest to `year`, the running one: 51 to 99 years ahead belong to the century before, 50 to 99
 * years back to the one after (GS1 General Specifications §7.12).
 */
export function gs1Date(text: string, year: number): string | undefined {
  const [, yy, mm, dd] = /^(\d{2})(\d{2})(\d{2})$/.exec(text) ?? []
  if (yy === undefined || mm === undefined || dd === undefined) return undefined
  const ahead = Number(yy) - (year % 100)
  const century = Math.floor(year / 100) + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0)
  const full = century * 100 + Number(yy)
  const month = Number(mm)
  if (month < 1 || month > 12) return undefined
  const last = new Date(Date.UTC(full, month, 0)).getUTCDate()
  const day = dd === '00' ? last : Number(dd)
  if (day > last) return undefined
  return `${full}-${mm}-${String(day).padStart(2, '0')}`
}
