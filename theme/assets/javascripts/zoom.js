// Pictures that have more to show than their place in the text has room for open in a dialog as wide as the window:
// by a click, and by a button after them for those who use the keyboard or hear the page.
import { h as node } from "./tools/dom.js"
import { ready, say } from "./words.js"

/** How many times wider than it is shown a picture has to be. */
const LEAST = 1.25

/** @param {HTMLImageElement[]} images */
export async function open(images) {
  await ready
  const picture = /** @type {HTMLImageElement} */ (node("img"))
  const close = node("button", { class: "dp-copy", type: "button" }, say("Close"))
  const dialog = /** @type {HTMLDialogElement} */ (node("dialog", { class: "dp-zoomed", click: () => dialog.close() }, close, picture))
  document.body.append(dialog)
  // On a phone it is wider than the window: its middle is shown first.
  picture.addEventListener("load", () => dialog.scrollTo((dialog.scrollWidth - dialog.clientWidth) / 2, 0))

  const buttons = new Map()
  const seen = new ResizeObserver((entries) => {
    const some = entries.map(({ target }) => /** @type {HTMLImageElement} */ (target))
    // All are measured before one is changed: else the page is laid out anew for each, which takes minutes for some thousands.
    const small = some.map((image) => {
      // The attribute is that of the file; what is loaded may be a smaller variant.
      const full = Number(image.getAttribute("width")) || image.naturalWidth
      return image.clientWidth === 0 || full < LEAST * image.clientWidth
    })
    some.forEach((image, at) => {
      buttons.get(image).hidden = small[at]
      image.classList.toggle("dp-zooms", !small[at])
    })
  })

  for (const image of images) {
    const show = () => {
      picture.src = image.src
      picture.alt = image.alt
      dialog.setAttribute("aria-label", image.alt || say("Picture"))
      dialog.showModal()
    }
    const name = image.alt ? say("Enlarge the picture: %(name)s", { name: image.alt }) : say("Enlarge the picture")
    const button = /** @type {HTMLButtonElement} */ (node("button", { class: "dp-zoom", type: "button", hidden: true, click: show }, name))
    image.after(button)
    image.addEventListener("click", () => { if (!button.hidden) show() })
    buttons.set(image, button)
    seen.observe(image)
    // What is loaded may be of another size and fill the same place.
    image.addEventListener("load", () => {
      seen.unobserve(image)
      seen.observe(image)
    })
  }
}
