// How long something took, as helpdesks write it. Knows no page.
import { NOTHING, plainWord } from "./names.js"
import { plainCell } from "./moments.js"

const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }
const CLOCK = /^(?:(\d+) ?d(?:ays?)?,? ?)?(\d+):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/i
const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/i
const PARTS = /(\d+(?:[.,]\d+)?)\s*(d|days?|tage?n?|j|jours?|dias?|h|hrs?|hours?|std|stunden?|heures?|horas?|m|mins?|minutes?|minuten?|minutos?|s|secs?|seconds?|sekunden?|secondes?|segundos?)\b\.?,?\s*/giy

/** The unit that a heading names: "First reply time (min)". Empty if it names none. */
export function unitOf(heading) {
  const plain = plainWord(heading)
  if (/\bhh?[:h]mm\b/.test(plain)) return "clock"
  const found = /[([ _-](?:in |en |em )?(sec(?:ond)?s?|s|sekunden|secondes|segundos|min(?:ute)?s?|minuten|minutos|m|h|hrs?|hours?|std|stunden|heures|horas|days?|d|tagen?|jours|dias)\.?(?:[)\]]| within\b|$)/.exec(plain)
  return found ? { s: "seconds", m: "minutes", h: "hours", d: "days", t: "days", j: "days" }[found[1] === "std" || found[1] === "stunden" ? "h" : found[1][0]] : ""
}

/** "00:00:00": a reply at once, or how a program writes that there is none. */
export function isZeroClock(text) {
  return /^0+:00(?::00)?$/.test(text)
}

/** Seconds that a cell tells, in `unit` where it is a bare number; null for nothing, NaN for what is no duration or may be none. */
export function readDuration(value, unit = "") {
  const text = plainCell(value)
  if (NOTHING.has(plainWord(text))) return null
  if (isZeroClock(text)) return NaN
  const clock = CLOCK.exec(text)
  // "1:30" alone is hours and minutes.
  if (clock) return +clock[3] < 60 && +(clock[4] ?? 0) < 60 ? +(clock[1] ?? 0) * 86_400 + +clock[2] * 3600 + +clock[3] * 60 + +(clock[4] ?? 0) : NaN
  const iso = ISO.exec(text)
  if (iso && iso.slice(1).some((part) => part !== undefined)) return iso.slice(1).reduce((sum, part, at) => sum + +(part ?? 0) * [86_400, 3600, 60, 1][at], 0)
  if (/^\d+(?:[.,]\d+)?$|^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) {
    const number = Number(/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replace(/,/g, "") : text.replace(",", "."))
    return Object.hasOwn(UNITS, unit) ? number * UNITS[unit] : NaN
  }
  return ofParts(text)
}

/** "1 day 2 hrs 30 min" */
function ofParts(text) {
  let [sum, at] = [0, 0]
  PARTS.lastIndex = 0
  for (let found; at < text.length && (found = PARTS.exec(text)); at = PARTS.lastIndex) {
    const letter = found[2][0].toLowerCase()
    const unit = letter === "h" || /^st/i.test(found[2]) ? "hours" : { d: "days", t: "days", j: "days", m: "minutes", s: "seconds" }[letter]
    sum += Number(found[1].replace(",", ".")) * UNITS[unit]
  }
  return at && at === text.length ? sum : NaN
}

/** Whether a cell is a number that wants a unit. */
export function wantsUnit(value) {
  return /^\d+(?:[.,]\d+)?$/.test(plainCell(value))
}
