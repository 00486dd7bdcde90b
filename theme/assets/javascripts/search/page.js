// The page of results: an address that can be shared, filters by kind and topic, more on demand.
import { ready, say } from "../words.js"
import { remember } from "../contact.js"
import { node, openIndex, resultItems, summary } from "./results.js"

const STEP = 20

export async function open(form) {
  await ready
  const KINDS = { t: say("Help topics"), b: say("Posts"), p: say("Pages"), n: say("Notices") }
  const input = form.querySelector("input")
  const status = document.getElementById("dp:found")
  const list = document.getElementById("dp:results")
  const filters = document.getElementById("dp:filters")
  const topics = document.getElementById("dp:topics")
  const meant = document.getElementById("dp:meant")
  input.value = new URLSearchParams(location.search).get("q") ?? ""
  const about = document.getElementById("dp:about")
  let run = 0
  let kind = ""
  let reported = ""

  const show = async (index, hits, upTo, mine) => {
    const items = await resultItems(index, hits.slice(0, upTo))
    if (mine !== run) return
    const more = hits.length > upTo
      ? [node("li", {}, node("button", { type: "button", class: "md-button", click: () => show(index, hits, upTo + STEP, mine) }, say("More results")))]
      : []
    list.replaceChildren(...items, ...more)
  }

  const choose = (index, hits, mine) => {
    const counts = new Map()
    for (const hit of hits) counts.set(hit.kind, (counts.get(hit.kind) ?? 0) + 1)
    if (!counts.has(kind)) kind = ""
    const choice = (value, text) => {
      const radio = node("input", { type: "radio", name: "kind", value, change: () => { kind = value; tell(index, hits, mine) } })
      radio.checked = kind === value
      return node("label", {}, radio, ` ${text}`)
    }
    filters.replaceChildren(counts.size > 1
      ? node("fieldset", { class: "dp-filters" }, node("legend", {}, say("Show")), choice("", say("All (%(number)s)", { number: hits.length })), ...[...counts].map(([name, number]) => choice(name, `${KINDS[name]} (${number})`)))
      : "")
  }

  const tell = (index, hits, mine) => {
    const shown = kind ? hits.filter((hit) => hit.kind === kind) : hits
    status.textContent = summary(shown.length, index.failed.size)
    return show(index, shown, STEP, mine)
  }

  // Only if the site asks for it: what somebody meant to seek and did not find, without who or where.
  const report = (query) => {
    if (!form.dataset.missed || query === reported) return
    reported = query
    fetch(form.dataset.missed, { method: "POST", mode: "no-cors", credentials: "omit", referrerPolicy: "no-referrer", keepalive: true, body: new URLSearchParams({ q: query.slice(0, 200) }) }).catch(() => {})
  }

  // What may be meant where nothing is found: links, and nothing at all if the words cannot be loaded.
  const suggest = async (index, query, mine) => {
    const words = await index.suggestions(query).catch(() => [])
    if (mine !== run || !words.length) return
    const links = words.flatMap((word, at) => [at ? ", " : " ", node("a", { href: `${form.action}?q=${encodeURIComponent(word)}` }, word)])
    meant.replaceChildren(say("Did you mean:"), ...links)
  }

  const search = async (sent = false) => {
    const query = input.value.trim()
    run += 1
    const mine = run
    const address = new URL(location.href)
    if (query) address.searchParams.set("q", query)
    else address.searchParams.delete("q")
    history.replaceState(null, "", address)
    topics.hidden = false
    meant.replaceChildren()
    if (!query) {
      status.textContent = ""
      list.replaceChildren()
      filters.replaceChildren()
      return
    }
    try {
      const index = await openIndex()
      const found = await index.search(input.value)
      const hits = about?.value ? await index.onTopic(found, about.value) : found
      if (mine !== run) return
      if (!found.length && sent && !index.failed.size) report(query)
      topics.hidden = hits.length > 0
      if (!found.length) suggest(index, input.value, mine)
      choose(index, hits, mine)
      if (hits.length) await tell(index, hits, mine)
      else {
        list.replaceChildren()
        const failed = index.failed.size ? say("A part of the search could not be loaded.") : ""
        status.textContent = found.length
          ? say("Nothing on this topic. On all topics: %(summary)s", { summary: summary(found.length, index.failed.size) })
          : [say("Nothing is found for “%(query)s”.", { query: query.slice(0, 60) }), failed, say("Try fewer or other words, or look at the topics below.")].filter(Boolean).join(" ")
      }
    } catch {
      if (mine !== run) return
      list.replaceChildren()
      status.textContent = [say("The search could not be loaded. Are you offline?"), say("The topics are below.")].join(" ")
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); search(true) })
  input.addEventListener("input", () => search())
  list.addEventListener("click", () => remember(input.value))
  about?.addEventListener("change", () => search())
  if (!input.value) input.focus()
  await search(true)
}
