// What results look like, in the box and on the page: text only, marks where the terms of the query stand.
import { many, say } from "../words.js"
import { h as node } from "../tools/dom.js"
import { Index, PASSAGES } from "./query.js"
import { WORD, spellings, words } from "./terms.js"

export { node }

const ROOT = new URL("../../../", import.meta.url)
// The files lie beside the page of results, which each language has of its own.
const FILES = document.querySelector("[data-search], [data-search-page]").action
const KINDS = { topic: say("Help topic"), post: say("Post"), page: say("Page"), notice: say("Notice") }
const EXCERPT = 160

let index

/** The index of this site, opened once; a failed attempt is made again. */
export async function openIndex() {
  index ??= new Index(async (path) => {
    const answer = await fetch(new URL(path, FILES))
    if (!answer.ok) throw new Error(`${answer.status} for ${path}`)
    return answer.json()
  }).open()
  try {
    return await index
  } catch (error) {
    index = undefined
    throw error
  }
}

/** Results as list items; one whose file cannot be loaded is left out, and noted. Throws if none can be loaded. */
export async function resultItems(opened, hits) {
  const settled = await Promise.allSettled(hits.map((hit) => resultItem(opened, hit, language)))
  const items = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value.item] : []))
  settled.forEach((one, at) => { if (one.status === "rejected") opened.failed.add(hits[at].shard.name) })
  if (hits.length && !items.length) throw new Error("no result could be loaded")
  return items
}

/** A result as a list item: kind and date, title, the section that fits best, an excerpt with marks. */
async function resultItem(opened, hit, language) {
  const found = await opened.shown(hit)
  const best = bestSection(inPassage(found.sections, hit), hit.terms, opened.stem)
  const address = new URL(found.href, ROOT)
  // Whatever the files say: results are pages of this site, and never `javascript:`.
  if (address.origin !== ROOT.origin) throw new Error(`${found.href} is not of this site`)
  if (best?.id && best.heading) address.hash = best.id
  const link = node("a", { href: address.href }, marked(found.title, hit.terms, opened.stem))
  const about = [KINDS[found.kind], day(found.day, language)].filter(Boolean).join(" · ")
  const section = best?.heading ? [" › ", ...marked(best.heading, hit.terms, opened.stem)] : []
  return {
    found,
    item: node("li", { class: "dp-result" },
      node("p", { class: "dp-result__title" }, link, node("span", { class: "dp-result__section" }, section)),
      node("p", { class: "dp-result__about" }, about),
      best?.text ? node("p", { class: "dp-result__text" }, excerpt(best.text, hit.terms, opened.stem)) : ""),
  }
}

/** The parts of a text that are the passage that answers best; all, where the index does not say which. */
function inPassage(sections, { passage }) {
  const at = (number) => (sections.length <= PASSAGES ? number : Math.floor((number * PASSAGES) / sections.length))
  const some = sections.filter((_, number) => at(number) === passage)
  return some.length ? some : sections
}

function bestSection(sections, terms, stem) {
  let best = null
  let most = -1
  for (const section of sections) {
    const held = (text) => new Set(words(text).flatMap((word) => spellings(word, stem).flat()).filter((term) => terms.has(term))).size
    const score = held(section.text) + 2 * held(section.heading)
    if (score > most) [best, most] = [section, score]
  }
  return best
}

function excerpt(text, terms, stem) {
  const short = text.length > EXCERPT - 1 ? `${text.slice(0, text.lastIndexOf(" ", EXCERPT - 1) > 0 ? text.lastIndexOf(" ", EXCERPT - 1) : EXCERPT)} …` : text
  return marked(short, terms, stem)
}

/** Text with its matching words in `mark`. */
function marked(text, terms, stem) {
  const parts = []
  let at = 0
  for (const found of text.matchAll(WORD)) {
    const fits = words(found[0]).some((word) => spellings(word, stem).flat().some((term) => terms.has(term)))
    if (!fits) continue
    parts.push(text.slice(at, found.index), node("mark", {}, found[0]))
    at = found.index + found[0].length
  }
  return [...parts, text.slice(at)].filter((part) => part !== "")
}

function day(iso, language) {
  return iso ? new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`)) : ""
}

export const language = document.documentElement.lang || "en"

/** What to tell of a number of results. */
export function summary(number, failed) {
  const told = many("%(number)s result.", "%(number)s results.", number, { number: new Intl.NumberFormat(language).format(number) })
  return failed ? [told, say("A part of the search could not be loaded; there may be more.")].join(" ") : told
}
