"""The shape of the package: imports point one way, the public names are a tested list, start-up stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import newsclean
from tests.paths import ROOT

# A module may import only from the rows above its own.
LAYERS = (
    ("model", "errors", "late"),
    ("first", "hangul"),
    ("lookbehind",),
    ("suspect", "pattern", "detect"),
    ("mojibake",),
    ("rule",),
    ("segment", "sentence", "morphology", "decode", "repair"),
    ("unwrap",),
    ("wrapping", "unflatten"),
    ("sheet", "publishers"),
    ("metadata", "kind"),
    ("article",),
    ("detectors.lede", "detectors.own_lines"),
    ("detectors.headlines",),
    ("detectors.caption", "detectors.head", "detectors.page", "detectors.repeat"),
    ("detectors.picture", "detectors.told_again", "detectors.wire_photo"),
    ("detectors",),
    ("label",),
    ("resolve", "assemble"),
    ("cleaner",),
    ("marked",),
    ("check", "render", "record"),
    ("arrow", "report"),
    ("adapters",),
    ("adapters.rows",),
    ("adapters.arrow", "adapters.pandas", "adapters.datasets", "adapters.datatrove", "adapters.scrapy"),
    ("adapters.polars", "adapters.spark"),
    ("options", "pool", "unfinished"),
    ("formats",),
    ("formats.base",),
    ("formats.stream",),
    ("formats.jsonl", "formats.parquet"),
    ("formats.csv",),
    ("formats.plan",),
    ("batch",),
    ("progress",),
    ("batch_cli",),
    ("cli",),
    ("__init__", "__main__"),
)
LEVEL = {module: level for level, row in enumerate(LAYERS) for module in row}


def modules() -> dict[str, Path]:
    """Every module of the package by its name inside it; a subpackage goes by the folder's name."""
    package = ROOT / "newsclean"
    paths = {path.relative_to(package).with_suffix(""): path for path in package.rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in paths.items()}


def imports(path: Path) -> set[str]:
    """Modules of ours that a file imports when it is imported (not those inside its functions)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in (inner for outer in tree.body for inner in (outer.body if isinstance(outer, ast.With) else [outer])):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("newsclean"):
            tail = node.module.partition(".")[2]
            found |= {tail} if tail else {alias.name for alias in node.names}
    return found


def test_imports_point_one_way() -> None:
    files = modules()
    assert set(files) <= set(LEVEL), "a new module needs its place in LAYERS"
    upward = [
        f"{name} imports {target}"
        for name, path in files.items()
        for target in imports(path)
        if target in LEVEL and LEVEL[target] >= LEVEL[name]
    ]
    assert upward == []


def test_public_names_are_sorted_and_real() -> None:
    assert newsclean.__all__ == sorted(newsclean.__all__, key=lambda name: (name.islower(), name))
    assert all(hasattr(newsclean, name) for name in newsclean.__all__)
    public = {name for name in vars(newsclean) if not name.startswith("_")}
    assert public - set(modules()) == set(newsclean.__all__)


def test_import_loads_neither_kiwi_nor_chardet() -> None:
    code = "import sys, newsclean; newsclean.clean('가나시는 15일 밝혔다.'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"kiwipiepy", "chardet", "pandas", "newsclean.adapters"} & set(run.stdout.split())


def test_an_import_compiles_none_of_our_patterns() -> None:
    code = (
        "import re, sys; compiled = []; plain = re.compile\n"
        "def noting(*args, **kwargs):\n"
        "    compiled.append(sys._getframe(1).f_globals['__name__']); return plain(*args, **kwargs)\n"
        "re.compile = noting; import newsclean; print(*compiled)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    ours = [name for name in run.stdout.split() if name.startswith("newsclean")]
    assert set(ours) <= {"newsclean.pattern", "newsclean.detect"}, "write late(…) instead of re.compile(…)"


def test_functions_are_short() -> None:
    lengths = []
    for path in (ROOT / "newsclean").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                lengths.append((node.end_lineno or 0) - node.lineno + 1)
                assert lengths[-1] <= 40, f"{path.name}: {node.name} has {lengths[-1]} lines"
    assert sorted(lengths)[len(lengths) // 2] <= 10
