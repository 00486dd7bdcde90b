// The sheets of an Excel workbook (ECMA-376), of one in XML (2003), and of a web page that calls itself one.
// Knows no page; loaded when such a file is read.
import { say } from "../../words.js"
import { Parser, Unzip, UnzipInflate } from "../vendor/workbook.js"
import { serialDay } from "./moments.js"

/** Serial numbers from here on are dates, whatever part of them is shown: of 1954. */
const DATES_FROM = 20_000

/** Unpacked bytes of a workbook that are read at most, of all of its parts. */
export const MAX_UNPACKED = 400_000_000
const MAX_PARTS = 2000
const CHUNK = 65_536
const MAX_CELLS = 20_000_000
const MAX_STRINGS = 5_000_000
const MAX_WIDTH = 16_384
const WANTED = /^(?:xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/i
const CLOCK_FORMATS = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47])
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])

/**
 * The visible sheets of a workbook: `{name, cells}`, cells as text, dates in ISO 8601. Raises `RangeError` for what is no workbook,
 * and for one that unpacks to more than anybody exports.
 */
export function readWorkbook(bytes) {
  const parts = unpacked(bytes)
  const text = (name) => (parts[name] ? new TextDecoder().decode(parts[name]) : "")
  const book = text("xl/workbook.xml")
  if (!book) throw new RangeError(say("This is %(what)s, not a table as text. Save it as .xlsx or CSV first.", { what: say("a ZIP archive") }))
  const { sheets, since1904 } = bookOf(book)
  const targets = relations(text("xl/_rels/workbook.xml.rels"))
  const strings = stringsOf(text("xl/sharedstrings.xml"))
  const shows = styles(text("xl/styles.xml"))
  const spend = budget()
  return sheets.flatMap(({ name, relation }) => {
    const target = (targets[relation] ?? "").toLowerCase()
    const part = target.startsWith("/") ? target.slice(1) : `xl/${target}`
    if (!parts[part]) return []
    const xml = text(part)
    // No two sheets are one part: a list that names it a thousand times would have it read as often.
    delete parts[part]
    return [{ name, cells: sheetOf(xml, { strings, shows, since1904, spend }) }]
  })
}

/** Counts the cells of all sheets, with the empty ones and the rows that are made for what stands far away. Raises `RangeError`. */
function budget() {
  let left = MAX_CELLS
  return (number) => {
    if ((left -= number) < 0) throw new RangeError(say("The workbook has more than %(number)s cells. Export a shorter time.", { number: MAX_CELLS }))
  }
}

/** Make an array so long, with `empty()` at the new places. */
function lengthen(array, length, spend, empty) {
  if (length > array.length) spend(length - array.length)
  while (array.length < length) array.push(empty())
}

/** The parts of the archive that are read, by their names in small letters; what an archive says of their sizes is not believed. */
function unpacked(bytes) {
  const found = {}
  let [size, count, problem] = [0, 0, null]
  const unzip = new Unzip((file) => {
    if (!WANTED.test(file.name) || (count += 1) > MAX_PARTS) return
    const chunks = []
    file.ondata = (error, chunk, final) => {
      if (error) problem ??= say("The workbook is damaged.")
      else if ((size += chunk.length) > MAX_UNPACKED) problem ??= say("The workbook unpacks to more than %(size)s MB. Export a shorter time.", { size: MAX_UNPACKED / 1e6 })
      if (problem) throw new RangeError(problem)
      chunks.push(chunk)
      if (final) found[file.name.toLowerCase()] = joined(chunks)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) unzip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length)
  } catch (error) {
    throw new RangeError(error instanceof RangeError && problem ? problem : say("The workbook is damaged."))
  }
  return found
}

function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/**
 * Read XML event by event; names without their prefixes.
 *
 * @param {string} xml
 * @param {{open?: (name: string, attributes: any) => void, close?: (name: string) => void, text?: (chars: string) => void}} events
 */
function scan(xml, { open = () => {}, close = () => {}, text = () => {} }) {
  const parser = new Parser()
  const local = (name) => name.slice(name.indexOf(":") + 1)
  parser.on("openTag", (name, attributes) => open(local(name), attributes))
  parser.on("closeTag", (name) => close(local(name)))
  parser.on("text", (value, decode) => text(decode(value)))
  parser.on("cdata", (value) => text(value))
  parser.on("error", () => { throw new RangeError(say("The workbook is damaged.")) })
  parser.on("warn", () => {})
  parser.parse(xml)
}

