// Which column of a table is which: by the program's layout, else by what headings mean and cells hold. Knows no page.
import { decimalOf, readDuration, unitOf, wantsUnit } from "./durations.js"
import { FIELDS, UNSURE, plainHeading, rankOf } from "./headings.js"
import LAYOUTS from "./layouts.js"
import { NOTHING, plainWord } from "./names.js"
import { plainCell, readCell } from "./moments.js"

const SAMPLE = 2000
const BARE = 3

/** What the cells of a column are: shares of those that hold something. */
export function columnFacts(rows, at) {
  const facts = { filled: 0, dates: 0, durations: 0, numbers: 0, unread: 0 }
  for (const { cells } of sampled(rows)) {
    const value = cells[at] ?? ""
    if (NOTHING.has(plainWord(plainCell(value)))) continue
    facts.filled += 1
    const read = readCell(value, "month-first", true)
    const either = "iso" in read || "iso" in readCell(value, "day-first", true)
    if (either) facts.dates += 1
    else if (read.state === "unread") facts.unread += 1
    const number = wantsUnit(value)
    if (number) facts.numbers += 1
    if (!either && (number || readDuration(value) >= 0)) facts.durations += 1
  }
  return facts
}

/** At most two thousand rows, evenly: what a column holds shows in them. */
export function sampled(rows) {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE))
  return step === 1 ? rows : rows.filter((_, at) => at % step === 0)
}

/** The layouts of a kind whose headings are all there; the one that names the most first. */
export function layoutOf(kind, headings, own = []) {
  const there = new Set(headings.map(plainHeading))
  const fits = [...own, ...LAYOUTS].filter((layout) => layout.kind === kind && layout.headings.every((heading) => heading.split("|").some((one) => there.has(plainHeading(one)))))
  // A site's own count before ours.
  return fits.sort((a, b) => Number(own.includes(b)) - Number(own.includes(a)) || b.headings.length - a.headings.length)[0] ?? null
}

/**
 * For each field the column that tells it: `{at}`, of durations `{at, unit, decimal}`; what is not certain in `doubts`: `{field, kind, headings}`, of the kinds
 * "missing", "several", "unsure", "more", "empty", "unit", "office". `answers` name headings by field; "" says that there is none.
 */
export function findColumns(kind, table, answers = {}, layouts = []) {
  const { headings, rows } = table
  const facts = new Map()
  const factsOf = (at) => facts.get(at) ?? facts.set(at, columnFacts(rows, at)).get(at)
  const layout = layoutOf(kind, headings, layouts)
  const taken = new Set()
  /** @type {Record<string, {at: number, unit?: string, decimal?: string, others?: number[]}>} */
  const columns = {}
  const doubts = []
  const take = (field, at, unit) => {
    columns[field] = { at, ...(unit ? { unit, decimal: decimalOf(sampled(rows).map(({ cells }) => cells[at] ?? "")) } : {}) }
    taken.add(at)
  }
  for (const { name } of FIELDS[kind]) {
    if (!Object.hasOwn(answers, name)) continue
    const at = headings.indexOf(answers[name])
    if (at >= 0 && !taken.has(at)) take(name, at, unitFor(name, headings[at], factsOf(at), layout, answers, doubts))
    else if (answers[name] && at >= 0) doubts.push({ field: name, kind: "several", headings: [answers[name]] })
  }
  for (const { name, required } of FIELDS[kind]) {
    if (Object.hasOwn(answers, name)) continue
    const known = named(layout?.columns?.[name], headings, taken, factsOf)
    const forbidden = layout?.lacks?.includes(name)
    const found = known !== undefined ? [{ at: known, rank: 1 }] : candidates(kind, name, headings, taken, factsOf).filter(({ rank, at }) => !forbidden || (rank === 1 && factsOf(at).dates > 0 && !namesLayout(layout, headings[at])))
    const best = choose(name, found, headings, factsOf)
    if (best.doubt) doubts.push({ field: name, ...best.doubt })
    if (best.at === undefined) continue
    take(name, best.at, unitFor(name, headings[best.at], factsOf(best.at), layout, answers, doubts))
    if (required && name !== "received" && name !== "promised" && !factsOf(best.at).filled && !best.doubt) doubts.push({ field: name, kind: "empty", headings: [headings[best.at]] })
  }
  for (const { name, required } of FIELDS[kind]) {
    if (required && !columns[name] && !doubts.some(({ field }) => field === name)) doubts.push({ field: name, kind: "missing", headings: [] })
  }
  // What else tells how a package fares: that it went back may stand in a second column.
  if (columns.status) columns.status.others = headings.flatMap((heading, at) => (!taken.has(at) && rankOf(kind, "status", heading) ? [at] : []))
  // A program that counts as its desk is set to, all hours or those of the office, does not say which.
  if (layout?.office && columns.answered && !Object.hasOwn(answers, "answered") && named(layout.office, [headings[columns.answered.at]], new Set(), () => ({})) === 0) {
    doubts.push({ field: "answered", kind: "office", headings: [headings[columns.answered.at]] })
  }
  // A bare "Delivery date" is the day of delivery only beside a promised one.
  if (columns.delivered && !Object.hasOwn(answers, "delivered") && !layout?.columns?.delivered && rankOf(kind, "delivered", headings[columns.delivered.at]) === BARE && !columns.promised) {
    doubts.push({ field: "delivered", kind: "unsure", headings: [headings[columns.delivered.at]] })
  }
  return { layout, columns, doubts, factsOf }
}

