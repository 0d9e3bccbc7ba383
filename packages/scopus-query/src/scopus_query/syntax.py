"""The rules that reading a query may break: not readable (Q1 …), or read with reserve (Q2 …)."""

from __future__ import annotations

from scopus_query.language import N_
from scopus_query.rules import ERROR, NOTE, WARNING, rule

UNOPENED = rule(
    "Q101", ERROR, N_("Closing parenthesis without an opening one"),
    N_("This `)` closes nothing: every parenthesis before it has its partner."),
    N_("Open it where its group begins, or delete it."),
    N_("Scopus refuses a query whose parentheses do not pair. Often the parenthesis after a field "
       "code closes too early, so that later groups stand outside the field. `repair` lists every "
       "reading that one sign more or less allows."),
    example="TITLE(innovation) AND university)",
)
UNCLOSED = rule(
    "Q102", ERROR, N_("Opening parenthesis that is never closed"),
    N_("This `(` is never closed."),
    N_("Close it where its group ends, or delete it."),
    N_("Scopus refuses a query whose parentheses do not pair. Where the missing one belongs "
       "decides what the field code or the operator before it applies to."),
    example="TITLE((innovation OR invention) AND university",
)
OPEN_QUOTE = rule(
    "Q103", ERROR, N_("Quotation mark that is never closed"),
    N_("The phrase that begins here has no closing quotation mark."),
    N_("Write `\"` where the phrase ends."),
    N_("An odd quotation mark turns the rest of the query inside out: operators become words of a "
       "phrase, and phrases become operators' operands."),
    example='TITLE(innovation) AND KEY("open innovation)',
)
STRAY_QUOTE = rule(
    "Q104", ERROR, N_("Closing quotation mark without an opening one"),
    N_("This quotation mark closes a phrase that was not opened."),
    N_("Write `\"` where the phrase begins."),
    N_("An odd quotation mark turns the rest of the query inside out: operators become words of a "
       "phrase, and phrases become operators' operands."),
    example='TITLE(innovation) AND KEY(open innovation")',
)
BRACE = rule(
    "Q105", ERROR, N_("Brace without its partner"),
    N_("This `{sign}` has no partner."),
    N_("Write an exact phrase as `{{exact phrase}}`."),
    N_("Braces hold an exact phrase. One alone leaves open where the phrase ends."),
    example="TITLE({open innovation)",
)
_JOINS = N_(
    "AND, OR, AND NOT, W/n and PRE/n join two operands. An operator at the beginning or the end "
    "of a query or group, or after another operator, leaves open what it joins."
)
OPERAND = rule(
    "Q106", ERROR, N_("Operator with nothing after it"),
    N_("After `{operator}`, expected a term, a phrase, a field or a group."),
    N_("Write what is missing, or delete the operator."),
    _JOINS,
    example="TITLE(innovation OR) AND KEY(university)",
)
OPERAND_BEFORE = rule(
    "Q115", ERROR, N_("Operator with nothing before it"),
    N_("Before `{operator}`, expected a term, a phrase, a field or a group."),
    N_("Write what is missing, or delete the operator."),
    _JOINS,
    example="OR TITLE(innovation)",
)
EMPTY = rule(
    "Q107", ERROR, N_("Empty group"),
    N_("There is nothing between `{opening}` and `{closing}`."),
    N_("Write what is to be found, or delete it."),
    N_("An empty group, field or phrase finds nothing, and Scopus refuses it."),
    example="TITLE() AND KEY(university)",
)
NUMBER = rule(
    "Q108", ERROR, N_("Comparison without a number"),
    N_("After `{code}`, expected a comparison such as `> 2014`, `= 2020` or `BEF 2025`."),
    N_("Write `{code}`, then one of `=`, `<`, `>`, `IS`, `AFT`, `BEF`, then a number."),
    N_("Years and dates are compared with a whole number; wildcards do not work there."),
    example="TITLE(innovation) AND PUBYEAR > soon",
)
FILTER = rule(
    "Q109", ERROR, N_("Filter without a field or a value"),
    N_("`{function}` needs a field code and, after a comma, one value or more."),
    N_("Write it as `{function} ( LANGUAGE , \"English\" )`."),
    N_("LIMIT-TO keeps, and EXCLUDE leaves out, the records whose field has one of the values."),
    example="TITLE(innovation) AND LIMIT-TO(LANGUAGE)",
)
LIMIT = rule(
    "Q110", ERROR, N_("Longer or more deeply nested than is read"),
    N_("The query goes beyond the limit of {limit}."),
    N_("Split it, and run the parts one by one."),
    N_("Queries are read up to two million characters and 100 levels of nesting, far beyond any "
       "published one, so that a damaged file gives an answer at once."),
)
PARENTHESES = rule(
    "Q111", ERROR, N_("Field code without what it searches"),
    N_("After the field code `{code}`, expected its content in parentheses."),
    N_("Write it as `{code}(…)`."),
    N_("A field code is followed by parentheses that hold what is searched in the field."),
    example="TITLE-ABS-KEY AND innovation",
)
SIGN = rule(
    "Q112", ERROR, N_("Sign that belongs to nothing"),
    N_("`{sign}` can stand only after a year or a date, as in `PUBYEAR > 2014`."),
    N_("Delete it, or write the field code before it."),
    N_("Comparison signs belong to PUBYEAR and the few other fields that hold a number."),
    example="TITLE(innovation) AND > 2014",
)
NOTHING = rule(
    "Q113", ERROR, N_("Nothing to search for"),
    N_("The query holds no term, phrase or filter."),
    N_("Write what is to be found."),
    N_("A query of blanks, punctuation or comments alone finds nothing."),
    example="# nothing but a comment",
)
COMMENT_END = rule(
    "Q114", ERROR, N_("Comment that is never closed"),
    N_("The comment that begins here with `/*` has no `*/`."),
    N_("Write `*/` where the comment ends."),
    N_("A comment between `/*` and `*/` may run over several lines."),
    example="TITLE(innovation) /* a note",
)
CURLY = rule(
    "Q201", WARNING, N_("Quotation marks that are none to Scopus"),
    N_("Not quotation marks to Scopus, read as such here: {mark}"),
    N_("Write straight quotation marks: `\"`."),
    N_("Word processors replace straight quotation marks by curly ones. Scopus does not read these "
       "as marks of a phrase: the words are searched one by one, joined by AND."),
    example="TITLE(“open innovation”)",
    mend=True,
)
DOUBLED = rule(
    "Q202", WARNING, N_("Doubled quotation marks or braces"),
    N_("Read as one sign where there are two: {mark}"),
    N_("Write it once."),
    N_("Spreadsheets and programs double quotation marks and braces when they store a query. "
       "Scopus reads two marks as an empty phrase."),
    example='TITLE(""open innovation"")',
    mend=True,
)
PAIR = rule(
    "Q203", WARNING, N_("Filter pair without LIMIT-TO"),
    N_("`{pair}` is not a filter by itself; read as LIMIT-TO here."),
    N_("Write `LIMIT-TO {pair}`, or `EXCLUDE {pair}`."),
    N_("The results page of Scopus writes filters as `LIMIT-TO ( LANGUAGE , \"English\" )`. "
       "Without the function's name the pair is two words to search for."),
    example='TITLE(innovation) AND (LANGUAGE, "English")',
    mend=True,
)
OTHERWISE = rule(
    "Q204", WARNING, N_("Not written as Scopus reads it"),
    N_("`{found}` is not in Scopus's language; read as `{meant}`."),
    N_("Write `{meant}`."),
    N_("Operators of other databases (NOT, NEAR/n), signs (≥, square brackets), ranges of years "
       "and fields without parentheses are plain to a person, and Scopus reads them as words or "
       "refuses them."),
    example="TITLE(innovation NEAR/3 university)",
    mend=True,
)
FIELD = rule(
    "Q205", WARNING, N_("Misspelled field code"),
    N_("Scopus has no field `{code}`."),
    N_("Did you mean `{meant}`?"),
    N_("A misspelled field code is refused, or searched as a word."),
    example="TITEL-ABS-KEY(innovation)",
    mend=True,
)
FIELD_UNKNOWN = rule(
    "Q212", WARNING, N_("Field code that Scopus does not have"),
    N_("Scopus has no field `{code}`."),
    N_("Write a code of the list in Scopus's help."),
    N_("An unknown field code is refused, or searched as a word. It is read as a field here, so "
       "that the rest of the query can be checked."),
    example="FOO(innovation)",
)
LOWER = rule(
    "Q206", NOTE, N_("Operator in lower case"),
    N_("`{found}` is read as the operator {meant}."),
    N_("Write it in capitals, so that readers see it too."),
    N_("Case does not matter to Scopus. It does to people, and to other databases."),
    example="TITLE(innovation or invention)",
)
BESIDE = rule(
    "Q207", NOTE, N_("Words side by side"),
    N_("There is no operator here; words side by side are joined by AND."),
    N_("Write AND, or quotation marks around a phrase."),
    N_("Words without an operator between them must all occur, anywhere in the field. A phrase "
       "needs quotation marks."),
    example="TITLE(innovation university)",
)
PUNCTUATION = rule(
    "Q208", NOTE, N_("Punctuation that is not read"),
    N_("`{found}` alone is not searched."),
    N_("Leave it out, or write what it stands for."),
    N_("Scopus ignores punctuation outside braces. `&`, `;` and `,` are not operators."),
    example="TITLE(research & development)",
)
COMMENT = rule(
    "Q209", NOTE, N_("Comment"),
    N_("Scopus has no comments; this one is left out."),
    N_("Leave it out before you paste the query into Scopus."),
    N_("In a query kept in a file, `# …` and `// …` to the end of the line and `/* … */` are "
       "comments. `format` keeps them above the query."),
    example="TITLE(innovation) # tried on Monday",
)
DISTANCE = rule(
    "Q210", WARNING, N_("Distance beyond 255"),
    N_("`{found}`: the distance is a number from 0 to 255."),
    N_("Write a smaller number, or AND."),
    N_("W/n and PRE/n take a distance of 0 to 255 words."),
    example="TITLE(innovation W/300 university)",
)
REFERENCE = rule(
    "Q211", WARNING, N_("Reference to another search"),
    N_("`{found}` refers to a line of a search history, which is not part of the query."),
    N_("Give the lines of the history, or write the query of that line in its place."),
    N_("`#1 AND #2` combines earlier searches of a session. Outside the session nobody can repeat "
       "it."),
    example="#1 AND #2",
)
ORDER = rule(
    "Q302", WARNING, N_("The order of operators depends on the date"),
    N_("Without parentheses, Scopus reads this as `{before}` in searches before autumn 2025, and "
       "as `{since}` since early 2026."),
    N_("Write the parentheses that you mean, or give the day of the search."),
    N_("Scopus joined OR before AND, and AND before AND NOT. On 24 March 2025 it announced another "
       "order of precedence, to be rolled out from autumn 2025 and complete in early 2026 "
       "(blog.scopus.com, \"Boolean searches in Scopus: understanding operator precedence and best "
       "practices\"); clients of Scopus describe it as AND NOT, AND, OR. So `a OR b AND c` has two "
       "readings, and what `a AND NOT b AND c` leaves out depends on the day of the search. "
       "Filters are no exception. A query without a date is read by the former order."),
    example="TITLE(innovation AND university OR college)",
)
NEAR_IN_LIST = rule(
    "Q305", WARNING, N_("Proximity in a list of alternatives"),
    N_("OR binds tighter than proximity by Scopus's guide: read as `{before}`; others read "
       "`{since}`."),
    N_("Write parentheses around the two that are to be near each other."),
    N_("`a OR b W/3 c OR d` means `(a OR b) W/3 (c OR d)` in searches before autumn 2025 (library "
       "guides of Galway and Oulu). Who means one proximity among several terms writes "
       "`a OR (b W/3 c) OR d`. The announced order of 2025 does not tell where proximity stands."),
    example="TITLE(innovation OR university W/3 industry)",
)
OTHER_PLATFORM = rule(
    "Q116", ERROR, N_("A query of another database"),
    N_("This is a query of {platform}: `{found}` is not in Scopus's language."),
    N_("Write it in Scopus's field codes. `scopus-query translate --from` reads Web of Science, "
       "PubMed and Ovid."),
    N_("Field tags such as `TS=`, `[tiab]`, `.ti,ab.` and `MH` belong to other databases; Scopus "
       "would search them as words."),
    example="TS=(innovation AND university)",
)
QUOTED_WHOLE = rule(
    "Q117", ERROR, N_("The whole query is in quotation marks"),
    N_("The query is still the cell of a table: quotation marks around it, and doubled ones "
       "inside."),
    N_("Take the outer marks away, and write the inner ones once."),
    N_("Programs put quotation marks around a cell that holds some, and double those. Read as it "
       "stands, the query is one phrase."),
    example='"TITLE(innovation OR ""open science"")"',
)
ENCODED_WHOLE = rule(
    "Q118", ERROR, N_("The query is part of an address"),
    N_("The query is written as in an address of a web page: `{found}`."),
    N_("Decode it."),
    N_("In addresses blanks, parentheses and quotation marks stand as `%20` or `+`, `%28` and "
       "`%22`."),
    example="TITLE%28innovation%20AND%20university%29",
)
ENTITY = rule(
    "Q213", WARNING, N_("HTML entity"),
    N_("`{found}` is how a web page writes `{meant}`."),
    N_("Write `{meant}`."),
    N_("Text copied from the source of a web page holds entities, which Scopus searches as words."),
    example="TITLE(research &amp; development)",
    mend=True,
)
OTHER_ENGINE = rule(
    "Q214", WARNING, N_("Sign of another search engine"),
    N_("`{found}`: Scopus passes over the sign."),
    N_("Write AND NOT for a word that is not wanted, W/n for nearness; or leave the sign out."),
    N_("A minus or plus before a word and a tilde belong to other search engines. Scopus ignores "
       "punctuation outside braces, so `-b` asks for `b`."),
    example="TITLE(innovation -patent)",
)
UNSEEN = rule(
    "Q215", WARNING, N_("Signs that a PDF has left"),
    N_("`{found}` holds a soft hyphen or a ligature; read as `{meant}`."),
    N_("Write `{meant}`."),
    N_("Text copied from a PDF keeps soft hyphens, which nobody sees, and ligatures such as `ﬁ`. "
       "The word is then another one to a database."),
    example="TITLE(inno\u00advation)",
    mend=True,
)
BROKEN = rule(
    "Q216", WARNING, N_("Word broken at the end of a line"),
    N_("`{found}`: is this one word, `{meant}`?"),
    N_("Write the word in one piece."),
    N_("A hyphen at the end of a line may belong to the word or to the line. Scopus reads a hyphen "
       "as a blank, so that a broken word is two."),
    example="TITLE(inno-\nvation)",
)
SINGLE = rule(
    "Q217", WARNING, N_("Single quotation marks"),
    N_("`{found}`: single quotation marks are punctuation to Scopus."),
    N_("Leave them out, or write double ones."),
    N_("Only double quotation marks make a phrase (Elsevier's support pages, 2026)."),
    example="TITLE('innovation')",
    mend=True,
)
NESTED = rule(
    "Q218", WARNING, N_("Quotation marks inside a phrase"),
    N_("`{found}` has quotation marks inside; read as one phrase without them."),
    N_("Leave the inner marks out."),
    N_("Scopus ends the phrase at the first quotation mark that follows, so that the words inside "
       "stand outside any phrase."),
    example='TITLE("the "open" innovation")',
    mend=True,
)
