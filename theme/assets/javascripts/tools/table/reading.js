// What was understood of a table, and what is still to be asked: a rate is shown only when nothing essential is guessed.
import { say } from "../../words.js"
import { findColumns, sampled } from "./columns.js"
import { isZeroClock, readDuration } from "./durations.js"
import { FIELDS } from "./headings.js"
import { NOTHING, SEVERAL_ZONES, ZONES, plainWord } from "./names.js"
import { plainCell, readCell } from "./moments.js"
import { instant } from "../time.js"

const DATES = { packages: ["promised", "delivered"], messages: ["received", "answered"] }
const MANY = 0.1
const SHOWN = 5

/**
 * Understand a table. `answers` are a reader's: a heading by field (or "" for none), `dateOrder`, `timeZone`, `unit`, `unread`
 * ("left-out": dates that cannot be read are no obstacle).
 *
 * @param {{headings: string[], rows: {cells: string[], number: number}[]}} table
 * @param {{kind: string, answers?: Record<string, string>, timeZone?: string, today?: string, layouts?: any[]}} options
 * @returns {{layout: string, columns: Record<string, string>, at: Record<string, {at: number, unit?: string, decimal?: string, others?: number[]}>,
 *   dateOrder: string, questions: {field: string, kind?: string, problem: string}[], refusal: string, examples: {field: string, text: string, means: any}[],
 *   zones: Record<string, string>, days: Record<string, boolean>}}
 */
export function understand(table, { kind, answers = {}, timeZone = "UTC", today = "9999-12-31", layouts = [] }) {
  const { headings, rows } = table
  const { layout, columns, doubts } = findColumns(kind, table, answers, layouts)
  /** @type {{field: string, kind?: string, problem: string}[]} */
  const questions = doubts.map((doubt) => ({ field: doubt.field, kind: doubt.kind, problem: problemOf(doubt, layout, kind) }))
  const missing = doubts.filter(({ kind: what }) => what === "missing").map(({ field }) => field)
  const zones = Object.fromEntries(DATES[kind].flatMap((field) => (columns[field] ? [[field, zoneIn(headings[columns[field].at])]] : [])))
  const facts = datesOf(rows, columns, DATES[kind], { order: answers.dateOrder, timeZone, today })
  const dateOrder = answers.dateOrder || orderOf(facts, headings)
  if (!dateOrder && facts.numeric.length) {
    const { text, a, b } = facts.numeric[0]
    const [one, other] = facts.contrary ? facts.contrary : [text, text]
    questions.push({ field: "dateOrder", problem: facts.contrary ? say("“%(one)s” has the month first, “%(other)s” the day: they cannot both be read.", { one, other }) : say("“%(text)s” can be day %(a)s of month %(b)s, or day %(b)s of month %(a)s. Which comes first?", { text, a, b }) })
  }
  const zone = facts.zones.find((name) => name)
  if (zone && !answers.timeZone) questions.push({ field: "timeZone", problem: say("“%(zone)s” means different time zones. Which one?", { zone }) })
  for (const field of DATES[kind].filter((one) => !doubts.some(({ field, kind: what }) => field === one && what === "unit"))) questions.push(...unreadProblems(field, facts.unread[field], facts.filled[field], answers))
  const days = Object.fromEntries(DATES[kind].map((field) => [field, isOfDays(facts.midnights[field])]))
  if (kind === "messages" && columns.received && columns.answered && !columns.answered.unit && facts.filled.received && (days.received || facts.dayOnly.received === facts.filled.received)) {
    questions.push({ field: "received", problem: say("“%(heading)s” tells days without a time: whether an answer came within hours cannot be told.", { heading: headings[columns.received.at] }) })
  }
  return {
    layout: layout ? `${layout.program}: ${layout.report}` : "",
    columns: Object.fromEntries(FIELDS[kind].map(({ name }) => [name, columns[name] ? headings[columns[name].at] : ""])),
    at: columns, dateOrder: dateOrder === "none" ? "" : dateOrder, questions, zones, days,
    refusal: refusalOf(layout, missing, kind, answers, headings) || (kind === "messages" ? bothWays(table) : ""),
    examples: examplesOf(table, columns, kind, dateOrder === "day-first" ? "day-first" : "month-first"),
  }
}

