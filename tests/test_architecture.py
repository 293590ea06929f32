"""Imports go one way: ``index`` <- ``assistant`` <- ``eval``; faiss is known to one file, gradio to one folder."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {
    "index": {"assistant", "eval", "gradio", "fastapi"},
    "assistant": {"eval"},
    "eval": set[str](),
}


def files(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found, f"no Python files in {package}"
    return found


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_imports_never_turn_back(package: str) -> None:
    for path in files(package):
        roots = {name.split(".")[0] for name in imports(path)}
        assert not roots & FORBIDDEN[package], f"{path.relative_to(ROOT)} imports {roots & FORBIDDEN[package]}"


@pytest.mark.parametrize(
    ("library", "home"), [("faiss", "index/vectors.py"), ("tantivy", "index/lexical.py"), ("gradio", "assistant/web")]
)
def test_a_library_is_known_to_one_place_only(library: str, home: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for package in FORBIDDEN
        for path in files(package)
        if library in {name.split(".")[0] for name in imports(path)}
    }
    assert users
    assert all(user.startswith(home) for user in users), users


def test_no_module_hides_a_library_it_imports() -> None:
    for package in FORBIDDEN:
        for path in files(package):
            roots = {name.split(".")[0] for name in imports(path)}
            assert path.stem == "__init__" or path.stem not in roots - set(FORBIDDEN), path


def test_eval_is_never_imported_by_its_bare_name() -> None:
    for package in FORBIDDEN:
        for path in files(package):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
            assert "eval" not in names, f"{path}: ``import eval`` hides the builtin"
