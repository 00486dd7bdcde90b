// A file that is open: judged again and again as the reader answers. In a worker, or on the page where none can start.
import { judgeTable, openTable } from "../judge.js"
import { Papa } from "../vendor/csv.js"

const LISTED = 500
const URGENT = 100
const PREVIEW = 5

export class Session {
  /** Open a file; raises `RangeError` with what is wrong with one that holds no table. */
  async open(file, options) {
    this.file = file
    this.sheet = options.answers?.sheet
    this.table = await openTable(file, options)
  }

  /** What `judgeTable` gives, in an amount that a page can show: lists of at most 500 and how long they are, the first rows alone. */
  async judge(options, tell) {
    if (options.answers?.sheet !== this.sheet) await this.open(this.file, options)
    const { rows, ...report } = await judgeTable(this.table, options, tell)
    this.left = report.status === "rate" ? report.rate.excluded : []
    const result = { ...report, rowCount: rows.length, rows: rows.slice(0, PREVIEW) }
    if (report.status !== "rate") return result
    const { late, excluded, ...rate } = report.rate
    return {
      ...result,
      rate: { ...rate, late: late.slice(0, LISTED), excluded: excluded.slice(0, LISTED), lateCount: late.length, excludedCount: excluded.length },
      urgent: report.urgent.slice(0, URGENT),
    }
  }

  /** The rows that were left out as CSV, each with its number and its reason; `heads` and `reasons` are told as the page says them. */
  csv(heads, reasons) {
    const cells = new Map(this.table.rows.map(({ number, cells }) => [number, cells]))
    return Papa.unparse([[...heads, ...this.table.headings], ...this.left.map(({ id, reason }) => [id.row, reasons[reason] ?? reason, ...(cells.get(id.row) ?? [])])], { escapeFormulae: true })
  }
}
