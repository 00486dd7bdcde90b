// What a cell of a table says about when something was: a day, an instant, nothing. Knows no page.
import { instant, isDay } from "../time.js"
import { CALLED_OFF, CAME, NOTHING, SEVERAL_ZONES, ZONES, isFiller, monthOf, plainWord } from "./names.js"

const TIME = /(?<![\d:.])(\d{1,2})(?:[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*([ap]\.?\s?m\b\.?|[صم](?!\p{L}))?(?:\s*uhr\b)?/giu
const ZONE = /^\s*(z\b|[a-z]{2,5}\b(?!\/))?\s*([+-]\d{1,2}(?::?\d{2})?(?!\d))?\s*(?:\[?([A-Z][A-Za-z]+(?:\/[A-Za-z_+-]+)+)\]?)?\s*(?:\([^()]*\))?(.*)$/is
const NUMBERS = /^(\d{1,4})\s*([-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,4})日?\.?$/u
const DAY_WITH_ZONE = /^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$/i
const EMPTY_DATE = /^(?:0000|0001|1899|9999)-|^1900-0?1-0?[01]\b|^1970-0?1-0?1\b|^0?0[-/.]0?0[-/.]|^0?1[-/.]0?[01][-/.]1900\b|^0?1[-/.]0?1[-/.](?:1970|0001)\b|^31[-/.]12[-/.](?:1899|9999)\b|^12[-/.]31[-/.](?:1899|9999)\b|^0+(?:[.,]0+)?$/
/** How spreadsheets and databases write how long something took, or a time without its day: no empty date. */
const DAYLESS = /^(?:1899|1900)-[^]*[T ][\d:.]*[1-9]/
const SERIAL = /^\d{5}(?:[.,]\d+)?$/
const WINDOW = /\s+(?:[-–—~→]|to|and|until|till|bis|und|au|et|al|hasta|y|إلى|الى)\s+|\s*[–—~→]\s*|(?<=\d)\/(?=\d{4}-)|(?<=:\d\d)-(?=\d{1,2}:\d\d)/iu
const LEAD = /^(?:delivered|arrived|arriving|arrives|expected|estimated|promised|due|guaranteed|zugestellt|geliefert|erwartet|livrée?|prévue?|entregad[oa]|previst[oa]|تم التسليم)(?: (?:on|by|at|am|bis|le|el|para el|في))?[:\s–-]+/iu
/** What stands before the time, or in place of it, where carriers promise: "2/5/2026 by 8:00 PM", "by end of day", "between 9:00 AM - 1:00 PM". */
const UNTIL = /(?:,?\s+by (?:the )?end of (?:the )?day$)|\s+(?:by|before|until|between|bis|zwischen|avant|entre|antes de)(?=\s+\d{1,2}(?::\d\d|\s*[ap]\.?m\b))/giu
/** An offset tells all that the abbreviation after it would: "+0000 UTC". */
const NAMED_OFFSET = /(\d\s*[+-]\d{2}:?\d{2})\s+[A-Z]{1,5}$/
const CLOCK_WINDOW = /(?<=\s\d{1,2}:\d\d)\s*-\s*(?=\d{1,2}:\d\d\b)/
const MS_PER_DAY = 86_400_000
const SERIALS = [20_000, 80_000]
const ARABIC = /[\u0660-\u0669\u06f0-\u06f9]/g
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** A cell as it is meant: without ="…", a leading apostrophe, spaces of all kinds; digits as ours. */
export function plainCell(value) {
  let text = String(value ?? "").replace(UNSEEN, "").replace(/\s+/g, " ").trim()
  const formula = /^=\s*"(.*)"$/s.exec(text)
  if (formula) text = formula[1].replace(/""/g, '"').trim()
  if (text.startsWith("'") || text.startsWith("’")) text = text.slice(1).trim()
  return text.replace(ARABIC, (digit) => String(digit.charCodeAt(0) & 15))
}

/**
 * What a cell says. `order` tells how 3/12/2012 is meant, "month-first" or "day-first".
 *
 * @returns {{iso?: string, numeric?: {a: number, b: number, separator: string, short: boolean}, zone?: string, hours12?: boolean,
 *   state?: "nothing"|"came"|"called-off"|"unread", text?: string}} with `iso`, or with `state` and `text`:
 *   `iso` is a day or an instant, without an offset where the cell names none; `zone` is an abbreviation with several meanings
 */
export function readCell(value, order = "month-first", ends = false) {
  const text = plainCell(value)
  const word = plainWord(text).replace(/[_\s]+/g, " ")
  if (NOTHING.has(word) || NOTHING.has(word.replace(/-/g, " ")) || (EMPTY_DATE.test(text) && !DAYLESS.test(text))) return { state: "nothing", text }
  if (DAYLESS.test(text)) return { state: "unread", text }
  if (CAME.has(word)) return { state: "came", text }
  if (CALLED_OFF.has(word)) return { state: "called-off", text }
  const dated = /\d/.test(text) && text.replace(LEAD, "")
  if (dated && dated !== text) return readCell(dated, order, ends)
  const plain = (ends ? text.replace(UNTIL, "") : text).replace(NAMED_OFFSET, "$1")
  if (plain !== text) return readCell(plain, order, ends)
  // "10:00-12:00" after a day is a span where a span may stand, else a time with its distance from UTC.
  const spans = ends && CLOCK_WINDOW.test(text) && readWindow(text, order)
  return spans || (readDate(text, order) ?? (ends ? readWindow(text, order) : null) ?? { state: "unread", text })
}

function readDate(text, order) {
  if (text.length > 80 || !/\d/.test(text)) return null
  const whole = ofDigits(text)
  if (whole !== undefined) return whole
  const zoned = DAY_WITH_ZONE.exec(text)
  if (zoned) return isDay(zoned[1]) ? { iso: zoned[1] } : null
  const { date, clock, zone, offset, region } = apart(text)
  const day = readDay(date, order)
  if (!day) return null
  const { iso, numeric } = day
  if (!clock) return zone || offset || region ? null : { iso, numeric }
  const time = clockOf(clock)
  if (!time) return null
  const found = { iso: `${iso}T${time}`, numeric, hours12: Boolean(clock.half) }
  const named = zone && Object.hasOwn(ZONES, zone) ? ZONES[zone] : undefined
  if (offset && (named ?? 0) === 0) return { ...found, iso: found.iso + offset }
  if (region) {
    try {
      return { ...found, iso: `${new Date(instant(found.iso, region)).toISOString().slice(0, 19)}Z` }
    } catch {
      return null
    }
  }
  if (named !== undefined) return { ...found, iso: found.iso + offsetOf(named) }
  if (!zone) return found
  return SEVERAL_ZONES.has(zone) ? { ...found, zone: zone.toUpperCase() } : null
}

/** Dates of digits alone: 20260203, 20260203160500, a spreadsheet's serial number, seconds since 1970. Undefined for what is none. */
function ofDigits(text) {
  let found = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?(Z)?)?$/i.exec(text)
  if (found && isDay(`${found[1]}-${found[2]}-${found[3]}`)) {
    const day = `${found[1]}-${found[2]}-${found[3]}`
    if (found[4] === undefined) return { iso: day }
    return +found[4] < 24 && +found[5] < 60 && +(found[6] ?? 0) < 60 ? { iso: `${day}T${found[4]}:${found[5]}:${found[6] ?? "00"}${found[7] ? "Z" : ""}` } : null
  }
  if (SERIAL.test(text)) {
    const serial = Number(text.replace(",", "."))
    return serial >= SERIALS[0] && serial < SERIALS[1] ? { iso: serialDay(serial), serial: true } : null
  }
  found = /^(1\d{9})(\d{3})?(?:\.\d+)?$/.exec(text)
  if (found) return { iso: `${new Date(+found[1] * 1000).toISOString().slice(0, 19)}Z` }
  return /^[\d.,]+$/.test(text) && !NUMBERS.test(text) ? null : undefined
}

/** The day, or the moment, of a spreadsheet's serial number, by the calendar that begins in 1900 (or 1904). */
export function serialDay(serial, since1904 = false) {
  const seconds = Math.round((serial + (since1904 ? 1462 : 0) - 25_569) * 86_400)
  const iso = new Date(seconds * 1000).toISOString()
  return (seconds * 1000) % MS_PER_DAY === 0 ? iso.slice(0, 10) : iso.slice(0, 19)
}

/** The date, the clock and the zone of a text, wherever they stand. */
function apart(text) {
  const found = clockIn(text)
  if (!found) return { date: text }
  const before = text.slice(0, found.at).replace(/[T,\s]+$/, "")
  const [, named = "", offset = "", region = "", after = ""] = ZONE.exec(text.slice(found.end)) ?? []
  let [zone, rest] = [named.toLowerCase(), after]
  if (zone && (monthOf(zone) || isFiller(zone)) && !Object.hasOwn(ZONES, zone)) {
    rest = `${zone} ${rest}`
    zone = ""
  }
  return { date: `${before} ${rest}`.replace(/^[\s,]+|[\s,]+$/g, ""), clock: found, zone, offset: offset && offsetText(offset), region }
}

/** The first time of day in a text: with a colon, or with a.m. and p.m. */
function clockIn(text) {
  for (const found of text.matchAll(TIME)) {
    const [all, hour, minute, second, half] = found
    if (minute === undefined && !half) continue
    return { at: found.index, end: found.index + all.length, hour, minute: minute ?? "00", second: second ?? "00", half: half ?? "" }
  }
  return null
}

function clockOf({ hour, minute, second, half }) {
  if (half && (+hour < 1 || +hour > 12)) return null
  const hours = half ? (+hour % 12) + (/[pم]/iu.test(half) ? 12 : 0) : +hour
  if (hours > 23 || +minute > 59 || +second > 59) return null
  return `${two(hours)}:${minute}:${second}`
}

/** A day as people write it; `numeric` where it is all numbers and the year comes last. */
function readDay(text, order) {
  const plain = text.replace(/^[\p{L}.]+,?\s+/u, (word) => (isFiller(word.replace(/[,\s]/g, "")) && !monthOf(word.replace(/[,\s]/g, "")) ? "" : word)).trim()
  const found = NUMBERS.exec(plain)
  if (found) return ofNumbers(found, order)
  return ofNames(plain)
}

/** @param {RegExpExecArray} found */
function ofNumbers([, first, separator, second, third], order) {
  if (first.length === 4 || (first.length <= 2 && +first > 31 && third.length <= 2)) return dayOf(year(first), second, third)
  if (first.length > 2 || third.length === 1 || third.length === 3) return null
  // Nobody who writes dots puts the month first.
  const dots = separator === "."
  const [day, month] = dots || order === "day-first" ? [first, second] : [second, first]
  const found = dayOf(year(third), month, day)
  return found && (dots ? found : { ...found, numeric: { a: +first, b: +second, separator, short: third.length === 2, plain: first.length === 1 || second.length === 1 } })
}

/** A day whose month has a name. */
function ofNames(text) {
  const words = text.match(/[\p{L}\p{M}]+|\d+/gu) ?? []
  const numbers = words.filter((word) => /^\d/.test(word))
  const names = joined(words.filter((word) => !/^\d/.test(word)))
  const named = names.filter((word) => monthOf(word))
  const months = named.length > 1 ? named.filter((word) => !isFiller(word)) : named
  if (months.length !== 1 || numbers.length !== 2) return null
  if (names.some((word) => word !== months[0] && !isFiller(word))) return null
  const [first, second] = numbers
  const [years, day] = first.length === 4 ? [first, second] : [second, first]
  return years.length === 4 || years.length === 2 ? dayOf(year(years), monthOf(months[0]), day) : null
}

/** Arabic months of two words in one. */
function joined(words) {
  return words.join(" ").replace(/(كانون|تشرين) (?=\p{L})/gu, "$1").split(" ").filter(Boolean)
}

function dayOf(years, month, day) {
  const iso = `${years}-${two(month)}-${two(day)}`
  return isDay(iso) ? { iso } : null
}

/** A year of two digits is one of this century up to 69, as spreadsheets take it. */
function year(digits) {
  return digits.length === 2 ? String(+digits < 70 ? 2000 + +digits : 1900 + +digits) : digits
}

/** The end of a span: "Feb 3 - Feb 5, 2026", "3-5 Feb 2026", "3 Feb 2026 10:00 - 14:00". */
function readWindow(text, order) {
  const days = text.replace(/\b\d{1,2}\.?\s*[-–]\s*(?=\d{1,2}\b\.?,?\s*(?:\p{L}|\d{4}))/u, "")
  if (days !== text && /\p{L}/u.test(text)) {
    const found = readDate(days, order)
    if (found) return found
  }
  const parts = text.split(CLOCK_WINDOW.test(text) ? CLOCK_WINDOW : WINDOW)
  if (parts.length < 2) return null
  const [first, last] = [parts[0].trim().replace(/^(?:between|from|zwischen|von|entre|du|desde|del)\s+/i, ""), parts.at(-1).trim()]
  const whole = readDate(last, order)
  if (whole) return whole
  const from = apart(first)
  const years = /\b\d{4}\b/.exec(from.date)?.[0] ?? ""
  const month = (from.date.match(/[\p{L}.]+/gu) ?? []).find((word) => monthOf(word)) ?? ""
  for (const text of [`${from.date} ${last}`, `${last} ${years}`, `${month} ${last}`, `${month} ${last} ${years}`]) {
    const found = readDate(text.trim(), order)
    if (found) return found
  }
  return null
}

function offsetText(text) {
  const [, sign, hours, minutes] = /([+-])(\d{1,2}):?(\d{2})?/.exec(text)
  return `${sign}${two(hours)}:${minutes ?? "00"}`
}

function offsetOf(minutes) {
  const size = Math.abs(minutes)
  return minutes === 0 ? "Z" : `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

function two(number) {
  return String(+number).padStart(2, "0")
}

/**
 * A date as people write it in ISO 8601: a day, or an instant if it has a time. Null for none, and the text itself if it
 * cannot be read: whoever judges it will say so.
 */
export function readMoment(value, order = "month-first") {
  const found = readCell(value, order)
  return found.iso ?? (found.state === "nothing" ? null : found.text)
}
