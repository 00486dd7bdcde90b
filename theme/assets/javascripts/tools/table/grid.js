// Rows and headings of a table, from text of any separator. Knows no page.
import { say } from "../../words.js"
import { Papa } from "../vendor/csv.js"
import { readCell } from "./moments.js"

const SEPARATORS = [",", "\t", ";", "|"]
const SEARCHED = 40
const SAMPLE = 500_000

/** Columns of a table that are read at most. */
export const MAX_COLUMNS = 2000

/**
 * The rows of a text: arrays of cells, empty lines among them, so that a row keeps its number. `broken` is the number of
 * the row in which a quotation mark is opened and never closed, 0 if there is none.
 *
 * @returns {{cells: string[][], broken: number}}
 */
export function rowsOf(text) {
  const named = /^"?sep=(.)"?[^\n\r]*(?:\r\n|\n|\r)/i.exec(text)
  const body = named ? text.slice(named[0].length) : text
  const separator = named ? named[1] : separatorOf(body)
  const found = parsed(body, separator)
  // What Excel writes into the first line is no row, but counts as one.
  if (named) found.cells.unshift([])
  return { cells: found.cells, broken: found.broken && found.broken + (named ? 1 : 0) }
}

/** The separator with which most lines have as many cells as each other, and more than one. */
function separatorOf(text) {
  let best = { separator: ",", score: 0 }
  for (const separator of SEPARATORS) {
    const { data } = Papa.parse(text.slice(0, SAMPLE), { delimiter: separator, preview: 200, skipEmptyLines: "greedy" })
    const widths = new Map()
    for (const { length } of data) widths.set(length, (widths.get(length) ?? 0) + 1)
    widths.delete(1)
    const [width, lines] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
    const score = lines / data.length + Math.min(width, 100) / 10_000
    if (lines && score > best.score) best = { separator, score }
  }
  return best.separator
}

function parsed(text, separator) {
  const quoted = Papa.parse(text, { delimiter: separator })
  const trouble = quoted.errors.filter(({ type }) => type === "Quotes")
  if (!text.includes('"') || (!trouble.length && separator !== "\t")) return { cells: quoted.data, broken: 0 }
  if (separator !== "\t" && trouble.some(({ code }) => code === "MissingQuotes")) return { cells: quoted.data, broken: trouble[0].row + 1 }
  // Flat files never quote: a quotation mark is one of the text. It is so where that way all lines are of one width.
  const raw = Papa.parse(text, { delimiter: separator, quoteChar: "\u0000" })
  if (isEven(raw.data)) return { cells: raw.data.map((row) => row.map(unquoted)), broken: 0 }
  return { cells: quoted.data, broken: trouble.length ? trouble[0].row + 1 : 0 }
}

/** Whether all lines that are not empty have the same number of cells; those above the widest may have fewer. */
function isEven(rows) {
  const lines = rows.filter((row) => row.length > 1 || row[0]?.trim())
  const width = Math.max(...lines.slice(0, SEARCHED).map(({ length }) => length))
  return width > 1 && lines.slice(lines.findIndex(({ length }) => length === width)).every(({ length }) => length === width)
}

function unquoted(cell) {
  return /^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replace(/""/g, '"') : cell
}

/**
 * A table with its headings: the row among the first ones in which the most cells are headings that `isKnown`, else the
 * widest. Headings that stand there twice get a number. Raises `RangeError` with what is missing.
 *
 * @returns {{headings: string[], rows: {number: number, cells: string[]}[], titles: string[]}}
 */
export function tableOf(cells, isKnown) {
  const top = cells.slice(0, 500).map((row, at) => ({ row: row.slice(0, MAX_COLUMNS + 1).map((cell) => String(cell ?? "").trim()), at })).filter(({ row }) => row.some(Boolean)).slice(0, SEARCHED)
  if (!top.length) throw new RangeError(say("There is no row below the headings."))
  const weigh = ({ row }) => {
    const filled = row.filter(Boolean)
    if (filled.length < 2 || filled.some((cell) => "iso" in readCell(cell))) return 0
    return 1 + filled.length / 1000 + 10 * filled.filter(isKnown).length
  }
  const weights = top.map(weigh)
  const most = weights.reduce((one, other) => Math.max(one, other))
  const best = top[weights.indexOf(most)]
  if (!most) {
    if (top.every(({ row }) => row.filter(Boolean).length < 2)) {
      throw new RangeError(say("There is only one column. The table wants a row of headings, and commas, semicolons or tabs between columns."))
    }
    throw new RangeError(say("There is no row of headings above the values."))
  }
  const headings = named(best.row)
  if (headings.length > MAX_COLUMNS) throw new RangeError(say("The table has more than %(number)s columns.", { number: MAX_COLUMNS }))
  const head = best.row.join("\n")
  const rows = []
  for (let at = best.at + 1; at < cells.length; at += 1) {
    const row = cells[at]
    if (!row.some((cell) => String(cell ?? "").trim())) continue
    // Where exports were put together their headings come again.
    if (row.length === best.row.length && row[0]?.trim() === best.row[0] && row.map((cell) => cell.trim()).join("\n") === head) continue
    rows.push({ number: at + 1, cells: row })
  }
  if (!rows.length) throw new RangeError(say("There is no row below the headings."))
  return { headings, rows, titles: top.filter(({ at }) => at < best.at).map(({ row }) => row.filter(Boolean).join(" ")) }
}

/** Headings, each of its own; the last empty ones are none. */
function named(row) {
  const seen = new Map()
  const width = row.findLastIndex(Boolean) + 1
  return row.slice(0, width).map((heading) => {
    const times = (seen.get(heading) ?? 0) + 1
    seen.set(heading, times)
    return times > 1 ? `${heading} (${times})`.trim() : heading
  })
}
