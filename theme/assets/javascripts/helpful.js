// "Was this helpful?" in one press. The endpoint is told the page, the answer and, if the reader likes, a reason: not who or when.
import { h as node } from "./tools/dom.js"
import { ready, say } from "./words.js"

export async function open(place) {
  await ready
  const question = place.querySelector("p")
  const status = place.querySelector("[role=status]")
  const send = (more) => fetch(place.dataset.helpful, {
    method: "POST",
    mode: "no-cors",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    keepalive: true,
    body: new URLSearchParams({ page: location.pathname, ...more }),
  })
  const REASONS = { unsolved: say("It did not answer my question"), unclear: say("It is hard to understand"), outdated: say("It is no longer right") }

  const answer = async (given) => {
    try {
      await send(given)
    } catch {
      status.textContent = say("The answer could not be sent. Are you offline?")
      return
    }
    // Nothing is asked twice; the focus must not be lost with the button that had it.
    status.tabIndex = -1
    status.focus()
    question.remove()
    place.querySelector("[data-reasons]")?.remove()
    status.textContent = say("Thank you.")
    if (given.answer !== "no" || given.reason) return
    const buttons = Object.entries(REASONS).map(([reason, text]) => node("button", { type: "button", class: "dp-copy", click: () => answer({ answer: "no", reason }) }, text))
    place.append(node("p", { "data-reasons": "" }, say("What was wrong with it?"), ...buttons.flatMap((button) => [" ", button])))
  }
  for (const button of question.querySelectorAll("button")) button.addEventListener("click", () => answer({ answer: button.value }))
  place.hidden = false
}
