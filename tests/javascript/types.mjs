// Checks the types of the theme's scripts (JSDoc) by TypeScript. Prints what is wrong, each with its place.
import ts from "typescript"

// Made from packages: nobody edits them, but our scripts import them.
const GENERATED = /\/(?:katex|mathjax|mermaid|stem|vendor)\//

const { config, error } = ts.readConfigFile("tsconfig.json", ts.sys.readFile)
if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"))
const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
const program = ts.createProgram(fileNames, options)
const found = [...errors, ...ts.getPreEmitDiagnostics(program)].filter(({ file }) => !file || !GENERATED.test(file.fileName))
const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => process.cwd(), getNewLine: () => "\n" }
process.stdout.write(ts.formatDiagnostics(found, host))
if (found.length || !program.getSourceFiles().some(({ fileName }) => fileName.endsWith("/tools/judge.js"))) process.exitCode = 1
