// Files for the tools: what a browser would be given as a Blob.
import { judgeFile } from "../../theme/assets/javascripts/tools/judge.js"
import { inspectMessage } from "../../theme/assets/javascripts/tools/message.js"
import { Session } from "../../theme/assets/javascripts/tools/table/session.js"

const blob = (base64) => new Blob([Buffer.from(base64, "base64")])

/** What `judgeFile` gives for a file in base64; of the rows the first three. */
export async function judge(base64, options) {
  const { rows, ...found } = await judgeFile(blob(base64), options)
  return { ...found, rows: rows.slice(0, 3), rowCount: rows.length }
}

/** The rows that were left out as the page saves them. */
export async function leftOut(base64, options, heads, reasons) {
  const session = new Session()
  await session.open(blob(base64), options)
  await session.judge(options)
  return session.csv(heads, reasons)
}

/** What the inspector gives for a message in base64, as bytes and, where `pasted`, as text. */
export async function inspect(base64, trust, pasted) {
  const bytes = Buffer.from(base64, "base64")
  return inspectMessage(pasted ? bytes.toString("utf8") : new Uint8Array(bytes), trust)
}
