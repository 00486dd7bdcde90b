export { default as Plot } from "uplot"
export { default as css } from "uplot/dist/uPlot.min.css"
