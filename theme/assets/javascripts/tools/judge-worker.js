// Reads and judges a table beside the page, so that a long one does not freeze it. Messages are `{id, call, args}`.
import { use } from "../words.js"
import { Session } from "./table/session.js"

const session = new Session()
const calls = {
  words: use,
  open: (file, options) => session.open(file, options),
  judge: (options) => session.judge(options, (share) => postMessage({ share })),
  csv: (heads, reasons) => session.csv(heads, reasons),
}

addEventListener("message", async ({ data: { id, call, args } }) => {
  try {
    postMessage({ id, result: await calls[call](...args) })
  } catch (error) {
    postMessage({ id, problem: error instanceof RangeError ? error.message : "" })
  }
})
