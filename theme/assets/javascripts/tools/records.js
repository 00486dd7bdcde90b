// Rows of other people's files as packages and messages: which column is which, what a date says. Knows no page.

/** What a file can tell, by kind: fields with the headings that other programs give them. */
export const FIELDS = {
  packages: [
    { name: "promised", label: "Promised date", required: true, aliases: ["promised", "promised date", "promise date", "promised delivery date", "estimated delivery", "estimated delivery date", "latest delivery date", "expected delivery date", "expected date", "deliver by", "delivery due", "due", "due date", "edd"] },
    { name: "delivered", label: "Delivered", aliases: ["delivered", "delivered date", "delivery date", "delivered at", "actual delivery date", "actual delivery", "date delivered", "arrived", "arrival date"] },
    { name: "tracked", label: "Tracked (or tracking number)", aliases: ["tracked", "tracking", "tracking number", "tracking id", "tracking no", "tracking code", "valid tracking", "has tracking"] },
    { name: "units", label: "Units", aliases: ["units", "quantity", "quantity shipped", "qty", "items", "number of units"] },
    { name: "timeZone", label: "Time zone of the destination", aliases: ["time zone", "timezone", "tz", "destination time zone"] },
    { name: "id", label: "Package or order", aliases: ["id", "package", "package id", "shipment id", "order", "order id", "order number", "amazon order id", "purchase order", "po number"] },
  ],
  messages: [
    { name: "received", label: "Received", required: true, aliases: ["received", "received at", "date received", "created", "created at", "creation date", "opened", "opened at", "message received", "requested at", "date", "timestamp"] },
    { name: "answered", label: "First reply", aliases: ["answered", "answered at", "first reply", "first reply at", "first response", "first response at", "first response date", "replied", "replied at", "responded", "responded at", "response date", "first reply time"] },
    { name: "noResponseNeeded", label: "No reply needed", aliases: ["no response needed", "no reply needed", "no response required", "no reply required", "response not needed", "no answer needed", "skip"] },
    { name: "id", label: "Message or ticket", aliases: ["id", "message", "message id", "ticket", "ticket id", "ticket number", "case", "case id", "conversation id", "subject"] },
  ],
}

const NO = new Set(["", "no", "n", "false", "0", "none", "n/a", "-", "untracked", "not tracked"])
const NOTHING = new Set(["", "-", "–", "n/a", "na", "null", "none", "not delivered", "pending", "unanswered", "open"])
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
const OFFSETS = { utc: "Z", gmt: "Z", z: "Z", pst: "-08:00", pdt: "-07:00", mst: "-07:00", mdt: "-06:00", cst: "-06:00", cdt: "-05:00", est: "-05:00", edt: "-04:00" }
const CLOCK = String.raw`(?:[T ,]+(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?([ap]\.?m\.?)? ?(z|utc|gmt|[pmce][sd]t|[+-]\d{2}:?\d{2})?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${CLOCK}$`, "i")
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${CLOCK}$`, "i")
const MONTH_NAMED = new RegExp(String.raw`^(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${CLOCK}$`, "i")
const DAY_NAMED = new RegExp(String.raw`^(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ .-]([a-z]{3,9})[ .,-]+(\d{4})${CLOCK}$`, "i")

/** For each field of a kind the heading that means it, or "". */
export function guessColumns(kind, headings) {
  const plain = headings.map((heading) => heading.toLowerCase().replace(/[_\-./()#]+/g, " ").replace(/\s+/g, " ").trim())
  const taken = new Set()
  const guess = (aliases) => {
    const fits = [(text, alias) => text === alias, (text, alias) => text.startsWith(`${alias} `) || text.endsWith(` ${alias}`)]
    for (const fit of fits) {
      for (const alias of aliases) {
        const at = plain.findIndex((text, column) => !taken.has(column) && fit(text, alias))
        if (at >= 0) {
          taken.add(at)
          return headings[at]
        }
      }
    }
    return ""
  }
  return Object.fromEntries(FIELDS[kind].map(({ name, aliases }) => [name, guess(aliases)]))
}

/** Which way round days and months stand in `values`: "day-first", "month-first", or "" if they do not tell. */
export function dateOrder(values) {
  for (const value of values) {
    const found = YEAR_LAST.exec(String(value).trim())
    if (found && +found[1] > 12) return "day-first"
    if (found && +found[2] > 12) return "month-first"
  }
  return ""
}

/** Whether a value is a date whose day and month can be taken for each other. */
export function isAmbiguous(value) {
  const found = YEAR_LAST.exec(String(value).trim())
  return Boolean(found) && +found[1] <= 12 && +found[2] <= 12 && found[1] !== found[2]
}

/**
 * A date as people write it in ISO 8601: a day, or an instant if it has a time. Null for none, and the text itself if it
 * cannot be read: whoever judges it will say so.
 */
export function readMoment(text, order = "month-first") {
  const plain = String(text ?? "").replace(/\s+/g, " ").trim()
  if (NOTHING.has(plain.toLowerCase())) return null
  let found = YEAR_FIRST.exec(plain)
  if (found) return iso(found[1], found[2], found[3], found.slice(4)) ?? plain
  found = YEAR_LAST.exec(plain)
  if (found) {
    const [day, month] = order === "day-first" ? [found[1], found[2]] : [found[2], found[1]]
    return iso(found[3], month, day, found.slice(4)) ?? plain
  }
  found = MONTH_NAMED.exec(plain)
  if (found) return iso(found[3], monthNumber(found[1]), found[2], found.slice(4)) ?? plain
  found = DAY_NAMED.exec(plain)
  if (found) return iso(found[3], monthNumber(found[2]), found[1], found.slice(4)) ?? plain
  return plain
}

function monthNumber(name) {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

function iso(year, month, day, [hour, minute, second, half, zone]) {
  const two = (number) => String(number).padStart(2, "0")
  const date = `${year}-${two(month)}-${two(day)}`
  if (hour === undefined) return date
  if (half && (+hour < 1 || +hour > 12)) return null
  const hours = half ? (+hour % 12) + (/p/i.test(half) ? 12 : 0) : +hour
  const offset = zone ? OFFSETS[zone.toLowerCase()] ?? zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2") : ""
  return `${date}T${two(hours)}:${minute}:${second ?? "00"}${offset}`
}

/** A row, its values by heading, as a package or a message; `id` is what the reader finds it by. */
export function toRecord(kind, values, mapping, order, id) {
  const value = (name) => (mapping[name] ? String(values[mapping[name]] ?? "").trim() : "")
  if (kind === "messages") {
    return { id, received: readMoment(value("received"), order), answered: readMoment(value("answered"), order), noResponseNeeded: !NO.has(value("noResponseNeeded").toLowerCase()) }
  }
  return {
    id,
    promised: readMoment(value("promised"), order),
    delivered: readMoment(value("delivered"), order),
    // A file without such a column tells nothing of tracking: then all are taken for tracked.
    tracked: !mapping.tracked || !NO.has(value("tracked").toLowerCase()),
    timeZone: value("timeZone") || undefined,
    units: mapping.units ? Number(value("units") || "1") : undefined,
  }
}
