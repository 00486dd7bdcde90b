import js from "@eslint/js"
import globals from "globals"

export default [
  { ignores: ["**/node_modules/", "**/vendor/", "**/mermaid/", "**/mathjax/tex-*", "**/katex/*.min.js", "**/stem/", "bench/eleventy/", "bench/work/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-control-regex": "off", // Texts are searched for control characters on purpose.
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: { ...globals.browser, ...globals.node } } },
]