/** Why no rate can come of this file at all; "" if a question may still help. */
function refusalOf(layout, missing, kind, answers, headings) {
  if (!missing.length || missing.some((field) => Object.hasOwn(answers, field) && headings.includes(answers[field]))) return ""
  const lacks = missing.filter((field) => layout?.lacks?.includes(field))
  if (lacks.length) return lackProblem(layout, lacks)
  return missing.length === FIELDS[kind].filter(({ required }) => required).length ? (kind === "packages" ? say("The table holds neither a promised date nor a date of delivery, so no rate can be told from it.") : say("The table tells neither when messages came nor when they were answered, so no rate can be told from it.")) : ""
}

const CAME_IN = new Set(["inbound", "incoming", "in", "received", "eingehend", "eingang", "entrant", "recu", "entrante", "recibido", "وارد"])
const WENT_OUT = new Set(["outbound", "outgoing", "out", "sent", "reply", "ausgehend", "ausgang", "sortant", "envoye", "saliente", "enviado", "صادر"])

/** What is wrong with a table that has rows for replies, too: a reply would count as a message that nobody answered. */
function bothWays({ headings, rows }) {
  const some = sampled(rows)
  const at = headings.findIndex((_, column) => {
    const words = new Set(some.map(({ cells }) => plainWord(plainCell(cells[column] ?? ""))).filter((word) => !NOTHING.has(word)))
    return words.size > 1 && [...words].every((word) => CAME_IN.has(word) || WENT_OUT.has(word)) && [...words].some((word) => CAME_IN.has(word)) && [...words].some((word) => WENT_OUT.has(word))
  })
  return at < 0 ? "" : say("By the column “%(heading)s” some rows are messages that came in, and others are replies. Needed is a row for each message that came in, with its first reply beside it.", { heading: headings[at] })
}

function lackProblem({ program, report, kind, instead }, lacks) {
  const other = kind === "packages" ? "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)" : "a helpdesk's export, which holds the first reply beside each message"
  const names = lacks.flatMap((field) => (WHAT[field] ? [WHAT[field]()] : [])).join(", ")
  return say("This is “%(report)s” of %(program)s. It does not tell: %(names)s. So no rate can be told from it. What can: %(instead)s.", { report, program, names, instead: say(instead || other) })
}

const WHAT = {
  promised: () => say("the promised date"),
  delivered: () => say("when a package was delivered"),
  received: () => say("when a message came"),
  answered: () => say("when a message was first answered"),
}

function problemOf({ field, kind: what, headings }, layout, kind) {
  const label = say(FIELDS[kind].find(({ name }) => name === field).label)
  if (what === "missing" && layout?.lacks?.includes(field)) return lackProblem(layout, [field])
  const list = headings.map((heading) => `“${heading}”`).join(", ")
  switch (what) {
    case "missing": return say("No column looks like “%(field)s”. Choose it below.", { field: label })
    case "several": return say("More than one column can be “%(field)s”: %(list)s.", { field: label, list })
    case "unsure": return say("%(list)s may be the promised date or the day of delivery. Which is it?", { list })
    case "more": return say("%(list)s may be “%(field)s”, and may be something else. If it is, choose it below.", { list, field: label })
    case "office": return say("%(list)s may leave out the hours in which nobody works. If it counts all hours, choose it below; else the time of the first reply is needed.", { list })
    case "empty": return say("The column %(list)s is empty: nothing tells what was delivered or answered.", { list })
    default: return say("%(list)s holds numbers without a unit: are they seconds, minutes or hours?", { list })
  }
}

