// Bytes of a file as text, or what else they are. Knows no page.
import { say } from "../../words.js"

/** Bytes of a file that are read at most. */
export const MAX_SIZE = 100_000_000

const SAMPLE = 20_000
const KINDS_OF_FILES = () => [["%PDF", say("a PDF document")], ["\u00d0\u00cf\u0011\u00e0", say("an old or encrypted Excel workbook")], ["\u0089PNG", say("a picture")], ["\u00ff\u00d8\u00ff", say("a picture")], ["GIF8", say("a picture")], ["\u001f\u008b", say("a packed file")], ["Rar!", say("a packed file")], ["7z\u00bc\u00af", say("a packed file")]]

/** The bytes of a Blob. Raises `RangeError` for one that is too large. */
export async function bytesOf(file) {
  if (file.size > MAX_SIZE) throw new RangeError(say("The file is larger than %(size)s MB. Export a shorter time.", { size: MAX_SIZE / 1e6 }))
  return new Uint8Array(await file.arrayBuffer())
}

/** Whether bytes begin as a ZIP archive does: a workbook may be one. */
export function isArchive(bytes) {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

/** Text in UTF-8, in UTF-16 with its mark or without, else in Windows' Latin. Raises `RangeError` for what is none. */
export function decode(bytes) {
  const start = String.fromCharCode(...bytes.subarray(0, 8))
  for (const [magic, what] of KINDS_OF_FILES()) {
    if (start.startsWith(magic)) throw new RangeError(say("This is %(what)s, not a table as text. Save it as .xlsx or CSV first.", { what }))
  }
  if (start.startsWith("\u00ff\u00fe")) return plain(new TextDecoder("utf-16le").decode(bytes))
  if (start.startsWith("\u00fe\u00ff")) return plain(new TextDecoder("utf-16be").decode(bytes))
  const zeros = [0, 0]
  const sample = bytes.subarray(0, SAMPLE)
  sample.forEach((byte, at) => { if (!byte) zeros[at % 2] += 1 })
  const half = sample.length / 2
  if (zeros[0] || zeros[1]) {
    // Latin text in UTF-16 without its mark: every other byte is zero.
    if (zeros[1] > 0.6 * half && zeros[0] < 0.1 * half) return plain(new TextDecoder("utf-16le").decode(bytes))
    if (zeros[0] > 0.6 * half && zeros[1] < 0.1 * half) return plain(new TextDecoder("utf-16be").decode(bytes))
    throw new RangeError(say("This is no text. Save the table as CSV first."))
  }
  try {
    return plain(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    return plain(new TextDecoder("windows-1252").decode(bytes))
  }
}

function plain(text) {
  return text.replace(/^\ufeff/, "")
}
