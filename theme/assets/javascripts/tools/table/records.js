// Rows of other people's tables as packages and messages. Knows no page.
import { instant } from "../time.js"
import { readDuration } from "./durations.js"
import { CAME, NO, NOT_THERE, SUM, SUM_ALONE, YES, isCalledOff, plainWord, wentBack } from "./names.js"
import { plainCell, readCell } from "./moments.js"

const UNREAD = "unread"
const MANY_ORDERS = 10

/** A row as a package or a message, as metrics.js takes it; `reading` is what `understand` gives, `timeZone` the usual zone. */
export function toRecord(kind, { number, cells }, reading, timeZone) {
  const value = (name) => (reading.at[name] ? plainCell(cells[reading.at[name].at]) : "")
  const moment = (name) => momentOf(value(name), name, reading, timeZone)
  const id = { row: number, name: value("id") }
  const sum = isSum(cells, reading)
  if (kind === "messages") {
    const received = moment("received")
    const answered = reading.at.answered?.unit ? later(received, value("answered"), reading.at.answered, timeZone) : moment("answered")
    return { id, received: sum ? UNREAD : received, answered, noResponseNeeded: !NO.has(word(value("noResponseNeeded"))) }
  }
  const promised = moment("promised")
  let delivered = moment("delivered")
  const status = word(value("status"))
  const states = [status, ...(reading.at.status?.others ?? []).map((at) => word(plainCell(cells[at])))]
  const calledOff = states.some(isCalledOff) || isYes(value("cancelled"))
  // It came, but no cell tells when; or it was called off: neither is late. A day of delivery that the status denies tells nothing.
  if (delivered === null && (CAME.has(status) || calledOff)) delivered = UNREAD
  if (delivered !== null && (NOT_THERE.has(status.replace(/-/g, " ")) || states.some(wentBack))) delivered = UNREAD
  const empty = promised === null && delivered === null
  const tracking = value("tracked")
  return {
    id,
    promised: sum || empty ? UNREAD : promised,
    delivered,
    // A table without such a column tells nothing of tracking: then all are taken for tracked. A line without dates is no package.
    tracked: empty || sum || !reading.at.tracked || !NO.has(word(tracking)),
    timeZone: value("timeZone") || undefined,
    units: reading.at.units ? Number(value("units").replace(/[.,]0+$/, "") || "1") : undefined,
    tracking,
  }
}

function word(text) {
  return plainWord(text).replace(/[_\s]+/g, " ")
}

function momentOf(text, name, { dateOrder, zones, days }, timeZone) {
  const read = readCell(text, dateOrder || "month-first", name === "promised")
  if (read.state) return read.state === "nothing" ? null : UNREAD
  if (read.iso.length === 10) return read.iso
  if (days[name] && /T00:00:00/.test(read.iso)) return read.iso.slice(0, 10)
  if (days[name] && instant(read.iso, timeZone) === instant(`${dayAt(read.iso, timeZone)}T00:00:00`, timeZone)) return dayAt(read.iso, timeZone)
  const zone = zones[name]
  return zone && !/(?:Z|[+-]\d\d:\d\d)$/.test(read.iso) ? new Date(instant(read.iso, zone)).toISOString() : read.iso
}

function dayAt(iso, timeZone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(instant(iso, timeZone))
}

/** The instant that comes a duration after another; a day alone begins at its midnight. */
function later(received, text, { unit, decimal }, timeZone) {
  const seconds = readDuration(text, unit, decimal)
  if (seconds === null) return null
  const from = instant(received?.length === 10 ? `${received}T00:00:00` : received, timeZone)
  return Number.isNaN(seconds) || Number.isNaN(from) ? UNREAD : new Date(from + seconds * 1000).toISOString()
}

/** Whether a line is a sum below the rows, not a row: its first cell or its name says nothing else, or it has no dates. */
function isSum(cells, reading) {
  const first = plainWord(plainCell(cells.find((cell) => String(cell ?? "").trim()) ?? ""))
  const name = reading.at.id ? plainWord(plainCell(cells[reading.at.id.at])) : ""
  if (SUM_ALONE.test(first) || SUM_ALONE.test(name)) return true
  if (!SUM.test(first)) return false
  return !["promised", "delivered", "received", "answered"].some((name) => reading.at[name] && readCell(cells[reading.at[name].at]).iso)
}

/** Whether a cell of a column of cancellations says that there was one: with its day, or in a word. */
function isYes(text) {
  const plain = word(text)
  return YES.has(plain) || isCalledOff(plain) || Boolean(readCell(text, "month-first").iso ?? readCell(text, "day-first").iso)
}

/** Whether a cell names one thing: a tracking number, an order. */
function isNumber(text) {
  return /\d/.test(text) && !YES.has(word(text)) && !NO.has(word(text))
}

/**
 * Packages that stand on several rows, one for each item, as one: those with the same tracking number, or without one the
 * same order, and the same dates. Where only one of them tells the delivery, that counts for all. Units are counted row by row.
 */
export function merged(records, counts, hasTracking) {
  if (counts === "units") return records
  const shared = hasTracking ? placeholders(records) : new Set()
  const kept = new Map()
  const found = []
  for (const record of records) {
    const numbered = hasTracking && isNumber(record.tracking) && !shared.has(record.tracking)
    const number = numbered ? record.tracking : record.id.name
    const key = isNumber(number) && record.promised !== UNREAD ? [number, record.promised, record.tracked, numbered || record.delivered].join("\n") : ""
    const first = key && kept.get(key)
    if (!first) {
      if (key) kept.set(key, record)
      found.push(record)
    } else if (first.delivered === null) first.delivered = record.delivered
    // Two days of delivery for one package: nobody knows which.
    else if (record.delivered !== null && record.delivered !== first.delivered) first.delivered = UNREAD
  }
  return found
}

/**
 * Mark messages that stand on several rows, one for each of their tags, or in exports that overlap: with a `ticket` number those that came at the
 * same moment under the same number, of which the first answer counts; by a subject only rows that are the same in every cell; without a name none.
 */
export function markDuplicates(records, rows, ticket, timeZone) {
  const kept = new Map()
  const earlier = (one, other) => instant(other, timeZone) < instant(one, timeZone)
  records.forEach((record, at) => {
    if (!record.id.name || record.received === UNREAD || record.received === null) return
    const key = ticket ? `${record.id.name}\n${record.received}` : rows[at].cells.join("\n")
    const first = kept.get(key)
    if (!first) {
      kept.set(key, record)
      return
    }
    record.duplicate = true
    first.noResponseNeeded ||= record.noResponseNeeded
    if (record.answered !== null && (first.answered === null || first.answered === UNREAD || earlier(first.answered, record.answered))) first.answered = record.answered
  })
}

/** What stands as tracking number with so many orders that it is none. */
function placeholders(records) {
  const orders = new Map()
  for (const { tracking, id } of records) {
    if (!orders.has(tracking)) orders.set(tracking, new Set())
    const names = orders.get(tracking)
    if (names.size <= MANY_ORDERS) names.add(id.name)
  }
  return new Set([...orders].flatMap(([tracking, names]) => (names.size > MANY_ORDERS ? [tracking] : [])))
}
