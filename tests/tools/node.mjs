// Answers calls of the tools' functions, one JSON line each: [module, function, arguments].
import { createInterface } from "node:readline"

const modules = {}
for await (const line of createInterface({ input: process.stdin })) {
  const [path, name, args] = JSON.parse(line)
  let answer
  try {
    modules[path] ??= await import(path)
    answer = { value: (await modules[path][name](...args)) ?? null }
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
