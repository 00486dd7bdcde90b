// The box in the header: results while typing, arrows to go through them, escape to leave.
import { ready, say } from "../words.js"
import { remember } from "../contact.js"
import { node, openIndex, resultItems, summary } from "./results.js"

const SHOWN = 7

export async function open(form) {
  await ready
  const input = form.querySelector("input")
  const status = node("p", { class: "dp-results__status", role: "status" })
  const list = node("ol", { class: "dp-results" })
  const panel = node("div", { class: "dp-search__panel" }, status, list)
  panel.hidden = true
  form.append(panel)
  let run = 0

  // An answer that is still on its way opens it no more.
  const close = () => {
    panel.hidden = true
    run += 1
  }
  const search = async () => {
    const query = input.value.trim()
    run += 1
    const mine = run
    if (!query) return close()
    try {
      const index = await openIndex()
      const hits = await index.search(input.value)
      const items = await resultItems(index, hits.slice(0, SHOWN))
      const words = hits.length ? [] : await index.suggestions(input.value).catch(() => [])
      // What was typed meanwhile has its own answer.
      if (mine !== run) return undefined
      const meant = words.map((word) => node("li", { class: "dp-result" }, say("Did you mean:"), " ", node("a", { href: `${form.action}?q=${encodeURIComponent(word)}` }, word)))
      const all = node("li", { class: "dp-result dp-result--all" }, node("a", { href: `${form.action}?q=${encodeURIComponent(query)}` }, hits.length ? say("All results") : say("Topics, and how to search")))
      list.replaceChildren(...items, ...meant, all)
      status.textContent = hits.length ? summary(hits.length, index.failed.size) : say("Nothing is found for “%(query)s”.", { query: query.slice(0, 60) })
    } catch {
      if (mine !== run) return undefined
      list.replaceChildren()
      status.textContent = say("The search could not be loaded. Are you offline?")
    }
    panel.hidden = false
    return undefined
  }

  input.addEventListener("input", search)
  list.addEventListener("click", () => remember(input.value))
  input.addEventListener("focus", () => { if (input.value.trim()) search() })
  form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")]
    const at = links.indexOf(document.activeElement)
    if (event.key === "Escape") {
      input.focus()
      close()
    } else if (event.key === "ArrowDown" && !panel.hidden) {
      event.preventDefault()
      links[Math.min(at + 1, links.length - 1)]?.focus()
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault()
      ;(links[at - 1] ?? input).focus()
    }
  })
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close() })
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close() })
  if (input.value.trim()) search()
}