function bookOf(xml) {
  const sheets = []
  let since1904 = false
  scan(xml, { open(name, attributes) {
    if (name === "workbookPr") since1904 = /^(?:1|true)$/.test(attributes().date1904 ?? "")
    if (name !== "sheet") return
    const given = attributes()
    if (!given.state || given.state === "visible") sheets.push({ name: given.name ?? "", relation: given["r:id"] ?? Object.entries(given).find(([key]) => key.endsWith(":id"))?.[1] ?? "" })
  } })
  return { sheets, since1904 }
}

function relations(xml) {
  const found = {}
  scan(xml || "<r/>", { open(name, attributes) {
    if (name !== "Relationship") return
    const { Id, Target } = attributes()
    found[Id] = Target ?? ""
  } })
  return found
}

/** The shared texts; what is written above East Asian letters (`rPh`) is left out. */
function stringsOf(xml) {
  const found = []
  let [current, inside, aside] = ["", false, 0]
  scan(xml || "<sst/>", {
    open(name) {
      if (name === "si") current = ""
      else if (name === "rPh") aside += 1
      else if (name === "t") inside = !aside
    },
    close(name) {
      if (name === "t") inside = false
      else if (name === "rPh") aside -= 1
      else if (name === "si" && found.push(current) > MAX_STRINGS) throw new RangeError(say("The workbook has more texts than can be read."))
    },
    text(chars) { if (inside) current += chars },
  })
  return found
}

/** For each style of cells what it shows: "date", "clock" for hours and minutes alone, or "". */
function styles(xml) {
  const formats = new Map()
  const found = []
  let inside = false
  scan(xml || "<styleSheet/>", {
    open(name, attributes) {
      if (name === "numFmt") formats.set(attributes().numFmtId, attributes().formatCode ?? "")
      else if (name === "cellXfs") inside = true
      else if (name === "xf" && inside) {
        const id = attributes().numFmtId ?? "0"
        found.push(CLOCK_FORMATS.has(+id) ? "clock" : DATE_FORMATS.has(+id) ? "date" : formatOf(formats.get(id) ?? ""))
      }
    },
    close(name) { if (name === "cellXfs") inside = false },
  })
  return found
}

/** What a format of numbers shows: letters for years, days and times outside quoted text, colours and conditions. */
function formatOf(code) {
  const bare = code.split(";")[0].replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
  if (!/[ymdhs]/i.test(bare) || /general/i.test(bare)) return ""
  return /[hs]/i.test(bare) && !/[yd]|mmm/i.test(bare) ? "clock" : "date"
}

