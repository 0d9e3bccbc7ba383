"""Reading 100,000 generated records in each format: seconds and peak memory of a process."""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = [
    "innovation", "university", "industry", "collaboration", "knowledge", "transfer", "absorptive",
    "capacity", "firm", "network", "policy", "region", "model", "strategy", "performance",
    "management", "review", "evidence", "study", "partners",
]  # fmt: skip
FAMILIES = ["Ferreira", "Tang", "Müller", "Иванов", "Nurgaliyev", "Smith", "Kim", "García"]


def fields(at: int, dice: random.Random) -> dict:
    def text(n: int) -> str:
        return " ".join(dice.choices(WORDS, k=n))

    return {
        "title": text(12).capitalize(), "abstract": text(200), "year": str(2000 + at % 26),
        "authors": [f"{dice.choice(FAMILIES)}, {chr(65 + at % 26)}.J." for _ in range(4)],
        "source": text(4).title(), "volume": str(at % 60), "issue": str(at % 12),
        "first": str(at % 500), "last": str(at % 500 + 14), "doi": f"10.5555/gen.{at}",
        "keywords": [text(2) for _ in range(6)], "eid": f"2-s2.0-{85000000000 + at}",
    }  # fmt: skip


def scopus(records, out) -> None:
    write = csv.writer(out, quoting=csv.QUOTE_ALL)
    write.writerow(["Authors", "Title", "Year", "Source title", "Volume", "Issue", "Page start",
                    "Page end", "DOI", "Abstract", "Author Keywords",
                    "Language of Original Document", "Document Type", "Publication Stage",
                    "Open Access", "EID"])  # fmt: skip
    for r in records:
        names = "; ".join(a.replace(",", "") for a in r["authors"])
        write.writerow([names, r["title"], r["year"], r["source"], r["volume"], r["issue"],
                        r["first"], r["last"], r["doi"], r["abstract"], "; ".join(r["keywords"]),
                        "English", "Article", "Final", "", r["eid"]])  # fmt: skip


def ris(records, out) -> None:
    for r in records:
        out.write("TY  - JOUR\n" + "".join(f"AU  - {a}\n" for a in r["authors"]))
        out.write("".join(f"KW  - {k}\n" for k in r["keywords"]))
        out.write(f"TI  - {r['title']}\nT2  - {r['source']}\nPY  - {r['year']}\n"
                  f"VL  - {r['volume']}\nSP  - {r['first']}\nEP  - {r['last']}\nDO  - {r['doi']}\n"
                  f"AB  - {r['abstract']}\nER  - \n\n")  # fmt: skip


def wos(records, out) -> None:
    out.write("FN Clarivate Analytics Web of Science\nVR 1.0\n")
    for at, r in enumerate(records):
        out.write("PT J\nAU " + "\n   ".join(r["authors"]) + f"\nTI {r['title']}\n"
                  f"SO {r['source']}\nLA English\nDT Article\nDE {'; '.join(r['keywords'])}\n"
                  f"AB {r['abstract']}\nPY {r['year']}\nVL {r['volume']}\nBP {r['first']}\n"
                  f"EP {r['last']}\nDI {r['doi']}\nUT WOS:{at:015}\nER\n\n")  # fmt: skip
    out.write("EF\n")


def bibtex(records, out) -> None:
    for at, r in enumerate(records):
        out.write(f"@article{{k{at},\n  author = {{{' and '.join(r['authors'])}}},\n"
                  f"  title = {{{r['title']}}},\n  journal = {{{r['source']}}},\n"
                  f"  year = {{{r['year']}}},\n  doi = {{{r['doi']}}},\n"
                  f"  abstract = {{{r['abstract']}}},\n}}\n")  # fmt: skip


def csl(records, out) -> None:
    out.write("[\n")
    for at, r in enumerate(records):
        item = {"id": str(at), "type": "article-journal", "title": r["title"], "DOI": r["doi"],
                "container-title": r["source"], "abstract": r["abstract"],
                "issued": {"date-parts": [[int(r["year"])]]},
                "author": [dict(zip(("family", "given"), a.split(", "), strict=True))
                           for a in r["authors"]]}  # fmt: skip
        out.write((",\n" if at else "") + json.dumps(item))
    out.write("\n]\n")


def nbib(records, out) -> None:
    for at, r in enumerate(records):
        out.write(f"PMID- {at + 1}\nTI  - {r['title']}\nAB  - {r['abstract']}\n"
                  + "".join(f"FAU - {a}\n" for a in r["authors"])
                  + f"LA  - eng\nPT  - Journal Article\nJT  - {r['source']}\nDP  - {r['year']}\n"
                  f"LID - {r['doi']} [doi]\nSO  - Generated.\n\n")  # fmt: skip


def openalex(records, out) -> None:
    for at, r in enumerate(records):
        inverted: dict[str, list[int]] = {}
        for place, word in enumerate(r["abstract"].split()):
            inverted.setdefault(word, []).append(place)
        out.write(json.dumps({
            "id": f"https://openalex.org/W{at + 1000}", "doi": f"https://doi.org/{r['doi']}",
            "title": r["title"], "publication_year": int(r["year"]), "type": "article",
            "authorships": [{"author": {"display_name": " ".join(reversed(a.split(", ")))}}
                            for a in r["authors"]],
            "language": "en", "abstract_inverted_index": inverted,
        }) + "\n")  # fmt: skip


FORMATS = {
    "scopus.csv": scopus, "records.ris": ris, "wos.txt": wos, "records.bib": bibtex,
    "csl.json": csl, "pubmed.nbib": nbib, "openalex.jsonl": openalex,
}  # fmt: skip


def read(file: str) -> None:
    from compendium.records import ledger

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, ledgers = time.perf_counter(), []
    count = sum(1 for _record in ledger.records([Path(file)], ledgers))
    seconds = time.perf_counter() - started
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peak = max(each.ru_maxrss for each in used)
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps({"out": count, "in": ledgers[0].entries, "seconds": round(seconds, 2),
                      "cpu_seconds": round(cpu, 2),
                      "start_mb": before // 1024, "peak_mb": peak // 1024}))  # fmt: skip


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--records", type=int, default=100_000)
    given.add_argument("--read", help=argparse.SUPPRESS)
    given = given.parse_args()
    if given.read:
        read(given.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            file, dice = Path(folder, name), random.Random(1)
            with file.open("w", encoding="utf-8", newline="") as out:
                write((fields(at, dice) for at in range(given.records)), out)
            told = subprocess.run([sys.executable, __file__, "--read", str(file)],
                                  capture_output=True, text=True, check=True).stdout  # fmt: skip
            print(f"{name:<16} {file.stat().st_size / 1e6:6.0f} MB  {told.strip()}", flush=True)
            file.unlink()


if __name__ == "__main__":
    main()
