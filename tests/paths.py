"""Where things lie, for tests."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
SEEDS = sorted((FIXTURES / "seeds").glob("*.txt"))
GOLD = sorted((FIXTURES / "gold").glob("*.marked"))
KNOWN_FAILURES = sorted((FIXTURES / "known_failures").glob("*.marked"))
SHARED = ROOT.parent / "shared"
