// The index of the help center: of many topics those whose titles have what is typed.
import { many, ready } from "./words.js"

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()

export async function open(filter) {
  await ready
  const input = filter.querySelector("input")
  const status = filter.querySelector("[role=status]")
  const items = [...document.querySelectorAll(".dp-fold .dp-cards > li")].map((item) => [item, plain(item.textContent)])
  const sections = [...document.querySelectorAll(".dp-topics")]
  const left = new Set()
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean)
    let found = 0
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word))
      if (!item.hidden) found += 1
    }
    for (const section of sections) {
      section.hidden = !section.querySelector(".dp-cards > li:not([hidden])")
      if (section.localName !== "details") continue
      // What a reader had opened is open again when nothing is typed.
      if (words.length && !section.open) {
        section.open = true
        left.add(section)
      } else if (!words.length && left.delete(section)) section.open = false
    }
    status.textContent = words.length ? many("%(number)s topic", "%(number)s topics", found) : ""
  })
  filter.hidden = false
}
