// When to set listings Inactive and Active around a vacation: pure, knows no page and no clock.
import { dayOf, daysBetween, isDay, startOfDay } from "./time.js"

const MINUTE = 60_000
const MAX_HANDLING = 365

/**
 * Plan a vacation.
 *
 * `lastDay` is the last day on which orders are handled, `returnDay` the first one after the vacation, both
 * `"YYYY-MM-DD"` in the seller's `timeZone`; an order is handled within `handlingDays` calendar days. Listings
 * come and go within `delayMinutes` of being set (60: vacation settings, March 19, 2012).
 *
 * All instants returned are ISO 8601 in UTC: `inactiveAt`, when to set the status Inactive, so that none can
 * be bought after `lastOrderAt`, the end of the last day whose orders are still handled by `lastDay`; `activeAt`, when to set
 * it Active, at the beginning of `returnDay`; `visibleBy`, when every customer sees the listings again. `ics`
 * is a calendar file (RFC 5545) with both dates, times told in `customerTimeZone` too. Raises `RangeError`.
 *
 * @returns {{inactiveAt: string, lastOrderAt: string, activeAt: string, visibleBy: string, ics: string}}
 */
export function planVacation({ lastDay, returnDay, handlingDays = 0, timeZone = "UTC", customerTimeZone = timeZone, delayMinutes = 60 }) {
  for (const [name, day] of Object.entries({ lastDay, returnDay })) {
    if (!isDay(day) || day < "1000" || day > "9000") throw new RangeError(`${name} is no day: ${day}`)
  }
  if (daysBetween(lastDay, returnDay) < 1) throw new RangeError("returnDay must come after lastDay")
  if (!Number.isInteger(handlingDays) || handlingDays < 0 || handlingDays > MAX_HANDLING) {
    throw new RangeError(`handlingDays is a whole number from 0 to ${MAX_HANDLING}, not ${handlingDays}`)
  }
  if (!Number.isFinite(delayMinutes) || delayMinutes < 0 || delayMinutes > 7 * 24 * 60) {
    throw new RangeError(`delayMinutes is a number from 0 to 10080, not ${delayMinutes}`)
  }
  for (const zone of [timeZone, customerTimeZone]) dayOf(0, zone)

  const lastOrder = startOfDay(lastDay, timeZone, 1 - handlingDays)
  const active = startOfDay(returnDay, timeZone)
  const inactive = lastOrder - delayMinutes * MINUTE
  const visible = active + delayMinutes * MINUTE
  const zones = [...new Set([timeZone, customerTimeZone])]
  const told = (ms) => zones.map((zone) => `${local(ms, zone)} (${zone})`).join(", ")
  const iso = (ms) => new Date(ms).toISOString()
  return {
    inactiveAt: iso(inactive),
    lastOrderAt: iso(lastOrder),
    activeAt: iso(active),
    visibleBy: iso(visible),
    ics: calendar([
      event(inactive, "inactive", "Set listings to Inactive", `Listings are gone by ${told(lastOrder)}.`),
      event(active, "active", "Set listings to Active", `Listings are back by ${told(visible)}.`),
    ]),
  }
}

/** A local time that reads the same in every language. */
function local(ms, timeZone) {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
  return `${dayOf(ms, timeZone)} ${clock.format(ms)}`
}

/** A calendar with an alarm at each event. Its stamp is no clock's, so that the same plan gives the same file. */
function calendar(events) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Deskpress//Vacation planner//EN", ...events.flat(), "END:VCALENDAR"]
  return lines.map((line) => `${folded(line)}\r\n`).join("")
}

function event(ms, kind, summary, description) {
  const stamp = new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "")
  return [
    "BEGIN:VEVENT",
    `UID:${kind}-${stamp}@vacation-planner.deskpress`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${stamp}`,
    "DURATION:PT15M",
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:PT0S",
    `DESCRIPTION:${escaped(summary)}`,
    "END:VALARM",
    "END:VEVENT",
  ]
}

/** RFC 5545 §3.3.11. */
function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n")
}

/** RFC 5545 §3.1: no line is longer than 75 octets; ours are ASCII. */
function folded(line) {
  return line.match(/.{1,74}/g).join("\r\n ")
}
