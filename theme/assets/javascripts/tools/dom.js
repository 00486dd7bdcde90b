// Makes elements; text is text, never HTML.

/** An element with attributes (functions are listeners) and children; text is text, never HTML. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value)
    else if (value === true) element.setAttribute(key, "")
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value)
  }
  element.append(...nodes(children))
  return element
}

/** Children without what is left out (`false`, `null`, empty text). */
export function nodes(children) {
  return children.flat(Infinity).filter((child) => child || child === 0)
}
