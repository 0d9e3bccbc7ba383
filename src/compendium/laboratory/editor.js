/* The box for a query, made with CodeMirror: colours, underlined findings, undo. The page's script
   loads it when the reader comes near; esbuild packs it (runtime.py). It knows no Python: colours come
   from an expression, findings from whoever asks. */
import { history, historyKeymap, isolateHistory, standardKeymap, undo, undoDepth } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { ChangeSet, EditorState } from "@codemirror/state";
import {
  activateHover, closeHoverTooltips, Decoration, EditorView, hasHoverTooltips, highlightSpecialChars, keymap, ViewPlugin,
} from "@codemirror/view";

// Kinds are named as in the book's own listings, whose style they take
const coloured = (signs) => {
  const marks = {};
  const mark = (kind, from, to) => (marks[kind] ??= Decoration.mark({ class: kind })).range(from, to);
  const colours = (view) => {
    const found = [], [first, last] = [view.visibleRanges.at(0)?.from ?? 0, view.visibleRanges.at(-1)?.to ?? 0];
    for (const { 0: text, index, groups } of view.state.doc.toString().matchAll(signs)) {
      if (index >= last) break;
      if (index + text.length <= first) continue;
      const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
      if (kind !== "w") found.push(mark(kind, index, index + text.length));
      if (kind === "w" || kind === "s2")
        for (const wild of text.matchAll(/[*?]/g))
          found.push(mark("se", index + wild.index, index + wild.index + 1));
    }
    return Decoration.set(found);
  };
  return ViewPlugin.define((view) => ({
    shown: colours(view),
    update(update) {
      if (update.docChanged || update.viewportChanged) this.shown = colours(update.view);
    },
  }), { decorations: ({ shown }) => shown });
};

const underline = (colour) => ({ background: "var(--soft)", borderBottom: `2px solid var(--${colour})`, paddingBottom: 0 });
const look = EditorView.theme({
  "&": { height: "100%", border: "1px solid var(--muted)", borderRadius: "4px", color: "var(--ink)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { font: ".9rem/1.6 var(--mono)" },
  ".cm-content": { margin: 0, padding: ".6rem 0", background: "none", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 .75rem" },
  ".cm-lintRange-error": underline("red"),
  ".cm-lintRange-warning": underline("orange"),
  ".cm-lintRange-info": underline("muted"),
  ".cm-lintPoint::after": { borderBottomColor: "var(--red)" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", outline: "1px dashed var(--red)" },
  ".cm-specialChar": { color: "var(--red)" },
  ".cm-tooltip": { maxWidth: "min(32rem, 90vw)", border: "1px solid var(--muted)", borderRadius: "4px",
    background: "var(--paper)", color: "var(--ink)" },
  ".cm-diagnostic": { padding: ".5rem .75rem", border: 0, whiteSpace: "normal" },
});

/**
 * Put an editor into a place.
 *
 * @param {Element} parent
 * @param {object} told `text`; `signs`, a RegExp with a group a kind; `phrases` in the reader's
 *   language; `attributes` of what is edited; `changed`, called after each change.
 */
export const open = (parent, { text, signs, phrases, attributes, changed }) => {
  let since, announced = ""; // what was changed since the text of the marks; what was read aloud of it
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions: [
    history(), bracketMatching(), coloured(signs), look, EditorView.lineWrapping,
    highlightSpecialChars({ render: (code, described, sign) => {
      const made = document.createElement("span");
      made.className = "cm-specialChar";
      made.textContent = sign;
      made.title = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
      return made;
    } }),
    EditorState.phrases.of(phrases), EditorView.contentAttributes.of(attributes),
    keymap.of([...standardKeymap, ...historyKeymap,
      { key: "F8", run: nextDiagnostic, shift: previousDiagnostic }]),
    EditorView.domEventHandlers({
      drop: ({ dataTransfer }) => dataTransfer.files.length > 0, // a file is for the desk below
      click: ({ clientX: x, clientY: y }) => { // where nothing hovers: on a screen to touch
        const at = view.posAtCoords({ x, y });
        if (at !== null) activateHover(view, at, view.coordsAtPos(at)?.left > x ? -1 : 1,
          { until: ({ docChanged, selection }) => docChanged || selection });
      },
    }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      since = since?.compose(update.changes);
      changed();
    }),
  ] }) });
  // Also from a button of what is shown over a finding
  view.dom.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !hasHoverTooltips(view.state)) return;
    view.dispatch({ effects: closeHoverTooltips });
    view.focus();
  });
  const apply = (changes) => view.dispatch({ changes, annotations: isolateHistory.of("full") });
  const now = (at) => since?.mapPos(at) ?? at;
  return {
    // A sign of two halves that was cut in two would end an address, and Python
    get text() { return view.state.doc.toString().toWellFormed(); },
    get canUndo() { return undoDepth(view.state) > 0; },
    put: (whole) => apply({ from: 0, to: view.state.doc.length, insert: whole }),
    undo: () => { undo(view); view.focus(); },
    focus: () => view.focus(),
    select: (anchor, head) => {
      view.dispatch({ selection: { anchor: now(anchor), head: now(head) }, scrollIntoView: true });
      view.focus();
    },
    mark: (diagnostics, said) => {
      since = ChangeSet.empty(view.state.doc.length);
      view.dispatch(setDiagnostics(view.state, diagnostics));
      if (said !== announced) view.dispatch({ effects: EditorView.announce.of(said) });
      announced = said;
    },
    // Of the text of the marks; what was typed since stays
    edit: (changes) => {
      apply(ChangeSet.of(changes, since.length).map(since));
      view.focus();
    },
  };
};
