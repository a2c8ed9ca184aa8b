// Everything that script adds to the pages. Each island attaches to markup that already works without it.
import { attachColumns } from "./columns.ts";
import { attachCopy } from "./copy.ts";
import { attachDate } from "./date.ts";
import { attachDialogs } from "./dialog.ts";
import { attachDisplay } from "./display.ts";
import { attachErrors } from "./errors.ts";
import { attachFilters } from "./filters.ts";
import { attachGuard } from "./guard.ts";
import { attachListKeys } from "./list-keys.ts";
import { attachMenus } from "./menu.ts";
import { attachSelection } from "./selection.ts";
import { attachUnfold } from "./unfold.ts";

/** Islands that look at elements; called again for a part of the page that was replaced. */
function attach(root: ParentNode): void {
  attachColumns(root);
  attachDate(root);
  attachFilters(root);
  attachGuard(root);
  attachSelection(root);
  attachUnfold(root);
}

attach(document);
attachErrors(document);
// These listen on the document once and need no second look.
attachCopy(document);
attachDialogs(document);
attachDisplay(document);
attachListKeys(document);
attachMenus(document);
document.addEventListener("biaochi:replaced", (event) => {
  if (event.target instanceof Element) attach(event.target);
});