/** The column of the first heading of a layout that holds something; else of the first that is there. */
function named(wanted, headings, taken, factsOf) {
  const there = (wanted ?? []).flatMap((heading) => headings.flatMap((one, at) => (plainHeading(one.replace(/ \(\d+\)$/, "")) === plainHeading(heading) && !taken.has(at) ? [at] : [])))
  return there.find((at) => factsOf(at).filled) ?? there[0]
}

function namesLayout(layout, heading) {
  return layout.headings.some((one) => one.split("|").some((name) => plainHeading(name) === plainHeading(heading)))
}

function candidates(kind, name, headings, taken, factsOf) {
  return headings.flatMap((heading, at) => {
    const rank = taken.has(at) ? 0 : rankOf(kind, name, heading)
    return rank && fits(name, factsOf(at), heading) ? [{ at, rank }] : []
  })
}

/** Whether the cells of a column can be what its heading says. */
function fits(name, { filled, dates, durations }, heading) {
  if (!filled) return true
  if (["promised", "received"].includes(name)) return dates > 0
  // "Delivered: yes" is no date of delivery.
  if (name === "delivered") return dates > 0
  if (name === "answered") return dates > 0 || (durations > filled / 2 && (Boolean(unitOf(heading)) || durations === filled))
  return true
}

/** The surest column; of several that are as sure the one that holds something; else a doubt. */
function choose(name, found, headings, factsOf) {
  if (!found.length) return {}
  const least = Math.min(...found.map(({ rank }) => rank))
  // A promise beside another that says more, "with extension", is one of two.
  let best = found.filter(({ rank }) => rank === least || (name === "promised" && rank === least + UNSURE))
  if (least > UNSURE) return { at: best[0].at, doubt: { kind: "more", headings: best.map(({ at }) => headings[at]) } }
  // The beginning of a span of days promises nothing.
  if (name === "promised" && least > 10) return { at: best[0].at, doubt: { kind: "unsure", headings: best.map(({ at }) => headings[at]) } }
  const filled = best.filter(({ at }) => factsOf(at).filled)
  if (filled.length) best = filled
  if (name === "answered") {
    const instants = best.filter(({ at }) => factsOf(at).dates)
    if (instants.length) best = instants
    else return { at: best[0].at }
  }
  if (name === "received") best = best.filter(({ at }) => !best.some((other) => other.at !== at && isLonger(headings[other.at], headings[at])))
  if (best.length > 1 && ["promised", "delivered", "answered", "received"].includes(name)) {
    const windowed = name === "promised" ? best.filter(({ at }) => /\b(?:max|maximum|latest|end|to|until|spat\w*|bis|fin|hasta)\b/.test(plainHeading(headings[at]))) : []
    if (windowed.length === 1) return { at: windowed[0].at }
    return { at: best[0].at, doubt: { kind: "several", headings: best.map(({ at }) => headings[at]) } }
  }
  return { at: best[0].at }
}

/** "Ticket created - Timestamp" tells more than "Ticket created - Date". */
function isLonger(one, other) {
  return /timestamp|\btime\b/i.test(one) && /\bdate$/i.test(other)
}

/** The unit of a column of durations; "" for one of instants. */
function unitFor(name, heading, facts, layout, answers, doubts) {
  if (name !== "answered" || facts.dates >= facts.durations) return ""
  const unit = answers.unit || unitOf(heading) || Object.entries(layout?.units ?? {}).find(([one]) => plainHeading(one) === plainHeading(heading))?.[1] || ""
  if (!unit && facts.numbers) doubts.push({ field: "answered", kind: "unit", headings: [heading] })
  return unit || "clock"
}
