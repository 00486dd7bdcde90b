// Reads a whole table and judges every row of it, in a worker or in slices: knows no page.
import { say } from "../words.js"
import { deliveryTally, responseTally } from "./metrics.js"
import { toRecord } from "./records.js"
import { dayOf, instant, isDay } from "./time.js"
import { Papa } from "./vendor/csv.js"

/** Bytes of a file that are read at most. */
export const MAX_SIZE = 100_000_000
const LISTED = 500
const URGENT = 100
const SLICE = 200_000
const LONGEST = 72
const HOUR = 3_600_000
const KINDS_OF_FILES = [["PK\u0003\u0004", say("an Excel workbook or a ZIP archive")], ["%PDF", say("a PDF document")], ["\u00d0\u00cf\u0011\u00e0", say("an old Excel or Word document")], ["\u0089PNG", say("a picture")], ["\u00ff\u00d8\u00ff", say("a picture")], ["GIF8", say("a picture")]]

/**
 * The text of a file: UTF-8, UTF-16 with its mark, else Windows' Latin. Raises `RangeError` with what is wrong
 * with a file that is no table.
 */
export async function readTable(file) {
  if (file.size > MAX_SIZE) throw new RangeError(say("The file is larger than %(size)s MB. Export a shorter time.", { size: MAX_SIZE / 1e6 }))
  const bytes = new Uint8Array(await file.arrayBuffer())
  const start = String.fromCharCode(...bytes.subarray(0, 8))
  for (const [magic, what] of KINDS_OF_FILES) {
    if (start.startsWith(magic)) throw new RangeError(say("This is %(what)s, not a table as text. Save it as CSV first.", { what }))
  }
  if (start.startsWith("\u00ff\u00fe")) return new TextDecoder("utf-16le").decode(bytes)
  if (start.startsWith("\u00fe\u00ff")) return new TextDecoder("utf-16be").decode(bytes)
  if (bytes.subarray(0, 10_000).includes(0)) throw new RangeError(say("This is no text. Save the table as CSV first."))
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}

/** The headings and the first rows of a table: `{headings, rows, delimiter}`. Raises `RangeError`. */
export function previewTable(text) {
  const { data, meta } = Papa.parse(text.slice(0, 500_000).replace(/^\ufeff/, ""), { preview: 200, skipEmptyLines: "greedy", delimitersToGuess: [",", "\t", ";", "|"] })
  const headings = (data[0] ?? []).map((heading) => heading.trim())
  if (data.length < 2) throw new RangeError(say("There is no row below the headings."))
  if (headings.length < 2) throw new RangeError(say("There is only one column. The table wants its headings in the first row, and commas, semicolons or tabs between columns."))
  return { headings, rows: data.slice(1).map((row) => byHeading(headings, row)), delimiter: meta.delimiter }
}

function byHeading(headings, row) {
  return Object.fromEntries(headings.map((heading, at) => [heading, row[at] ?? ""]))
}

/**
 * Judge every row: `kind`, `mapping` and `order` as in records.js, `options` as in metrics.js. `tell(share)` is
 * called between slices; what it returns is waited for, so that a page can draw.
 *
 * @returns the rate of metrics.js, with `late` and `excluded` at most 500 long, `reasons` (how often each), `rows`
 *   (how many), `weeks` (packages: `[monday, in time, late]`), `hours` (messages: counts by hour, the last for more),
 *   `urgent` (messages: `{id, deadline}`, the next first), `broken` (the row after which a quotation mark stays open)
 */
export function judgeTable(text, { kind, mapping, order, delimiter, options }, tell = () => {}) {
  const judged = new Judged(kind, options)
  const plain = text.replace(/^\ufeff/, "")
  let headings = null
  let row = 0
  const take = (values) => {
    row += 1
    if (headings === null) headings = values.map((heading) => heading.trim())
    else if (values.some((value) => value.trim())) {
      const cells = byHeading(headings, values)
      const name = (mapping.id && cells[mapping.id]?.trim()) || ""
      judged.add(toRecord(kind, cells, mapping, order, { row, name }))
    }
  }
  return new Promise((resolve, reject) => {
    Papa.parse(plain, {
      delimiter,
      chunkSize: SLICE,
      error: reject,
      complete: () => resolve(judged.result()),
      chunk({ data, meta, errors }, parser) {
        parser.pause()
        data.forEach(take)
        if (errors.some(({ code }) => code === "MissingQuotes")) judged.broken = row
        Promise.resolve(tell(Math.min(1, meta.cursor / plain.length))).then(() => parser.resume(), reject)
      },
    })
  })
}

/** What comes of the rows of a table so far. */
class Judged {
  constructor(kind, options) {
    this.kind = kind
    this.options = options
    this.tally = kind === "packages" ? deliveryTally(options) : responseTally(options)
    this.rows = 0
    this.reasons = {}
    this.weeks = new Map()
    this.hours = new Array(LONGEST + 1).fill(0)
    this.urgent = []
    this.broken = 0
  }

  add(record) {
    this.rows += 1
    const verdict = this.tally.add(record)
    const reason = verdict.excluded ?? verdict.late
    if (reason) this.reasons[reason] = (this.reasons[reason] ?? 0) + 1
    if (this.kind === "packages") this.addToWeek(record, verdict)
    else this.addHours(record, verdict)
  }

  addToWeek({ promised, timeZone }, verdict) {
    if (verdict.excluded) return
    const zone = timeZone || this.options.timeZone
    const day = isDay(promised) ? promised : dayOf(instant(promised, zone), zone)
    const monday = mondayOf(day)
    const week = this.weeks.get(monday) ?? [monday, 0, 0]
    week[verdict.late ? 2 : 1] += 1
    this.weeks.set(monday, week)
  }

  addHours({ id, received, answered, noResponseNeeded }, verdict) {
    if (noResponseNeeded || ["invalid", "outside-window"].includes(verdict.excluded)) return
    const { timeZone, rules } = this.options
    const from = instant(received, timeZone)
    if (answered === null) this.urgent.push({ id, deadline: from + rules.response.limitHours * HOUR })
    else this.hours[Math.min(LONGEST, Math.floor((instant(answered, timeZone) - from) / HOUR))] += 1
  }

  result() {
    const rate = this.tally.rate()
    return {
      ...rate,
      late: rate.late.slice(0, LISTED),
      excluded: rate.excluded.slice(0, LISTED),
      lateCount: rate.late.length,
      excludedCount: rate.excluded.length,
      reasons: this.reasons,
      rows: this.rows,
      weeks: [...this.weeks.values()].sort(([a], [b]) => (a < b ? -1 : 1)),
      hours: this.hours,
      urgent: this.urgent.sort((a, b) => a.deadline - b.deadline).slice(0, URGENT),
      broken: this.broken,
    }
  }
}

/** The Monday of a day's week (ISO 8601). */
function mondayOf(day) {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}
