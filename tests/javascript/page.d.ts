// What a selector finds is known to whoever wrote the template, and not to the compiler.
interface ParentNode {
  querySelector(selectors: string): any
  querySelectorAll(selectors: string): NodeListOf<any>
}
interface Document {
  getElementById(id: string): any
}
interface Element {
  closest(selectors: string): any
}
