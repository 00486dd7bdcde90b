// Reads a whole table, says what it understood, and judges every row of it: in a worker, in Node, or on the page itself. Knows no page.
import { say } from "../words.js"
import { deliveryTally, responseTally, ruleSet } from "./metrics.js"
import { rowsOf, tableOf } from "./table/grid.js"
import { isKnown, isNumberOf } from "./table/headings.js"
import { understand } from "./table/reading.js"
import { markDuplicates, merged, toRecord } from "./table/records.js"
import { bytesOf, decode, isArchive } from "./table/text.js"
import { withTimes } from "./table/times.js"
import { dayOf, instant, isDay } from "./time.js"

/**
 * @typedef {{kind?: "packages"|"messages", rules?: any, asOf?: string, timeZone?: string, answers?: Record<string, string>, layouts?: any[]}} Options
 *
 * @typedef {{status: "rate"|"question"|"refusal", layout: string, columns: Record<string, string>, dateOrder: string,
 *   questions: {field: string, kind?: string, problem: string}[], refusal: string, examples: object[], headings: string[],
 *   rows: Record<string, string>[], sheets?: string[], sheet?: string, titles?: string[], rate?: any, urgent?: object[], counted?: number, merged?: number}} Report
 */

const LONGEST = 72
const HOUR = 3_600_000
const SLICE = 5000

/**
 * Judge a file: a Blob with a table, CSV of any kind or a workbook. `kind` is "packages" or "messages"; `rules`, `asOf` and `timeZone` as in
 * metrics.js; `answers` answer what was asked: a heading by field, `dateOrder`, `timeZone`, `unit`, `sheet`, `unread`.
 *
 * A rate is shown only if nothing essential had to be guessed; else it asks (`question`), or says why none can come of it (`refusal`).
 *
 * @param {Blob} file
 * @param {Options} [options]
 * @returns {Promise<Report>}
 */
export async function judgeFile(file, options = {}) {
  let table
  try {
    table = await openTable(file, options)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { ...nothing(), refusal: error.message }
  }
  return judgeTable(table, options)
}

/** @returns {Report} */
function nothing() {
  return { status: "refusal", layout: "", columns: {}, dateOrder: "", questions: [], refusal: "", examples: [], headings: [], rows: [] }
}

/**
 * The table of a file: `{headings, rows, sheets, sheet, broken}`. Raises `RangeError` with what is wrong with a file that holds none.
 *
 * @param {Blob} file
 * @param {Options} [options]
 */
export async function openTable(file, { kind = "packages", answers = {} } = {}) {
  const bytes = await bytesOf(file)
  const sheets = await sheetsOf(bytes)
  const known = (heading) => isKnown(kind, heading)
  const tables = []
  let problem = null
  for (const { name, cells, broken } of sheets) {
    try {
      tables.push({ name, broken, ...tableOf(cells, known) })
    } catch (error) {
      problem ??= error
    }
  }
  if (!tables.length) throw problem ?? new RangeError(say("There is no row below the headings."))
  const weight = ({ headings }) => headings.filter(known).length
  const chosen = tables.find(({ name }) => name === answers.sheet) ?? tables.reduce((best, one) => (weight(one) > weight(best) ? one : best))
  // How long an answer took looks like a time of day, too: there it is asked.
  const table = kind === "packages" ? withTimes(chosen) : chosen
  return { ...table, sheet: chosen.name, sheets: tables.map(({ name }) => name) }
}

/** The sheets of a workbook, the tables of a web page, or the one table of a text. */
async function sheetsOf(bytes) {
  if (isArchive(bytes)) return (await import("./table/workbook.js")).readWorkbook(bytes)
  const text = decode(bytes)
  const start = text.slice(0, 2000)
  if (/^\s*<\?xml[^>]*\?>[^]*<(?:\w+:)?Workbook\b/.test(start)) return (await import("./table/workbook.js")).readSpreadsheetXml(text)
  if (/^\s*(?:<!doctype html|<html|<table|<meta|<head)\b/i.test(start)) return (await import("./table/workbook.js")).readWebTables(text)
  return [{ name: "", ...rowsOf(text) }]
}

