// Days and instants in time zones, by the browser's own table (Intl). Knows no page.

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i
const MS_PER_DAY = 86_400_000

const QUARTER = 900_000
const SINCE = 94_694_400_000

const formats = new Map()
const offsets = new Map()

/** The clock of a time zone. Throws `RangeError` for one that does not exist. */
function clock(timeZone) {
  if (!formats.has(timeZone)) {
    formats.set(timeZone, new Intl.DateTimeFormat("en-US-u-hc-h23", {
      timeZone, era: "short", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit",
    }))
  }
  return formats.get(timeZone)
}

/** Milliseconds by which local time in `timeZone` is ahead of UTC at the instant `ms`. */
function offset(ms, timeZone) {
  // Since 1973 clocks change on the quarter of an hour only; long files ask for few of them.
  if (ms < SINCE) return exactOffset(ms, timeZone)
  const quarter = Math.floor(ms / QUARTER)
  const key = `${timeZone} ${quarter}`
  if (!offsets.has(key)) {
    if (offsets.size > 100_000) offsets.clear()
    offsets.set(key, exactOffset(quarter * QUARTER, timeZone))
  }
  return offsets.get(key)
}

function exactOffset(ms, timeZone) {
  const part = Object.fromEntries(clock(timeZone).formatToParts(ms).map(({ type, value }) => [type, value]))
  const year = part.era === "BC" ? 1 - part.year : +part.year
  const local = utc(year, +part.month, +part.day, +part.hour, +part.minute, +part.second)
  return local - Math.floor(ms / 1000) * 1000
}

function utc(year, month, day, hour = 0, minute = 0, second = 0) {
  const date = new Date(0)
  // Not `Date.UTC`, which takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  return date.getTime()
}

/**
 * The instant of a local time. One that is skipped when clocks go forward is as much later as they jump; of
 * one that comes twice, the first counts.
 */
function fromLocal(local, timeZone) {
  const before = offset(local - MS_PER_DAY, timeZone)
  const after = offset(local + MS_PER_DAY, timeZone)
  const matches = [local - before, local - after].filter((ms) => offset(ms, timeZone) === local - ms)
  return matches.length ? Math.min(...matches) : local - before
}

function isDate(year, month, day) {
  const date = new Date(utc(year, month, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Whether `text` is a day, `"2012-03-12"`, that is in the calendar. */
export function isDay(text) {
  const found = typeof text === "string" && DAY.exec(text)
  return Boolean(found) && isDate(+found[1], +found[2], +found[3])
}

/** The instant at which a day begins in a zone, in milliseconds; `later` days on. */
export function startOfDay(day, timeZone, later = 0) {
  const [, year, month, date] = DAY.exec(day)
  return fromLocal(utc(+year, +month, +date + later), timeZone)
}

/** The day on which an instant falls in a zone. */
export function dayOf(ms, timeZone) {
  return new Date(ms + offset(ms, timeZone)).toISOString().slice(0, 10)
}

/** Days from one day to another. */
export function daysBetween(from, to) {
  const [a, b] = [from, to].map((day) => DAY.exec(day).slice(1).map(Number))
  return Math.round((utc(...b) - utc(...a)) / MS_PER_DAY)
}

/**
 * An ISO 8601 instant in milliseconds, NaN if it is none. Without an offset it is local in `timeZone`;
 * a day alone is no instant.
 */
export function instant(text, timeZone) {
  if (text instanceof Date) return text.getTime()
  const found = typeof text === "string" && INSTANT.exec(text.trim())
  if (!found) return NaN
  const [year, month, day, hour, minute] = found.slice(1, 6).map(Number)
  const second = Number(found[6] ?? 0)
  const ms = Number(`0.${found[7] ?? 0}`) * 1000
  if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return NaN
  const local = utc(year, month, day, hour, minute, second)
  const zone = found[8]
  if (!zone) return fromLocal(local, timeZone) + ms
  if (/z/i.test(zone)) return local + ms
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(3).replace(":", "") || "0"].map(Number)
  if (hours > 23 || minutes > 59) return NaN
  return local - (zone[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000 + ms
}
