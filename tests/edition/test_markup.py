"""The last touches on a page's HTML: what may not break, what is an anchor, what is left out."""

import pytest

from compendium.edition import markup

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("see Table 3 and figures 4", f"see Table{NB}3 and figures{NB}4"),
        ("в таблице 3, абзац\n5", f"в{NB}таблице{NB}3, абзац{NB}5"),
        ("one — two – three", f"one{NB}— two{NB}– three"),
        ("<b>one</b> — two", f"<b>one</b>{NB}— two"),
        ("3-кестеде", '<span class="nb">3-кестеде</span>'),
        ("on 2026-11-28.", 'on <span class="nb">2026-11-28</span>.'),
        ("PRISMA-S is kept", '<span class="nb">PRISMA-S</span> is kept'),
        ("PRISMA-S-тің", '<span class="nb">PRISMA-S-тің</span>'),
        ("в 3 и 5 из 15", f"в{NB}3 и{NB}5{NB}из{NB}15"),
        ("за — 3", f"за{NB}—{NB}3"),
        ("6%–61%-ында", '<span class="nb">6%–61%-ында</span>'),
        (
            '<span class="pasted-text">50%</span>-ы',
            '<span class="nb"><span class="pasted-text">50%</span>-ы</span>',
        ),
        ("by GRADE-CERQual", 'by <span class="nb">GRADE-CERQual</span>'),
        ("<pre>search --report x</pre>", '<pre>search <span class="nb">--report</span> x</pre>'),
        ("(5–7-абзац)", '(<span class="nb">5–7-абзац</span>)'),
    ],
)
def test_a_number_stays_with_its_word_and_a_dash_with_the_word_before_it(written, kept):
    assert markup.unbroken(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "<td> — </td>",
        "tables of 3",
        "10.1000/2-abc",
        "<pre>Table 3 — 5-абзац</pre>",
        '<svg aria-label="Table 3"><text>Table 3</text></svg>',
        "<option>5-абзац</option>",
        "56–100 %",
    ],
)
def test_what_is_no_such_place_stays_as_it_is(written):
    assert markup.unbroken(written) == written


def test_a_heading_takes_the_id_of_its_section_and_other_names_stay():
    html = '<section id="a">\n<span id="b"></span><h2>Title</h2><section class="x" id="c">\n<h3>Sub'
    assert markup.headed(html) == (
        '<section>\n<span id="b"></span><h2 id="a">Title</h2><section class="x">\n<h3 id="c">Sub'
    )


def test_a_drawing_keeps_the_groups_that_say_something():
    drawing = '<svg>\n<g>\n<g transform="x">\n<g>\n<text>1</text>\n</g>\n</g>\n<g/>\n</g>\n</svg>'
    assert markup.lean(drawing) == '<svg>\n<g transform="x">\n<text>1</text>\n</g>\n</svg>'


def test_only_coloured_words_of_code_are_elements():
    code = '<pre><span></span><span class="n">x</span> <span class="k">if</span></pre>'
    assert markup.lean(code) == '<pre>x <span class="k">if</span></pre>'


def test_a_quiet_line_that_holds_more_than_links_is_left_alone():
    whole = '<td>A<br><span class="quiet"><a href="b">c</a></span></td>'
    assert markup.lean(whole) == '<td>A<div class="quiet"><a href="b">c</a></div></td>'
    nested = '<td>A<br><span class="quiet"><span class="nb">5-a</span> c</span></td>'
    assert markup.lean(nested) == nested


def test_a_fold_is_packed_whole_and_what_is_around_it_is_not():
    inner = "<p>1</p><details class='rule'><summary>s</summary>x</details>"
    fold = f'<details class="fold"><summary>T</summary>{inner}</details>'
    page = f'{fold}<details class="hide">y</details>'
    assert markup.packed(page) == page.replace(inner, f"<noscript>{inner}</noscript>")
