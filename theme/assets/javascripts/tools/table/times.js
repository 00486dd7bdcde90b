// Days and times that stand in columns of their own, as one: "Delivery date" and "Delivery time". Knows no page.
import { plainHeading } from "./headings.js"
import { plainCell, readCell } from "./moments.js"
import { NOTHING, plainWord } from "./names.js"

const CLOCK = /^\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?\s?m\.?)?$/i
/** Words for a day in headings, with those for its time. */
/** @type {[RegExp, string][]} */
const PAIRS = [[/\bdate\b/, "time"], [/\bdatum\b/, "zeit"], [/\bdatum\b/, "uhrzeit"], [/datum\b/, "zeit"], [/\bdate\b/, "heure"], [/\bfecha\b/, "hora"], [/تاريخ/u, "وقت"]]

/**
 * A table whose columns of days hold the times that stand beside them: `{headings, rows}` with other cells. Where a column of times says anything
 * but times of day ("end of day") those rows keep their day.
 */
export function withTimes(table) {
  const { headings, rows } = table
  const plain = headings.map(plainHeading)
  const pairs = plain.flatMap((heading, day) => {
    const names = new Set(PAIRS.filter(([word]) => word.test(heading)).map(([word, other]) => heading.replace(word, other)))
    const time = plain.findIndex((one, at) => at !== day && names.has(one))
    return time >= 0 && areDays(rows, day) && areTimes(rows, time) ? [[day, time]] : []
  })
  if (!pairs.length) return table
  const joined = (cells) => {
    const found = [...cells]
    for (const [day, time] of pairs) if (isFilled(cells[day]) && CLOCK.test(plainCell(cells[time]))) found[day] = `${plainCell(cells[day])} ${plainCell(cells[time])}`
    return found
  }
  return { ...table, rows: rows.map((row) => ({ ...row, cells: joined(row.cells) })) }
}

function isFilled(cell) {
  return !NOTHING.has(plainWord(plainCell(cell)))
}

/** Whether a column holds days without a time alone. */
function areDays(rows, at) {
  const filled = rows.filter(({ cells }) => isFilled(cells[at]))
  return filled.length > 0 && filled.every(({ cells }) => (readCell(cells[at]).iso ?? readCell(cells[at], "day-first").iso)?.length === 10)
}

/** Whether a column holds times of day, and no other numbers: "2:30" beside "26:10" is how long it took. */
function areTimes(rows, at) {
  const filled = rows.map(({ cells }) => plainCell(cells[at])).filter((text) => /\d/.test(text))
  return filled.length > 0 && filled.every((text) => CLOCK.test(text) && Number.parseInt(text, 10) < 24)
}
