(() => {
  // Material takes every `link[rel=alternate]` for a translation of the whole site and asks each for its
  // site map. Feeds are none, and translations have none: while Material looks, a second word keeps them out
  // of that. Those that look for feeds find them by `link[rel=alternate]` before and after.
  const alternates = document.querySelectorAll("link[rel=alternate]")
  const name = (rel) => { for (const link of alternates) link.rel = rel }
  addEventListener("DOMContentLoaded", () => name("alternate other"), { capture: true, once: true })
  addEventListener("DOMContentLoaded", () => name("alternate"), { once: true })

  // The tools: loaded when the reader comes near one. Until then, and without JavaScript, their text stands there.
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue
      near.unobserve(target)
      import(`./tools/${target.localName}.js`)
    }
  }, { rootMargin: "200px" })
  const names = ["delivery-rate", "response-time", "vacation-planner", "spoof-checklist"]
  for (const tool of document.querySelectorAll(names.join(", "))) {
    if (!tool.closest(".dp-widget")) near.observe(tool)
  }
  // On the home page it takes a click.
  for (const button of document.querySelectorAll(".dp-widget [data-tool]")) {
    // What a text of the content calls a tool need not be one.
    if (!names.includes(button.dataset.tool)) continue
    button.hidden = false
    button.addEventListener("click", async () => {
      const tool = document.querySelector(`.dp-widget ${button.dataset.tool}`)
      await import(`./tools/${button.dataset.tool}.js`)
      await tool.built
      button.remove()
      tool.shadowRoot.querySelector("input, select, button").focus()
    })
  }

  // Keys that are pressed on the page and typed nowhere. Of what is typed into a tool the event names only the tool,
  // which has a root of its own.
  const takesText = (node) => node.isContentEditable || node.matches?.("input, textarea, select, [role=textbox], [role=searchbox], [role=combobox], [role=listbox]")
  const onKeys = (keys, find, use) => document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.composedPath().some(takesText)) return
    if (event.ctrlKey || event.metaKey || event.altKey || !keys.includes(event.key)) return
    const target = find()
    if (!target) return
    event.preventDefault()
    use(target)
  })

  // Material's keys for the next page look for a `link[rel=next]`. Pages have none: Firefox would load what it names ahead,
  // and complain on each page that the policy forbids that.
  onKeys(["n", "."], () => document.querySelector("nav a[rel=next]"), (link) => link.click())

  // The search: nothing of it is loaded before it is used.
  const boxes = [...document.querySelectorAll("[data-search]")]
  const inputs = boxes.map((box) => box.querySelector("input"))
  for (const [number, box] of boxes.entries()) {
    inputs[number].addEventListener("focus", () => import("./search/box.js").then(({ open }) => open(box)), { once: true })
  }
  if (boxes.length) {
    const shown = () => inputs.find((input) => input.offsetParent !== null) ?? document.querySelector("[data-search-page] input")
    onKeys(["/", "s", "f"], shown, (field) => field.focus())
  }
  const frames = document.querySelectorAll("a[data-dp-frame]")
  if (frames.length) import("./frames.js").then(({ open }) => open(frames))

  // Not those that lead elsewhere, nor icons in the text.
  const pictures = [...document.querySelectorAll(".dp-body img:not(a img, button img, .twemoji, .emojione)")]
  if (pictures.length && window.HTMLDialogElement) import("./zoom.js").then(({ open }) => open(pictures))

  const steps = document.querySelectorAll("li[id] > .dp-step")
  if (steps.length) import("./steps.js").then(({ open }) => open(steps))

  const lost = document.querySelector("[data-lost]")
  if (lost) import("./search/lost.js").then(({ open }) => open(lost, inputs.at(-1)))

  const results = document.querySelector("[data-search-page]")
  if (results) import("./search/page.js").then(({ open }) => open(results))

  const helpful = document.querySelector("[data-helpful]")
  if (helpful) import("./helpful.js").then(({ open }) => open(helpful))

  const contact = document.querySelector(".dp-contact a")
  if (contact) import("./contact.js").then(({ lead }) => lead(contact))
  const mails = document.querySelectorAll(".dp-body a[href^='mailto:']")
  if (mails.length && location.search) import("./contact.js").then(({ receive }) => receive(mails))

  // The system's sheet for sharing, where there is one; else the address is copied, as below.
  for (const button of document.querySelectorAll("button[data-share]")) {
    if (!navigator.share) continue
    button.hidden = false
    button.addEventListener("click", () => {
      navigator.share({ title: document.querySelector("h1").textContent, url: button.dataset.share }).catch(() => {})
    })
  }

  const filter = document.querySelector("[data-filter]")
  if (filter) import("./filter.js").then(({ open }) => open(filter))

  // Menus in the header close by escape, and when something else is clicked or focused.
  for (const menu of document.querySelectorAll("details[data-menu]")) {
    const leave = ({ target }) => { if (!menu.contains(target)) menu.open = false }
    document.addEventListener("click", leave)
    document.addEventListener("focusin", leave)
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.open) return
      menu.open = false
      menu.querySelector("summary").focus()
    })
  }

  // The menu of narrow pages: Material opens it by a label, which only a mouse reaches, and which may not be a button.
  const opener = document.querySelector("[data-drawer]")
  const drawer = document.getElementById("__drawer")
  if (opener && drawer) {
    opener.tabIndex = 0
    opener.setAttribute("role", "button")
    const tell = () => opener.setAttribute("aria-expanded", drawer.checked)
    const turn = (open) => {
      drawer.checked = open
      drawer.dispatchEvent(new Event("change", { bubbles: true }))
    }
    tell()
    drawer.addEventListener("change", tell)
    opener.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(event.key)) return
      event.preventDefault()
      // Material clicks a label that has the focus.
      event.stopPropagation()
      turn(!drawer.checked)
    })
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !drawer.checked) return
      turn(false)
      opener.focus()
    })
  }

  // Copy buttons of feed addresses. They are hidden until they can work.
  if (!navigator.clipboard) return
  const status = document.getElementById("dp:copied")
  const words = document.querySelector("button[data-copy]") && import("./words.js")
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false
    button.addEventListener("click", async () => {
      // At once: WebKit lets a page copy only within the click, and a wait ends that.
      const copied = navigator.clipboard.writeText(button.dataset.copy)
      copied.catch(() => {})
      const { say, ready } = await words
      await ready
      try {
        await copied
        button.textContent = say("Copied")
        status.textContent = say("Copied %(address)s", { address: button.dataset.copy })
        setTimeout(() => { button.textContent = say("Copy") }, 2000)
      } catch {
        status.textContent = say("The browser did not let this page copy. Select the address and copy it.")
        status.classList.remove("dp-hidden")
      }
    })
  }
})()