/** What the dates of the table look like: numeric ones, zones, what cannot be read. */
function datesOf(rows, columns, fields, { order, timeZone, today }) {
  const facts = { numeric: [], hours12: false, zones: [], unread: {}, filled: {}, midnights: {}, dayOnly: {}, contrary: null, first: "", ahead: { "month-first": 0, "day-first": 0 } }
  // `today` is the day of the report: what came, came before its end.
  const firsts = { day: null, month: null }
  for (const field of fields) {
    const column = columns[field]
    ;[facts.unread[field], facts.filled[field], facts.dayOnly[field], facts.midnights[field]] = [new Map(), 0, 0, { all: 0, midnight: 0 }]
    if (!column) continue
    for (const { cells } of rows) {
      const value = cells[column.at] ?? ""
      if (column.unit) {
        const seconds = readDuration(value, column.unit, column.decimal)
        if (seconds !== null) facts.filled[field] += 1
        if (Number.isNaN(seconds)) count(facts.unread[field], plainCell(value))
        continue
      }
      let read = readCell(value, order || "month-first", field === "promised")
      if (read.state === "unread" && !order) read = readCell(value, "day-first", field === "promised")
      if (read.state === "nothing") continue
      facts.filled[field] += 1
      if (read.state === "unread") count(facts.unread[field], read.text)
      if (!read.iso) continue
      if (read.zone && facts.zones.length < SHOWN) facts.zones.push(read.zone)
      if (read.iso.length === 10) facts.dayOnly[field] += 1
      else {
        facts.midnights[field].all += 1
        if (isMidnight(read.iso, timeZone)) facts.midnights[field].midnight += 1
      }
      if (read.numeric) {
        const { a, b } = read.numeric
        const text = plainCell(value)
        if (a > 12) firsts.day ??= text
        if (b > 12) firsts.month ??= text
        if (read.hours12) facts.hours12 = true
        if (field !== "promised") {
          for (const one of Object.keys(facts.ahead)) if ((readCell(value, one).iso ?? "").slice(0, 10) > today) facts.ahead[one] += 1
        }
        if (facts.numeric.length < 100_000) facts.numeric.push({ ...read.numeric, text })
      }
    }
  }
  if (firsts.day && firsts.month) facts.contrary = [firsts.month, firsts.day]
  // The same program wrote the other columns too.
  facts.first = facts.contrary ? "" : firsts.day ? "day-first" : firsts.month ? "month-first" : facts.numeric.length ? orderElsewhere(rows, columns) : ""
  facts.numeric.sort((one, other) => Number(one.a === one.b) - Number(other.a === other.b))
  return facts
}

function count(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The order that dates in columns which mean nothing to us can only have. */
function orderElsewhere(rows, columns) {
  const used = new Set(Object.values(columns).map(({ at }) => at))
  const seen = { day: false, month: false }
  for (const { cells } of sampled(rows)) {
    cells.forEach((value, at) => {
      if (used.has(at) || !/^\s*\d{1,2}[-/]\d{1,2}[-/]\d/.test(value ?? "")) return
      const read = readCell(value)
      const { a, b } = read.numeric ?? readCell(value, "day-first").numeric ?? {}
      if (a > 12) seen.day = true
      if (b > 12) seen.month = true
    })
  }
  return seen.day === seen.month ? "" : seen.day ? "day-first" : "month-first"
}

/** Words of headings in languages that write 2/3/26 with the day first. */
const DAY_FIRST = /\b(?:fecha|entrega|pedido|envio|cread[oa]|respuesta|seguimiento|estado|livraison|commande|reponse|suivi|cree|statut|bestell\w*|liefer\w*|antwort|erstellt|sendung\w*|data|consegna|ordine|risposta|creazione|resposta|criad[oa]|rastreio)\b|[\u0600-\u06ff\u0370-\u03ff]/u

/**
 * Which way round days and months stand: as one of them is above 12; else as a form tells that one country alone writes
 * (2/3/26 without zeros, below headings of no language that has the day first), or, with a.m. and p.m., as nothing then comes before it can have been. "" if both fit: then it is asked.
 */
function orderOf({ numeric, first, contrary, hours12, ahead }, headings) {
  if (contrary) return ""
  if (!numeric.length) return "none"
  if (first) return first
  if (numeric.every(({ a, b }) => a === b)) return "month-first"
  if (!numeric.every(({ separator }) => separator === "/")) return ""
  const american = numeric.every(({ short }) => short) && numeric.some(({ plain }) => plain) && !headings.some((heading) => DAY_FIRST.test(plainWord(heading)))
  if (american && !ahead["month-first"]) return "month-first"
  if (hours12 && !ahead["month-first"] && ahead["day-first"]) return "month-first"
  return hours12 && !ahead["day-first"] && ahead["month-first"] ? "day-first" : ""
}

function isMidnight(iso, timeZone) {
  if (/T00:00(?::00)?(?:$|Z|[+-])/.test(iso)) return true
  return /Z$|[+-]\d\d:\d\d$/.test(iso) && new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant(iso, timeZone)) === "00:00"
}

