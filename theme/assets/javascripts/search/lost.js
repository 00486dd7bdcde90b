// The page for addresses that lead nowhere: what the address says is sought, and the nearest pages are named.
import { ready } from "../words.js"
import { openIndex, resultItems } from "./results.js"

const SHOWN = 3
/** What names no page: folders of dates, the ends of files, what all pages are called. */
const DATE = /^\d{1,4}$/
const ODD = /^(index|html?|php|aspx?|page)$/i

export async function open(place, field) {
  const query = words(location.pathname)
  if (!query) return
  field.value = query
  try {
    await ready
    const index = await openIndex()
    const hits = await index.search(`${query} `)
    const items = await resultItems(index, hits.slice(0, SHOWN))
    if (!items.length) return
    place.querySelector("ul").replaceChildren(...items)
    place.hidden = false
  } catch {
    // The links below and the search remain.
  }
}

function words(path) {
  const last = path.split("/").filter((part) => part && !DATE.test(part)).slice(-2).join(" ")
  let plain = last
  try {
    plain = decodeURIComponent(last)
  } catch {
    // An address may hold any bytes.
  }
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word && !ODD.test(word)).join(" ").slice(0, 100)
}
