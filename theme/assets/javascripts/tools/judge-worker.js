// Judges a table beside the page, so that a long one does not freeze it.
import { judgeTable } from "./judge.js"

addEventListener("message", async ({ data: { text, job } }) => {
  try {
    postMessage({ result: await judgeTable(text, job, (share) => postMessage({ share })) })
  } catch (error) {
    postMessage({ problem: error instanceof RangeError ? error.message : "" })
  }
})
