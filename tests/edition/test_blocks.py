"""Blocks of a cell: what reaches a translator, and what stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.edition import blocks


def given_to_translators(markdown):
    found = []
    blocks.translate(markdown, lambda text: found.append(text) or text)
    return found


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Search\n\nTwo queries.", ["# Search", "Two queries."]),
        ("(chapter-search)=\n# Search", ["# Search"]),
        ("(a-label)=\nA paragraph.", ["A paragraph."]),
        ("- one\n- two\n  - deeper\n\nAfter.", ["- one\n- two\n  - deeper", "After."]),
        ("| a | b |\n|---|---|\n| c | d |", ["| a | b |\n|---|---|\n| c | d |"]),
        ("| 1 | 2 |\n|---|---|\n| 3 | 4 |", []),
        ("Line one\nline two\n\n\nNext", ["Line one\nline two", "Next"]),
        ("% a comment\n\nText", ["Text"]),
        ("Term\n: Its definition", ["Term\n: Its definition"]),
        ("***", []),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_a_paragraph_heading_list_or_table_is_one_block(markdown, expected):
    assert given_to_translators(markdown) == expected


@pytest.mark.parametrize(
    "code",
    [
        "```python\nprint('words')\n```",
        "~~~\nwords\n~~~",
        "    indented words",
        "```{code-block} python\nwords\n```",
        "```{math}\n\\text{words}\n```",
        "<script>alert('words')</script>",
        "<!-- words -->",
        "```{bibliography}\n:style: words\n```",
    ],
)
def test_code_scripts_and_comments_are_never_given_to_translators(code):
    assert given_to_translators(f"Before.\n\n{code}\n\nAfter.") == ["Before.", "After."]
    assert code in blocks.translate(f"Before.\n\n{code}\n\nAfter.", str.upper)


@pytest.mark.parametrize("fence", ["```", "````", ":::", "::::"])
def test_a_directive_gives_its_body_and_keeps_name_and_options(fence):
    head = f"{fence}{{glue:figure}} known-items\n:name: fig-known\n\n"
    figure = f"{head}Which terms stand where.\n{fence}"
    assert given_to_translators(figure) == ["Which terms stand where."]
    assert blocks.translate(figure, str.upper) == figure.replace(
        "Which terms stand where.", "WHICH TERMS STAND WHERE."
    )


def test_options_written_as_yaml_stay_out_too():
    markdown = "```{glue:figure} key\n---\nname: fig-a\nalt: words\n---\nCaption.\n```"
    assert given_to_translators(markdown) == ["Caption."]


def test_an_admonition_gives_its_title_and_other_arguments_stay():
    assert given_to_translators(":::{admonition} Read this\nBody.\n:::") == ["Read this", "Body."]
    assert given_to_translators("```{figure} image.png\nBody.\n```") == ["Body."]


def test_directives_inside_a_directive_give_only_their_own_words():
    markdown = (
        "::::{grid} 2\n:gutter: 2\n\n:::{grid-item-card} A title\n:link: chapter-search\n\n"
        "The text.\n\nA second paragraph.\n:::\n\n```python\ncode\n```\n::::"
    )
    assert given_to_translators(markdown) == ["A title", "The text.", "A second paragraph."]


def test_a_colon_fence_inside_code_is_code():
    code = "```text\n:::{note}\n```"
    assert given_to_translators(f"{code}\n\n:::{{note}}\nReal.\n:::") == ["Real."]


def test_a_directive_that_is_never_closed_loses_nothing():
    for markdown in ("```{note}", "```{note}\nText", ":::{note}\n:class: x\nText\nmore"):
        assert blocks.translate(markdown, lambda text: text) == markdown


def test_a_longer_translation_moves_nothing_else():
    markdown = "One.\n\n```python\nx\n```\n\nTwo."
    assert blocks.translate(markdown, lambda text: f"{text}\nmore") == (
        "One.\nmore\n\n```python\nx\n```\n\nTwo.\nmore"
    )


words = st.text("abc өқ%{}`<>*_#|()=", min_size=1, max_size=12)
arguments = st.text("abc өқ%{}<>*_#|()=", max_size=12)  # CommonMark allows no backtick here
directives = st.tuples(
    st.sampled_from(["```", "````", ":::", "::::"]),
    st.sampled_from(["note", "glue:figure", "admonition", "math", "grid-item-card"]),
    arguments,
    words,
).map(lambda p: f"{p[0]}{{{p[1]}}} {p[2]}\n:name: a-name\n\n{p[3]}\n{p[0]}")
labels = st.just("(a-label)=")
pieces = st.one_of(
    words,
    words.map(lambda w: f"# {w}"),
    words.map(lambda w: f"- {w}\n- {w}\n  - {w}"),
    words.map(lambda w: f"| {w} | b |\n|---|---|\n| c | {w} |"),
    words.map(lambda w: f"```python\n{w}\n```"),
    words.map(lambda w: f"    {w}"),
    words.map(lambda w: f"<div>\n{w}\n</div>"),
    directives,
    labels,
    st.sampled_from(["+++", "% note", "***", "", "    ", ":::", "```", "[a]: b"]),
)
markdowns = st.lists(pieces, max_size=8).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", "\n\n\n"]).map(lambda gap: gap.join(parts))
)


@given(markdowns)
def test_translating_every_block_by_itself_gives_the_same_text(markdown):
    assert blocks.translate(markdown, lambda text: text) == markdown


@given(st.lists(directives | labels, min_size=1, max_size=5).map("\n\n".join))
def test_no_option_and_no_label_is_ever_given_to_a_translator(markdown):
    for text in given_to_translators(markdown):
        assert ":name:" not in text
        assert "(a-label)=" not in text


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("See {numref}`fig-a`.", "См. рисунок.", ("role", "numref", "fig-a")),
        ("{glue:text}`hits` records", "записей", ("role", "glue:text", "hits")),
        ("{ref}`one <a-label>`", "{ref}`один <label>`", ("role", "ref", "a-label")),
        ("A [link](https://a.org)", "[ссылка](https://b.org)", ("link", "https://a.org")),
        ("<https://a.org>", "ссылка", ("link", "https://a.org")),
        ("the `TITLE` field", "поле", ("code", "TITLE")),
        ("%d of %(all)s", "из %(all)s", ("placeholder", "%d")),
        ("{count} works", "работы", ("placeholder", "{count}")),
        ("## Search", "Поиск", ("heading", "##")),
        ("A<br>b", "А б", ("tag", "br")),
    ],
)
def test_a_lost_part_is_seen(source, translation, lost):
    assert (blocks.anatomy(source) - blocks.anatomy(translation))[lost] == 1


def test_words_between_two_roles_are_not_code():
    english = "{glue:text}`found` and {glue:text}`kept` of {cite}`a,b`, see {ref}`one <two>`"
    russian = "{glue:text}`found` и {glue:text}`kept` из {cite}`a,b`, см. {ref}`раз <two>`"
    assert blocks.anatomy(english) == blocks.anatomy(russian)


def test_a_script_that_only_the_translation_has_is_seen():
    added = blocks.anatomy("Заголовок <script>x</script>") - blocks.anatomy("A title")
    assert added["tag", "script"] == 1


def test_less_than_is_not_a_tag():
    assert not blocks.anatomy("p < 0.05, and 3 > 2")


def test_a_placeholder_before_inline_code_is_no_role():
    english = "Write `LIMIT-TO {pair}`, or `EXCLUDE {pair}`."
    russian = "Напишите `LIMIT-TO {pair}` или `EXCLUDE {pair}`."
    assert blocks.anatomy(english) == blocks.anatomy(russian)