/**
 * Judge a table that was opened. `tell(share)` is called between slices; what it returns is waited for, so that a page can draw.
 *
 * @param {any} table
 * @param {Options} [options]
 * @param {(share: number) => unknown} [tell]
 * @returns {Promise<Report>} what `judgeFile` gives, and with a rate `weeks` (packages: `[monday, in time, late]`), `hours` (messages: counts by hour, the last
 *   for more), `urgent` (messages: `{id, deadline}`, the next first), `reasons` (how often each), `counted` (rows that were read)
 */
export async function judgeTable(table, options = {}, tell = () => {}) {
  const { kind = "packages", answers = {}, layouts } = options
  const { headings, sheets, sheet } = table
  const timeZone = answers.timeZone || options.timeZone || "UTC"
  const asOf = options.asOf ?? new Date().toISOString()
  const now = instant(asOf, timeZone)
  if (Number.isNaN(now)) throw new RangeError(`asOf is no instant: ${asOf}`)
  const reading = understand(table, { kind, answers, timeZone, layouts, today: dayOf(now, timeZone) })
  const { layout, columns, dateOrder, questions, examples } = reading
  const rows = table.rows.map(({ cells }) => Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? ""])))
  /** @type {Report & Record<string, any>} */
  const found = { ...nothing(), layout, columns, dateOrder, questions, examples, headings, rows, sheets, sheet, titles: table.titles }
  if (table.broken) return { ...found, refusal: say("Row %(number)s: a quotation mark is opened and never closed. What follows it cannot be read as rows.", { number: table.broken }) }
  if (reading.refusal) return { ...found, refusal: reading.refusal }
  if (questions.length) return { ...found, status: "question" }
  const rules = ruleSet(options.rules ?? "amazon-2012")
  const records = []
  for (let at = 0; at < table.rows.length; at += SLICE) {
    for (const row of table.rows.slice(at, at + SLICE)) records.push(row.cells.length > headings.length && row.cells.slice(headings.length).some((cell) => cell.trim()) ? tooLong(row, columns, headings) : toRecord(kind, row, reading, timeZone))
    await tell(Math.min(1, (at + SLICE) / table.rows.length))
  }
  const judged = new Judged(kind, { ...options, rules, asOf, timeZone })
  if (kind === "messages" && columns.id) markDuplicates(records, table.rows, isNumberOf(kind, columns.id), timeZone)
  const wanted = kind === "packages" ? merged(records, rules.delivery.counts, Boolean(reading.at.tracked)) : records
  wanted.forEach((record) => judged.add(record))
  const result = judged.result()
  if (result.reasons.invalid === records.length) {
    return { ...found, status: "question", questions: [{ field: kind === "packages" ? "promised" : "received", problem: say("None of the rows can be judged: their dates are missing or cannot be read.") }] }
  }
  return { ...found, status: "rate", counted: records.length, merged: records.length - wanted.length, ...result }
}

/** A row with more cells than there are headings: its cells are not where they seem. */
function tooLong({ number, cells }, columns, headings) {
  return { id: { row: number, name: columns.id ? cells[headings.indexOf(columns.id)] ?? "" : "" }, promised: "unread", received: "unread", delivered: null, tracked: true, tracking: "" }
}

/** What comes of the rows of a table so far. */
class Judged {
  constructor(kind, options) {
    this.kind = kind
    this.options = options
    this.tally = kind === "packages" ? deliveryTally(options) : responseTally(options)
    this.reasons = {}
    this.weeks = new Map()
    this.hours = new Array(LONGEST + 1).fill(0)
    this.urgent = []
  }

  add(record) {
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
    if (noResponseNeeded || ["invalid", "outside-window", "duplicate"].includes(verdict.excluded)) return
    const { timeZone, rules } = this.options
    const from = instant(received, timeZone)
    if (answered === null) this.urgent.push({ id, deadline: from + rules.response.limitHours * HOUR })
    else this.hours[Math.min(LONGEST, Math.floor((instant(answered, timeZone) - from) / HOUR))] += 1
  }

  result() {
    return {
      rate: this.tally.rate(),
      reasons: this.reasons,
      weeks: [...this.weeks.values()].sort(([a], [b]) => (a < b ? -1 : 1)),
      hours: this.hours,
      urgent: this.urgent.sort((a, b) => a.deadline - b.deadline),
    }
  }
}

/** The Monday of a day's week (ISO 8601). */
function mondayOf(day) {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}