/** Whether the midnights of a column stand for whole days: databases and spreadsheets write days so. */
function isOfDays({ all, midnight }) {
  return midnight > 0 && midnight >= all / 2
}

/** Dates that cannot be read: a few are left out and shown, many are a question. */
function unreadProblems(field, unread, filled, answers) {
  if (!unread.size || answers.unread === "left-out") return []
  const number = [...unread.values()].reduce((sum, times) => sum + times, 0)
  const words = [...unread.keys()].filter((text) => !/\d/.test(text))
  const list = [...unread.keys()].slice(0, SHOWN).map((text) => `“${text.slice(0, 60)}”`).join(", ")
  const zone = [...unread.keys()].map((text) => /\d\s*([A-Z]{2,5})$/.exec(text)?.[1]?.toLowerCase()).find((name) => name && !Object.hasOwn(ZONES, name) && !SEVERAL_ZONES.has(name) && name !== "am" && name !== "pm")
  if (zone) return [{ field: "timeZone", problem: say("“%(zone)s” is not a known time zone.", { zone: zone.toUpperCase() }) }]
  const zero = [...unread.keys()].find(isZeroClock)
  if (zero) return [{ field, kind: "unread", problem: say("“%(text)s” may mean a reply at once, or none at all. Choose another column, or leave these rows out.", { text: zero }) }]
  const either = field === "answered" && [...unread.keys()].find((text) => /^\d{1,3}[.,]\d{3}$/.test(text))
  if (either) return [{ field, kind: "unread", problem: say("“%(text)s” may be a thousand or more, or a number with decimals. Choose another column, or leave these rows out.", { text: either }) }]
  // A word where it should say when it came may mean anything: never "late".
  if (number > Math.max(1, MANY * filled) || (words.length && field !== "promised" && field !== "received")) {
    return [{ field, kind: "unread", problem: say("These are neither dates nor words that are known: %(list)s. Choose another column, or leave these rows out.", { list }) }]
  }
  return []
}

/** The zone that a heading names: "Created at (UTC)", "Started (Europe/Berlin)". */
function zoneIn(heading) {
  const found = /[([]\s*([A-Za-z]+(?:\/[A-Za-z_]+)*)\s*[)\]]\s*$/.exec(heading)?.[1] ?? ""
  if (found.includes("/")) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: found })
      return found
    } catch {
      return ""
    }
  }
  return /^(?:utc|gmt)$/i.test(found) ? "UTC" : ""
}

/** For each column of dates a cell and what it was taken for. */
function examplesOf({ headings, rows }, columns, kind, order) {
  return DATES[kind].flatMap((field) => {
    const column = columns[field]
    if (!column) return []
    for (const { cells } of rows) {
      const value = cells[column.at] ?? ""
      if (NOTHING.has(plainWord(plainCell(value)))) continue
      if (column.unit) {
        const seconds = readDuration(value, column.unit, column.decimal)
        if (seconds >= 0) return [{ field, heading: headings[column.at], text: plainCell(value), seconds }]
        continue
      }
      const { iso } = readCell(value, order, field === "promised")
      if (iso) return [{ field, heading: headings[column.at], text: plainCell(value), means: iso }]
    }
    return []
  })
}
