// <spoof-checklist>: what to look at in a mail, and an inspector for its source. Nothing leaves the page.
import { say } from "../words.js"
import { Tool, dropZone, field, h } from "./element.js"
import STEPS from "./checklist.js"

class SpoofChecklist extends Tool {
  build() {
    return [
      h("p", { class: "title" }, say("Is this mail genuine?")),
      this.checklist(),
      !this.compact && this.inspector(),
    ]
  }

  get aboutTitle() {
    return say("The list as text")
  }

  names(attribute) {
    return (this.getAttribute(attribute) ?? "").split(/[\s,]+/).filter(Boolean)
  }

  /** Ticks are remembered in this browser, for this page. */
  checklist() {
    const key = `deskpress-checklist:${location.pathname}#${this.id}`
    const ticked = new Set(stored(key))
    const boxes = STEPS.map((step, at) => h("input", { type: "checkbox", checked: ticked.has(at), change: () => keep() }))
    const keep = () => {
      store(key, boxes.flatMap((box, at) => (box.checked ? [at] : [])))
      tell()
    }
    const done = h("p", { class: "note", role: "status" })
    const tell = () => {
      const number = boxes.filter((box) => box.checked).length
      done.textContent = say("%(number)s of %(total)s done.", { number: this.format.number(number), total: this.format.number(boxes.length) })
    }
    tell()
    return [
      h("ol", { class: "steps" }, STEPS.map((step, at) => h("li", {}, h("label", {}, boxes[at], h("span", {}, say(step)))))),
      done,
      h("div", { class: "actions" },
        h("button", { type: "button", class: "plain", click: () => { boxes.forEach((box) => { box.checked = false }); keep() } }, say("Start again")),
        !this.compact && h("button", { type: "button", class: "plain", click: () => window.print() }, say("Print"))),
    ]
  }

  inspector() {
    const trusted = { senders: this.names("senders"), sites: this.names("sites") }
    if (!trusted.senders.length && !trusted.sites.length) return null
    const source = h("textarea", { spellcheck: "false", autocomplete: "off", rows: "8" })
    const file = h("input", { type: "file", accept: ".eml,message/rfc822,text/plain", change: () => file.files[0] && this.read(file.files[0], trusted) })
    const drop = dropZone((dropped) => this.read(dropped, trusted), (text) => { source.value = text },
      field(say("Or drop or choose the saved mail (.eml)"), file))
    return h("details", {}, h("summary", {}, say("Inspect a mail")),
      h("p", {}, say("Open the mail's source (“Show original”, “View source”), copy all of it, and paste it here. It stays in your browser: nothing is sent, loaded or opened. Trusted here: senders %(senders)s, sites %(sites)s.", { senders: list(trusted.senders.map((name) => (name.startsWith("*.") ? say("@%(name)s and below", { name: name.slice(2) }) : `@${name}`))), sites: list(trusted.sites) })),
      h("form", { submit: (event) => { event.preventDefault(); this.inspect(source.value, trusted) } },
        field(say("Source of the mail"), source),
        h("div", { class: "actions" }, h("button", {}, say("Inspect"))),
        drop),
      this.status)
  }

  async read(file, trusted) {
    const { MAX_SIZE } = await import("./message.js")
    if (file.size > MAX_SIZE) {
      this.complain(say("“%(name)s” is larger than %(size)s MB: that is hardly a mail.", { name: file.name, size: this.format.number(MAX_SIZE / 1e6) }))
      return
    }
    this.inspect(new Uint8Array(await file.arrayBuffer()), trusted)
  }

  async inspect(source, trusted) {
    if (!source.length) {
      this.complain(say("Paste the source of a mail first."))
      return
    }
    this.show(h("p", {}, say("Looking…")))
    try {
      const { inspectMessage } = await import("./message.js")
      const { verdict, findings } = await inspectMessage(source, trusted)
      this.tell(verdict, findings)
    } catch (error) {
      this.complain(error instanceof RangeError ? error.message : say("This could not be read as a mail."))
    }
  }

  tell(verdict, findings) {
    const of = (wanted) => findings.filter(({ severity }) => severity === wanted)
    const [strong, weak, notes] = ["strong", "weak", "note"].map(of)
    const listed = (items) => h("ul", { class: "findings" }, items.slice(0, 200).map(({ where, why }) => h("li", {}, why, h("q", {}, where))))
    const number = (items) => ` (${this.format.number(items.length)})`
    const heading = (title, items) => items.length > 0 && [h("p", { class: "title" }, title), listed(items)]
    const told = {
      "bad-signs": () => [
        h("p", { class: "verdict bad" }, h("span", { class: "sign", "aria-hidden": "true" }, "✗ "), h("strong", {}, say("Bad signs")), number(strong)),
        h("p", {}, say("Click on nothing in it. Go to the site yourself.")),
        listed(strong),
        heading(say("Also to be looked at"), weak)],
      "look-closer": () => [
        h("p", { class: "verdict" }, h("span", { class: "sign", "aria-hidden": "true" }, "? "), h("strong", {}, say("Look closer")), number(weak)),
        h("p", {}, say("Genuine mail may have these signs, and so may a forged one. Follow no link of it and answer to nothing that it asks: go to the site yourself, and see there whether it is so.")),
        listed(weak)],
      "no-bad-signs": () => [
        h("p", { class: "verdict" }, h("strong", {}, say("No bad signs found"))),
        h("p", {}, say("That does not make it genuine: a forged mail can look right. When in doubt, go to the site yourself."))],
    }
    this.show(told[verdict](), heading(say("Worth knowing"), notes))
  }
}

function list(names) {
  return names.length ? names.join(", ") : say("none")
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? []
  } catch {
    return []
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Without storage the ticks last as long as the page.
  }
}

customElements.define("spoof-checklist", SpoofChecklist)
