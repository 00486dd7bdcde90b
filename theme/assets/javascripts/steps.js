// Steps of a topic can be ticked off. What is ticked is remembered by this window, for this page, and told nobody.
import { h as node } from "./tools/dom.js"
import { ready, say } from "./words.js"

const KEY = `dp:steps:${location.pathname}`

/** @param {NodeListOf<Element>} marks */
export async function open(marks) {
  await ready
  const done = new Set(recall())
  for (const mark of marks) {
    const item = mark.closest("li")
    const { id } = item
    const box = /** @type {HTMLInputElement} */ (node("input", { type: "checkbox", class: "dp-tick", "aria-label": say("Step %(number)s is done", { number: id.replace("step-", "") }) }))
    box.checked = done.has(id)
    box.addEventListener("change", () => {
      if (box.checked) done.add(id)
      else done.delete(id)
      keep([...done])
    })
    mark.after(box)
  }
}

function recall() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]")
    return Array.isArray(found) ? found : []
  } catch {
    return []
  }
}

/** @param {string[]} ids */
function keep(ids) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(ids))
  } catch {
    // Where nothing may be stored, ticks last as long as the page.
  }
}
