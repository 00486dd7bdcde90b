// The page's side of a file that is open: a worker, or, where none can start (another site's page), a session in slices.
import { inUse, say } from "../../words.js"
import { judgeWorker } from "../worker.js"
import { Session } from "./session.js"

export class Reader {
  /** @param {(share: number) => void} [progress] */
  constructor(progress = () => {}) {
    this.progress = progress
    this.waiting = new Map()
    this.last = 0
    try {
      this.worker = new Worker(judgeWorker(), { type: "module" })
    } catch {
      this.here()
      return
    }
    this.worker.onmessage = ({ data: { id, share, result, problem } }) => {
      if (share !== undefined) this.progress(share)
      else this.settle(id, result, problem)
    }
    // It could not be loaded: then everything that was asked of it is done here.
    this.worker.onerror = () => {
      const asked = [...this.waiting.values()]
      this.waiting.clear()
      this.here()
      for (const { call, args, resolve, reject } of asked) this.call(call, ...args).then(resolve, reject)
    }
    this.call("words", inUse())
  }

  /** Do it on the page, and let it draw between slices. */
  here() {
    this.worker?.terminate()
    this.worker = null
    const session = new Session()
    const pause = (share) => { this.progress(share); return new Promise((done) => { setTimeout(done) }) }
    this.calls = { words() {}, open: (...args) => session.open(...args), judge: (options) => session.judge(options, pause), csv: (...args) => session.csv(...args) }
  }

  /** `open(file, options)`, `judge(options)`, `csv(heads, reasons)` of a session. Rejects with an error that says what is wrong. */
  async call(call, ...args) {
    if (!this.worker) return this.calls[call](...args)
    this.last += 1
    const id = this.last
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { call, args, resolve, reject })
      this.worker.postMessage({ id, call, args })
    })
  }

  settle(id, result, problem) {
    const asked = this.waiting.get(id)
    if (!asked) return
    const { resolve, reject } = asked
    this.waiting.delete(id)
    if (problem === undefined) resolve(result)
    else reject(new RangeError(problem || say("The file could not be read.")))
  }

  /** Nothing more is asked. */
  close() {
    this.worker?.terminate()
  }
}