/** A fraction of days as hours, minutes and seconds: how long something took, or a time of day. */
function clockOf(days) {
  const seconds = Math.round(days * 86_400)
  const two = (number) => String(number).padStart(2, "0")
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function sheetOf(xml, { strings, shows, since1904, spend }) {
  const cells = []
  let [row, column, kind, style, value, inside] = [0, 0, "", 0, "", false]
  scan(xml, {
    open(name, attributes) {
      if (name === "row") {
        row = rowNumber(attributes().r, row + 1)
        column = 0
      } else if (name === "c") {
        const { r, t, s } = attributes()
        column = r ? columnNumber(r) : column + 1
        ;[kind, style, value] = [t ?? "n", +(s ?? 0), ""]
      } else if (name === "v" || name === "t") inside = true
    },
    close(name) {
      if (name === "v" || name === "t") inside = false
      if (name !== "c" || value === "" || column > MAX_WIDTH) return
      spend(1)
      lengthen(cells, row, spend, () => [])
      const line = cells[row - 1]
      lengthen(line, column - 1, spend, () => "")
      line[column - 1] = shown(kind, value, shows[style])
    },
    text(chars) { if (inside) value += chars },
  })
  function shown(type, text, shows) {
    if (type === "s") return strings[+text] ?? ""
    if (type === "b") return text === "1" ? "TRUE" : "FALSE"
    if (type !== "n") return text
    if (shows === "clock" && Number(text) >= 0 && Number(text) < DATES_FROM) return clockOf(Number(text))
    if (shows && Number(text) >= 1) return serialDay(Number(text), since1904)
    return /^-?\d+\.?\d*e[+-]?\d+$/i.test(text) ? String(Number(text)) : text
  }
  return cells
}

/** The rows above the million that Excel has are none: a single cell far below would fill the memory. */
function rowNumber(given, next) {
  const number = given ? Number(given) : next
  if (!(number >= 1 && number <= 1_048_576)) throw new RangeError(say("The workbook is damaged."))
  return number
}

function columnNumber(address) {
  let number = 0
  for (const letter of address) {
    const code = letter.charCodeAt(0) & 0xdf
    if (code < 65 || code > 90) break
    number = number * 26 + code - 64
  }
  return number
}

/** The sheets of a workbook in XML, as Excel wrote it in 2003. */
export function readSpreadsheetXml(text) {
  const sheets = []
  let [row, column, value, type, inside] = [[], 0, "", "", false]
  const spend = budget()
  scan(text.slice(text.indexOf("<")), {
    open(name, attributes) {
      const index = (other) => { const given = attributes(); return Number(given["ss:Index"] ?? given.Index ?? other) }
      if (name === "Worksheet") sheets.push({ name: attributes()["ss:Name"] ?? "", cells: [] })
      else if (name === "Row") {
        const number = rowNumber(index(0) || undefined, sheets.at(-1).cells.length + 1)
        lengthen(sheets.at(-1).cells, number, spend, () => [])
        ;[row, column] = [sheets.at(-1).cells.at(-1), 0]
      } else if (name === "Cell") column = Math.min(MAX_WIDTH, index(column + 1))
      else if (name === "Data") [value, type, inside] = ["", attributes()["ss:Type"] ?? "", true]
    },
    close(name) {
      if (name !== "Data") return
      inside = false
      spend(1)
      lengthen(row, column - 1, spend, () => "")
      row[column - 1] = type === "DateTime" ? momentOf(value) : value
    },
    text(chars) { if (inside) value += chars },
  })
  return sheets
}

/** A moment as it is written there: a day without its midnight; what lies before all dates is how long something took. */
function momentOf(value) {
  const days = /^(?:1899|1900-0[12])-/.test(value) ? (Date.parse(`${value.replace(/Z$/, "")}Z`) - Date.UTC(1899, 11, 31)) / 86_400_000 : -1
  return days > 0 ? clockOf(days) : value.replace(/T00:00:00(?:\.0+)?$/, "").replace(/\.\d+$/, "")
}

/** The tables of a web page; a page saved as .xls opens in Excel all the same. */
export async function readWebTables(text) {
  const { Tokenizer } = await import("../vendor/mail.js")
  const sheets = []
  let [row, cell, first, below] = [null, null, 0, 0]
  // By column what reaches down into the next rows: `{text, rows}`.
  const spans = new Map()
  const spend = budget()
  const fill = () => {
    for (let span = spans.get(row.length); span; span = spans.get(row.length)) {
      if ((span.rows -= 1) <= 0) spans.delete(row.length)
      spend(1)
      row.push(span.text)
    }
  }
  const end = () => {
    if (cell !== null && row) {
      const text = cell.replace(/\s+/g, " ").trim()
      row.push(text)
      if (below > 1) for (let at = first; at < row.length; at += 1) spans.set(at, { text: row[at], rows: below - 1 })
    }
    cell = null
  }
  const endRow = () => {
    end()
    if (row) fill()
    row = null
  }
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: false }, {
    onComment() {}, onDoctype() {}, onEof: endRow,
    onCharacter({ chars }) { if (cell !== null) cell += chars },
    onNullCharacter() {},
    onWhitespaceCharacter({ chars }) { if (cell !== null) cell += chars },
    onStartTag({ tagName, attrs }) {
      if (tagName === "table") {
        spans.clear()
        sheets.push({ name: "", cells: [] })
      } else if (tagName === "tr") {
        endRow()
        if (!sheets.length) sheets.push({ name: "", cells: [] })
        sheets.at(-1).cells.push((row = []))
      } else if (tagName === "td" || tagName === "th") {
        end()
        const number = (key) => Math.min(100, Number(attrs.find(({ name }) => name === key)?.value) || 1)
        const span = number("colspan")
        below = number("rowspan")
        if (row) fill()
        first = row?.length ?? 0
        spend(span)
        if (row) lengthen(row, row.length + span - 1, () => {}, () => "")
        cell = ""
      } else if (tagName === "br" && cell !== null) cell += " "
    },
    onEndTag({ tagName }) {
      if (["tr", "table"].includes(tagName)) endRow()
      else if (["td", "th"].includes(tagName)) end()
    },
  })
  tokenizer.write(text, true)
  return sheets
}
