// A workbook as somebody fills it in: the cells of one sheet are found by the head of their column and written as text,
// everything else of the file stays as it came.
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

const letters = (reference) => reference.replace(/\d+$/, "");
const row = (reference) => Number(reference.replace(/^\D+/, ""));
const plain = (xml) => xml.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&");
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const texts = (xml) => plain([...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text).join(""));

/** An opened workbook; only its first sheet is looked at. */
export class Workbook {
  /** @param {Buffer} bytes of an XLSX */
  constructor(bytes) {
    this.files = unzipSync(new Uint8Array(bytes));
    this.name = "xl/worksheets/sheet1.xml";
    this.xml = strFromU8(this.files[this.name]);
    const shared = this.files["xl/sharedStrings.xml"];
    this.shared = shared ? [...strFromU8(shared).matchAll(/<si>(.*?)<\/si>/gs)].map(([, xml]) => texts(xml)) : [];
  }

  /** Every cell that is written: its reference and its text. */
  cells() {
    return [...this.xml.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, reference, attributes, inner = ""]) => {
      const value = inner.match(/<v>([^<]*)<\/v>/)?.[1] ?? "";
      const text = /t="s"/.test(attributes) ? this.shared[Number(value)] : /t="inlineStr"/.test(attributes) ? texts(inner) : plain(value);
      return { reference, text };
    });
  }

  /** Rows below the head that has this column, by the text in another: `row(head, column, text)`. */
  find(column, text) {
    const cells = this.cells();
    const head = cells.find((cell) => cell.text === column);
    if (!head) throw new Error(`the sheet has no column ${column}: ${cells.slice(0, 40).map((cell) => cell.text).join(" ")}`);
    const below = cells.filter((cell) => letters(cell.reference) === letters(head.reference) && row(cell.reference) > row(head.reference));
    const found = text === undefined ? below : below.filter((cell) => cell.text === text);
    return found.map((cell) => row(cell.reference));
  }

  /** Writes a text into a column of a row, as if it were typed. */
  write(column, at, text) {
    const head = this.cells().find((cell) => cell.text === column);
    if (!head) throw new Error(`the sheet has no column ${column}`);
    const reference = `${letters(head.reference)}${at}`;
    const cell = new RegExp(`<c r="${reference}"([^>]*?)(?:/>|>.*?</c>)`, "s");
    if (!cell.test(this.xml)) throw new Error(`the sheet has no cell ${reference}`);
    this.xml = this.xml.replace(cell, (_, attributes) => {
      const style = attributes.match(/ s="\d+"/)?.[0] ?? "";
      return `<c r="${reference}"${style} t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
    });
  }

  /** The reference of every cell with a comment, in the order of the sheet: where a returned workbook is marked. */
  commented() {
    const name = Object.keys(this.files).find((file) => /^xl\/comments\d*\.xml$/.test(file));
    return name ? [...strFromU8(this.files[name]).matchAll(/<comment ref="([A-Z]+\d+)"/g)].map(([, reference]) => reference) : [];
  }

  /** @returns {Buffer} */
  bytes() {
    return Buffer.from(zipSync({ ...this.files, [this.name]: strToU8(this.xml) }));
  }
}
