// fflate: ZIP; saxen: XML, event by event. What an Excel workbook is made of.
export { Parser } from "saxen"
export { Unzip, UnzipInflate } from "fflate"
