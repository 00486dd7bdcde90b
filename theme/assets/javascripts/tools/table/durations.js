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
  if (/\b(?:mm?|min(?:ute)?s?):(?:ss?|sec(?:ond)?s?)\b/.test(plain)) return "mm:ss"
  const found = /^(minutes|hours|seconds|days|minuten|stunden|heures|horas|minutos) (?:to|until|till|bis|jusqu|hasta)\b/.exec(plain) ?? /[([ _-](?:in |en |em )?(sec(?:ond)?s?|s|sekunden|secondes|segundos|min(?:ute)?s?|minuten|minutos|m|h|hrs?|hours?|std|stunden|heures|horas|days?|d|tagen?|jours|dias)\.?(?:[)\]]| within\b|$)/.exec(plain)
  return found ? { s: "seconds", m: "minutes", h: "hours", d: "days", t: "days", j: "days" }[found[1] === "std" || found[1] === "stunden" ? "h" : found[1][0]] : ""
}

/** "00:00:00": a reply at once, or how a program writes that there is none. */
export function isZeroClock(text) {
  return /^0+:00(?::00)?$/.test(text)
}

/**
 * Seconds that a cell tells, in `unit` where it is a bare number; null for nothing, NaN for what is no duration or may be several. `decimal`
 * is the mark before decimals that the column's other cells show, "" if none does.
 */
export function readDuration(value, unit = "", decimal = "") {
  const text = plainCell(value)
  if (NOTHING.has(plainWord(text))) return null
  if (isZeroClock(text)) return NaN
  const clock = CLOCK.exec(text)
  // "1:30" alone is hours and minutes; below a heading that names minutes or seconds it may be minutes and seconds.
  if (clock && !clock[4] && !clock[1] && unit === "mm:ss") return +clock[3] < 60 ? +clock[2] * 60 + +clock[3] : NaN
  if (clock && !clock[4] && (unit === "minutes" || unit === "seconds")) return NaN
  if (clock) return +clock[3] < 60 && +(clock[4] ?? 0) < 60 ? +(clock[1] ?? 0) * 86_400 + +clock[2] * 3600 + +clock[3] * 60 + +(clock[4] ?? 0) : NaN
  const iso = ISO.exec(text)
  if (iso && iso.slice(1).some((part) => part !== undefined)) return iso.slice(1).reduce((sum, part, at) => sum + +(part ?? 0) * [86_400, 3600, 60, 1][at], 0)
  const number = numberOf(text, decimal)
  if (number !== undefined) return Object.hasOwn(UNITS, unit) ? number * UNITS[unit] : NaN
  return ofParts(text)
}

/** A bare number as it is written with points, commas or spaces; NaN for one that may be two, undefined for none. */
function numberOf(text, decimal) {
  if (!/^\d+(?:[., ]\d+)*$/.test(text)) return undefined
  if (/^\d{1,3}(?: \d{3})+(?:[.,]\d+)?$/.test(text)) return Number(text.replace(/ /g, "").replace(",", "."))
  if (!/[.,]/.test(text)) return /^\d+$/.test(text) ? Number(text) : undefined
  const mark = markOf(text) || decimal
  // "1.440" is 1440 where the others have decimal commas; where nothing tells, a comma in front of three digits parts thousands.
  if (!mark) return text.includes(",") ? Number(text.replace(/,/g, "")) : NaN
  const plain = mark === "," ? text.replace(/\./g, "").replace(",", ".") : text.replace(/,/g, "")
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : NaN
}

/** The mark before decimals that a number shows: of "1.234,5" the comma, of "1,440" none. */
function markOf(text) {
  const [, whole, mark, rest] = /^([\d.,]*\d)([.,])(\d+)$/.exec(text) ?? []
  if (!mark) return ""
  const other = mark === "," ? "." : ","
  if (whole.includes(mark)) return whole.includes(other) ? "" : other
  return whole.includes(other) || rest.length !== 3 || whole.length > 3 || whole === "0" ? mark : ""
}

/** The mark before decimals in a column of numbers: as its numbers show, "" if none does or they differ. */
export function decimalOf(values) {
  const plain = values.map(plainCell)
  const marks = new Set(plain.map(markOf).filter(Boolean))
  if (marks.size) return marks.size === 1 ? [...marks][0] : ""
  // Who writes 1440 without a mark parts no thousands with one.
  if (!plain.some((text) => /^\d{4,}$/.test(text))) return ""
  return plain.some((text) => text.includes(".")) ? "." : ","
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
  return !Number.isNaN(numberOf(plainCell(value), ".") ?? NaN)
}
